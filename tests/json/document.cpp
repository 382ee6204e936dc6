#include "akv/mgmt/json/document.hpp"

#include "akv/mgmt/core/errors.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using akv::FormatError;
using akv::json::Document;
using akv::json::Number;
using akv::json::ParseLimits;

namespace {

std::string error_of(std::string_view text, const ParseLimits& limits = {}) {
  try {
    Document::parse(text, limits);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "no error";
}

std::string again(std::string_view text) { return Document::parse(text).dump(); }

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(members_keep_their_order_and_numbers_their_text) {
  const std::string text =
      R"({"z":1,"a":[true,false,null,"s",{}],"n":[0,-0,1.50,1E+2,18446744073709551616]})";
  BOOST_TEST(again(text) == text);
}

BOOST_AUTO_TEST_CASE(numbers_beyond_a_double_are_kept) {
  for (const std::string number :
       {"1e400", "-1e400", "1e-400", "1E+999999999999", "-12345678901234567890.5e309",
        "99999999999999999999", "0.12345678901234567890123456789"}) {
    BOOST_TEST(again(number) == number);
    BOOST_TEST(again("[" + number + "," + number + ",1]") == "[" + number + "," + number + ",1]");
    BOOST_TEST(again("{\"a\":" + number + ",\"b\":2}") == "{\"a\":" + number + ",\"b\":2}");
  }
  const std::string digits(1000, '9');
  BOOST_TEST(again(digits) == digits);
  BOOST_TEST(again("0." + digits) == "0." + digits);
}

BOOST_AUTO_TEST_CASE(what_is_no_number_is_refused) {
  for (const std::string text : {"01", "1.", ".5", "+1", "1e", "1e+", "-", "0x10", "NaN",
                                 "Infinity", "1e400.5", "--1", "1e400x"})
    BOOST_TEST(error_of(text) != "no error", text);
}

BOOST_AUTO_TEST_CASE(strings_keep_every_character) {
  const auto value = Document::parse(R"("a\u0000b\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00é")");
  BOOST_TEST((value.as_string() ==
              std::string("a\0b\"\\/\b\f\n\r\tä\xf0\x9f\x98\x80é", 3 + 8 + 2 + 4 + 2)));
  BOOST_TEST(value.dump() == "\"a\\u0000b\\\"\\\\/\\b\\f\\n\\r\\tä\xf0\x9f\x98\x80é\"");
  BOOST_TEST(Document(std::string("\x01\x1f\x7f")).dump() == "\"\\u0001\\u001f\x7f\"");
}

// The reader looks at eight bytes at a time.
BOOST_AUTO_TEST_CASE(what_ends_a_plain_run_is_seen_at_every_byte_of_a_string) {
  for (std::size_t plain = 0; plain < 20; ++plain) {
    const std::string text(plain, 'p');
    BOOST_TEST(Document::parse('"' + text + "\"").as_string() == text);
    BOOST_TEST(Document::parse('"' + text + "\\n\"").as_string() == text + '\n');
    BOOST_TEST(Document::parse('"' + text + "\xc3\xa9~\x7f!\"").as_string() ==
               text + "\xc3\xa9~\x7f!");
    BOOST_TEST(error_of('"' + text + "\x1f\"") ==
               "$: a control character in a string must be escaped at byte " +
                   std::to_string(plain + 1));
    BOOST_TEST(error_of('"' + text).find("missing a closing quotation mark") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(many_numbers_and_no_string_cost_no_square) {
  std::string text = "[1";
  for (int i = 0; i < 200000; ++i) text += ",1";
  BOOST_TEST(Document::parse(text + "]").size() == 200001U);
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_refused_with_its_place) {
  BOOST_TEST(error_of("{\"a\":\"0123456\xff\"}") == "$: not valid UTF-8 at byte 13");
  for (const std::string bytes :
       {"\x80", "\xc0\xaf", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xed\xb0\x80",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82"})
    BOOST_TEST(error_of("\"" + bytes + "\"") == "$: not valid UTF-8 at byte 1");
  for (const std::string bytes : {"\xc3\xa4", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
                                  "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    BOOST_TEST(Document::parse("\"" + bytes + "\"").as_string() == bytes);
}

BOOST_AUTO_TEST_CASE(half_of_a_surrogate_pair_is_refused) {
  BOOST_TEST(error_of(R"({"a":"\udc00"})") == "$.a: half of a surrogate pair at byte 5");
  BOOST_TEST(error_of(R"({"a":{"\udc00":1}})") == "$.a: half of a surrogate pair at byte 6");
  for (const std::string text :
       {R"("\ud800")", R"("\ud800x")", R"("\ud800\ud800")", R"("\ud800\n")", R"("\ude00\ud83d")"})
    BOOST_TEST(error_of(text) != "no error", text);
}

BOOST_AUTO_TEST_CASE(a_nul_byte_ends_nothing) {
  BOOST_TEST(error_of(std::string_view("1\0", 2)) == "$: a NUL byte at byte 1");
  BOOST_TEST(error_of(std::string_view("\"a\0b\"", 5)) == "$: a NUL byte at byte 2");
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_with_path_and_offset) {
  BOOST_TEST(error_of("") == "$: the document is empty at byte 0");
  BOOST_TEST(error_of("  \n") == "$: the document is empty at byte 3");
  BOOST_TEST(error_of("{} x") ==
             "$: the document root must not be followed by other values at byte 3");
  BOOST_TEST(error_of(R"({"value":[{},{"tags":{"a b":tru}}]})") ==
             R"($.value[1].tags["a b"]: invalid value at byte 31)");
  BOOST_TEST(error_of(R"({"a":1 "b":2})") ==
             "$.a: missing a comma or '}' after an object member at byte 7");
  BOOST_TEST(error_of(R"({"a":)") == "$.a: invalid value at byte 5");
  BOOST_TEST(error_of("\"a\nb\"") ==
             "$: a control character in a string must be escaped at byte 2");
  BOOST_TEST(error_of(R"("\x")") == "$: invalid escape character in string at byte 1");
  for (const std::string text :
       {"[1,]", "{\"a\":1,}", "{a:1}", "'a'", "// c\n1", "/**/1", "[1 2]", "tru", "nulll", "\"a"})
    BOOST_TEST(error_of(text) != "no error", text);
}

BOOST_AUTO_TEST_CASE(a_path_in_a_message_stays_short) {
  const std::string name(100'000, 'n');
  BOOST_TEST(error_of("{\"" + name + "\":x}") ==
             "$." + name.substr(0, 64) + "...: invalid value at byte 100004");
  BOOST_TEST(error_of(R"({"a\nb":x})") == R"($["a\nb"]: invalid value at byte 8)");
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "xä";
  BOOST_TEST(error_of("{\"" + umlauts + "\":x}").size() < 120u);
  std::string deep;
  for (int i = 0; i < 60; ++i) deep += R"({"member":)";
  const std::string message = error_of(deep + "x");
  BOOST_TEST(message.size() < 300u);
  BOOST_TEST(message.find(".member....: invalid value at byte 600") != std::string::npos, message);
}

BOOST_AUTO_TEST_CASE(sixty_four_levels_are_read_and_the_next_is_refused) {
  BOOST_TEST(again(nested(64, '[', ']')) == nested(64, '[', ']'));
  BOOST_TEST(error_of(nested(65, '[', ']')).find(": nested too deeply at byte 64") !=
             std::string::npos);
  std::string objects;
  for (int i = 0; i < 65; ++i) objects += "{\"a\":";
  BOOST_TEST(error_of(objects).find("nested too deeply at byte 320") != std::string::npos);
  const ParseLimits two{.depth = 2};
  BOOST_TEST(error_of("[[1],[2],[{}]]", two) == "$[2][0]: nested too deeply at byte 10");
  BOOST_TEST(error_of("[[1],[2],[{}]]", {.depth = 3}) == "no error");
}

BOOST_AUTO_TEST_CASE(five_megabytes_of_brackets_do_not_crash) {
  BOOST_TEST(error_of(std::string(5'000'000, '[')) != "no error");
  std::string objects;
  for (int i = 0; i < 1'000'000; ++i) objects += "{\"\":";
  BOOST_TEST(error_of(objects) != "no error");
}

BOOST_AUTO_TEST_CASE(a_text_of_the_allowed_length_is_read_and_a_longer_one_is_refused) {
  BOOST_TEST(error_of("[1,2]", {.bytes = 5}) == "no error");
  BOOST_TEST(error_of("[1,2]", {.bytes = 4}) == "$: the text is longer than 4 bytes at byte 4");
  BOOST_TEST(Document::max_bytes == std::size_t{256} << 20);
  // Refused by its length alone: the bytes are not looked at.
  BOOST_TEST(error_of(std::string_view("1", Document::max_bytes + 1)) ==
             "$: the text is longer than 268435456 bytes at byte 268435456");
}

BOOST_AUTO_TEST_CASE(the_last_value_of_a_repeated_name_stays) {
  BOOST_TEST(again(R"({"a":1,"b":2,"a":{"x":1,"x":2},"c":3,"b":4})") ==
             R"({"a":{"x":2},"b":4,"c":3})");
}

BOOST_AUTO_TEST_CASE(a_huge_object_with_repeated_names_costs_no_square) {
  constexpr int count = 200'000;  // a square of this would take minutes
  std::string text = "{";
  for (int i = 0; i < count; ++i)
    text += (i ? ",\"" : "\"") + std::to_string(i % (count / 2)) + "\":" + std::to_string(i);
  const auto value = Document::parse(text + "}");
  BOOST_TEST(value.size() == std::size_t{count / 2});
  BOOST_TEST(value["7"].int_or(0) == count / 2 + 7);
  Document::Object reversed(value.as_object().rbegin(), value.as_object().rend());
  BOOST_TEST((value == Document(std::move(reversed))));
}

BOOST_AUTO_TEST_CASE(documents_are_equal_whatever_the_order_of_members) {
  const auto a = Document::parse(R"({"a":1,"b":[1,{"x":null}],"c":"s"})");
  BOOST_TEST((a == Document::parse(R"({"c":"s","b":[1,{"x":null}],"a":1})")));
  for (const std::string other :
       {R"({"a":2,"b":[1,{"x":null}],"c":"s"})", R"({"a":1,"b":[{"x":null},1],"c":"s"})",
        R"({"a":1,"b":[1,{"x":null}]})", R"({"a":1,"b":[1,{"y":null}],"c":"s"})",
        R"({"a":"1","b":[1,{"x":null}],"c":"s"})", R"([])", R"(null)"})
    BOOST_TEST((a != Document::parse(other)), other);
  auto marked = a;
  marked.set_origin(7);
  BOOST_TEST((a == marked));
}

BOOST_AUTO_TEST_CASE(numbers_are_equal_by_value_if_integers_and_else_by_text) {
  BOOST_TEST((Document::parse("0") == Document::parse("-0")));
  BOOST_TEST((Document::parse("90") == Document(90)));
  BOOST_TEST((Document::parse("90") != Document::parse("90.0")));
  BOOST_TEST((Document::parse("1e2") != Document::parse("100")));
}

BOOST_AUTO_TEST_CASE(readers_give_the_fallback_for_another_type) {
  const auto value = Document::parse(
      R"({"s":"t","b":true,"i":-5,"big":9223372036854775808,"f":1.5,"o":{"p":{}}})");
  BOOST_TEST(value["s"].string_or("x") == "t");
  BOOST_TEST(value["b"].string_or("x") == "x");
  BOOST_TEST(value["b"].bool_or(false));
  BOOST_TEST(value["s"].bool_or(true));
  BOOST_TEST(value["i"].int_or(1) == -5);
  BOOST_TEST(value["big"].int_or(1) == 1);
  BOOST_TEST(value["f"].int_or(1) == 1);
  BOOST_TEST(value["s"].int_or(1) == 1);
  BOOST_TEST(value["missing"]["below"].is_null());
  BOOST_TEST(value.at_path({"o", "p"})->is_object());
  BOOST_TEST(!value.at_path({"o", "q", "r"}));
  BOOST_TEST(!value.at_path({"s", "q"}));
  BOOST_TEST(!value.find("S"));
  BOOST_TEST(value.find_ignoring_case("S")->as_string() == "t");
  BOOST_TEST(!value["s"].find("s"));
  BOOST_TEST(value.size() == 6u);
  BOOST_TEST(value["s"].size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_document_is_built_and_changed_in_place) {
  Document vault;
  vault.set("location", "westeurope").set("properties").set("sku").set("name", "standard");
  vault.set("zones").push_back("1");
  vault.set("zones").push_back(2);
  vault.set("on", true).set("none", nullptr).set("rate", Number{"1.50"});
  BOOST_TEST(vault.dump() ==
             R"({"location":"westeurope","properties":{"sku":{"name":"standard"}},"zones":["1",2],)"
             R"("on":true,"none":null,"rate":1.50})");
  BOOST_TEST(vault.erase("zones"));
  BOOST_TEST(!vault.erase("zones"));
  BOOST_TEST(!Document().erase("x"));
  BOOST_TEST(Document::object({{"name", "kv"}, {"tags", Document::object()}}).dump() ==
             R"({"name":"kv","tags":{}})");
  BOOST_TEST(Document::array({1, "a", nullptr}).dump() == R"([1,"a",null])");
}

BOOST_AUTO_TEST_CASE(pretty_text_indents_by_two) {
  BOOST_TEST(Document::parse(R"({"b":[1,{"c":2}],"a":{},"e":[]})").dump_pretty() ==
             "{\n  \"b\": [\n    1,\n    {\n      \"c\": 2\n    }\n  ],\n  \"a\": {},\n"
             "  \"e\": []\n}");
}

BOOST_AUTO_TEST_CASE(sorted_text_is_the_same_for_every_order_of_members) {
  BOOST_TEST(Document::parse(R"({"b":[{"z":1,"y":2}],"a":{},"B":0})").dump_sorted() ==
             R"({"B":0,"a":{},"b":[{"y":2,"z":1}]})");
}

BOOST_AUTO_TEST_CASE(what_needs_an_escape_gets_it_wherever_it_stands_in_a_long_text) {
  const std::pair<char, std::string> escapes[] = {{'"', R"(\")"},
                                                  {'\\', R"(\\)"},
                                                  {'\n', R"(\n)"},
                                                  {'\x01', R"(\u0001)"},
                                                  {'\x1f', R"(\u001f)"}};
  for (const auto& [c, escape] : escapes)
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = c;
      std::string expected(20, 'x');
      expected.replace(at, 1, escape);
      BOOST_TEST(Document(text).dump() == '"' + expected + '"');
    }
  const std::string plain = "\x20\x21\x23\x7f\xc3\xa4 []{}/'<>&";
  BOOST_TEST(Document(plain).dump() == '"' + plain + '"');
}

BOOST_AUTO_TEST_SUITE_END()
