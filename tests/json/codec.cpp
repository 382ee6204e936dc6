#include "akv/mgmt/json/codec.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/small_model.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

using akv::absent;
using akv::FormatError;
using akv::json::decode;
using akv::json::Document;
using akv::json::encode;
using akv::json::ParseLimits;
using akv::test::Disk;
using akv::test::Label;
using akv::test::Machine;

namespace {

template <class T = Machine>
std::string error_of(std::string_view text, const ParseLimits& limits = {}) {
  try {
    decode<T>(text, limits);
  } catch (const FormatError& error) {
    return error.what();
  }
  return "no error";
}

std::string again(std::string_view text) {
  return encode(decode<Machine>(text), {.keep_read_only = true});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codec)

BOOST_AUTO_TEST_CASE(every_kind_of_member_is_read) {
  const auto m = decode<Machine>(
      R"({"id":"/m/1","name":"m1","enabled":true,"cores":-4,"memory":9223372036854775807,)"
      R"("load":0.25,"label":{"text":"x"},"disks":[{"size":1},{"size":2,"kind":"fast"}],)"
      R"("zones":["1","2"],"tags":{"b":"2","a":"1"},"limits":{"x":1},"settings":{"k":[1, 2]},)"
      R"("labels":{"one":{"text":"1"}},"parts":[{"name":"p","parts":[{"name":"q"}]}]})");
  BOOST_TEST(m.id == "/m/1");
  BOOST_TEST(m.name == "m1");
  BOOST_TEST(*m.enabled);
  BOOST_TEST(*m.cores == -4);
  BOOST_TEST(*m.memory == std::numeric_limits<std::int64_t>::max());
  BOOST_TEST(*m.load == 0.25);
  BOOST_TEST(m.label.text == "x");
  BOOST_TEST(m.disks.size() == 2u);
  BOOST_TEST(*m.disks[1].kind == "fast");
  BOOST_TEST(m.disks[1].size == 2);
  BOOST_TEST(m.zones.size() == 2u);
  BOOST_TEST(m.tags->at("a") == "1");
  BOOST_TEST(m.limits.at("x") == 1);
  BOOST_TEST(m.settings->text == R"({"k":[1, 2]})");
  BOOST_TEST(m.settings->parse().dump() == R"({"k":[1,2]})");
  BOOST_TEST(m.labels.at("one").text == "1");
  BOOST_TEST(m.parts[0].parts[0].name == "q");
}

BOOST_AUTO_TEST_CASE(absent_null_and_empty_stay_apart) {
  BOOST_TEST(again(R"({})") == R"({"name":"","label":{"text":""},"limits":{},"labels":{}})");
  const auto m = decode<Machine>(R"({"enabled":null,"disks":null,"zones":[],"tags":{}})");
  BOOST_TEST(m.enabled.is_null());
  BOOST_TEST(m.cores.is_absent());
  BOOST_TEST(m.disks.is_null());
  BOOST_TEST((m.zones && m.zones.empty()));
  BOOST_TEST((m.tags && m.tags->empty()));
  BOOST_TEST(encode(m) == R"({"name":"","enabled":null,"label":{"text":""},"disks":null,)"
                          R"("zones":[],"tags":{},"limits":{},"labels":{}})");
}

BOOST_AUTO_TEST_CASE(a_missing_required_member_is_no_error) {
  BOOST_TEST(error_of("{}") == "no error");
  BOOST_TEST(decode<Machine>(R"({"name":null})").name.empty());
}

BOOST_AUTO_TEST_CASE(null_inside_a_map_or_list_is_an_empty_value) {
  const auto m = decode<Machine>(
      R"({"tags":{"a":null,"b":"2"},"zones":[null,"2"],"disks":[null],"limits":{"x":null}})");
  BOOST_TEST(m.tags->at("a").empty());
  BOOST_TEST(m.zones.size() == 2u);
  BOOST_TEST(m.zones[0].empty());
  BOOST_TEST(m.disks.size() == 1u);
  BOOST_TEST(m.limits.at("x") == 0);
}

BOOST_AUTO_TEST_CASE(unknown_members_are_written_back_as_they_were_read) {
  const std::string text =
      R"({"name":"m","label":{"text":"t","tone":1e400},"limits":{},"labels":{},)"
      R"("z":{"deep":[ {"a":null} , "\u0041" ]},"a":12345678901234567890,"n":null,"t" : true ,"e":[]})";
  const auto m = decode<Machine>(text);
  BOOST_TEST(m.unknown.size() == 5u);
  BOOST_TEST(m.unknown.find("z")->text == R"({"deep":[ {"a":null} , "\u0041" ]})");
  BOOST_TEST(m.unknown.find("a")->text == "12345678901234567890");
  BOOST_TEST(m.unknown.find("t")->text == "true");
  BOOST_TEST(!m.unknown.find("name"));
  BOOST_TEST(encode(m) ==
             R"({"name":"m","label":{"text":"t","tone":1e400},"limits":{},"labels":{},)"
             R"("z":{"deep":[ {"a":null} , "\u0041" ]},"a":12345678901234567890,"n":null,)"
             R"("t":true,"e":[]})");
}

BOOST_AUTO_TEST_CASE(unknown_members_can_be_set) {
  auto m = decode<Machine>(R"({"future":1})");
  m.unknown.set("future", Document::parse(R"({"x":[2]})"));
  m.unknown.set("more", Document("y"));
  auto copy = m;
  copy.unknown.set("more", Document(nullptr));
  BOOST_TEST(encode(m).ends_with(R"("future":{"x":[2]},"more":"y"})"));
  BOOST_TEST(encode(copy).ends_with(R"("future":{"x":[2]},"more":null})"));
  copy = m;
  BOOST_TEST(copy.unknown.find("more")->text == R"("y")");
}

BOOST_AUTO_TEST_CASE(a_model_that_keeps_no_unknown_members_steps_over_them) {
  const auto disk = decode<Disk>(R"({"x":[1,{"y":"\u00e4"}],"size":3,"z":1})");
  BOOST_TEST(disk.size == 3);
  BOOST_TEST(encode(disk) == R"({"size":3})");
}

BOOST_AUTO_TEST_CASE(raw_members_of_every_shape_keep_their_text) {
  for (const std::string value :
       {"1", "-1.50", "1e999", "true", "\"a\\n\"", "[]", "{}", R"([{"settings":{}},[ ]])"}) {
    BOOST_TEST(decode<Machine>("{\"settings\": " + value + " }").settings->text == value);
    BOOST_TEST(decode<akv::json::Raw>(" " + value + " ").text == value);
  }
  BOOST_TEST(decode<Machine>(R"({"settings":null})").settings.is_null());
  BOOST_TEST(decode<akv::json::Raw>("null").text == "null");
  const auto list = decode<std::vector<akv::json::Raw>>(R"([1, {"a":2} ,"x",null])");
  BOOST_TEST(encode(list) == R"([1,{"a":2},"x",null])");
}

BOOST_AUTO_TEST_CASE(read_only_members_are_left_out_unless_asked_for) {
  const std::string text =
      R"({"id":"/m","name":"m","label":{"text":""},"limits":{},"labels":{},"state":"on"})";
  const auto m = decode<Machine>(text);
  BOOST_TEST(encode(m) == R"({"name":"m","label":{"text":""},"limits":{},"labels":{}})");
  BOOST_TEST(encode(m, {.keep_read_only = true}) == text);
}

BOOST_AUTO_TEST_CASE(a_model_is_written_from_braces) {
  const Machine m{.name = "m",
                  .cores = 8,
                  .load = 0.1,
                  .label = {.text = "\"q\"\n"},
                  .disks = {{.size = 1}, {.kind = "fast", .size = 2}},
                  .zones = {},
                  .tags = {{{"k", "v"}}}};
  BOOST_TEST(encode(m) ==
             R"({"name":"m","cores":8,"load":0.1,"label":{"text":"\"q\"\n"},)"
             R"("disks":[{"size":1},{"kind":"fast","size":2}],"zones":[],"tags":{"k":"v"},)"
             R"("limits":{},"labels":{}})");
}

BOOST_AUTO_TEST_CASE(a_wrong_type_is_told_with_its_place) {
  BOOST_TEST(error_of(R"({"label":{"text":5}})") ==
             "$.label.text: expected string, found number at byte 17");
  BOOST_TEST(error_of(R"({"disks":[{"size":1},{"size":"2"}]})") ==
             "$.disks[1].size: expected integer, found string at byte 29");
  BOOST_TEST(error_of(R"({"tags":{"a":"1","b c":{}}})") ==
             "$.tags[\"b c\"]: expected string, found object at byte 23");
  BOOST_TEST(error_of(R"({"zones":["1",true]})") ==
             "$.zones[1]: expected string, found boolean at byte 14");
  BOOST_TEST(error_of(R"({"zones":"1"})") == "$.zones: expected array, found string at byte 9");
  BOOST_TEST(error_of(R"({"enabled":1})") ==
             "$.enabled: expected boolean, found number at byte 11");
  BOOST_TEST(error_of(R"({"load":[]})") == "$.load: expected number, found array at byte 8");
  BOOST_TEST(error_of(R"({"label":[]})") == "$.label: expected object, found array at byte 9");
  BOOST_TEST(error_of(R"({"limits":1})") == "$.limits: expected object, found number at byte 10");
  BOOST_TEST(error_of(R"({"labels":{"x":{"text":1}}})") ==
             "$.labels.x.text: expected string, found number at byte 23");
  BOOST_TEST(error_of("[]") == "$: expected object, found array at byte 0");
  BOOST_TEST(error_of("null") == "$: expected object, found null at byte 0");
  BOOST_TEST(error_of(R"({"future":{"a":tru}})") == "$.future: invalid value at byte 18");
}

BOOST_AUTO_TEST_CASE(integers_are_exact_or_refused) {
  const auto cores = [](std::string_view text) {
    return *decode<Machine>("{\"cores\":" + std::string(text) + "}").cores;
  };
  BOOST_TEST(cores("2147483647") == 2147483647);
  BOOST_TEST(cores("-2147483648") == std::numeric_limits<std::int32_t>::min());
  BOOST_TEST(cores("90.0") == 90);
  BOOST_TEST(cores("9e1") == 90);
  BOOST_TEST(error_of(R"({"cores":2147483648})") == "$.cores: integer out of range at byte 9");
  BOOST_TEST(error_of(R"({"cores":2147483648.0})") == "$.cores: integer out of range at byte 9");
  BOOST_TEST(error_of(R"({"cores":1.5})") == "$.cores: expected integer, found number at byte 9");
  BOOST_TEST(error_of(R"({"cores":1e400})") == "$.cores: number out of range at byte 9");
  const auto memory = [](std::string_view text) {
    return *decode<Machine>("{\"memory\":" + std::string(text) + "}").memory;
  };
  BOOST_TEST(memory("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  BOOST_TEST(memory("9007199254740992.0") == 9007199254740992);
  BOOST_TEST(error_of(R"({"memory":9223372036854775808})") ==
             "$.memory: integer out of range at byte 10");
  BOOST_TEST(error_of(R"({"memory":9007199254740994.0})") ==
             "$.memory: integer out of range at byte 10");
  for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
                                   std::numeric_limits<std::int64_t>::max()})
    BOOST_TEST(encode(value) == std::to_string(value));
}

BOOST_AUTO_TEST_CASE(doubles_are_written_so_that_they_read_back_the_same) {
  for (const double value : {0.1, 1.0 / 3, -2.5e-300, 1e308, 0.0, 5e-324})
    BOOST_TEST(decode<double>(encode(value)) == value);
  BOOST_TEST(error_of<double>("1e400") == "$: number out of range at byte 0");
  BOOST_TEST(encode(std::numeric_limits<double>::infinity()) == "null");
}

BOOST_AUTO_TEST_CASE(the_last_value_of_a_repeated_member_counts) {
  const auto m =
      decode<Machine>(R"({"zones":["1"],"label":{"text":"a","old":1},"limits":{"x":1},"cores":1,)"
                      R"("zones":["2"],"label":{},"limits":{"y":2,"y":3},"cores":null})");
  BOOST_TEST(
      encode(m) ==
      R"({"name":"","cores":null,"label":{"text":""},"zones":["2"],"limits":{"y":3},"labels":{}})");
}

BOOST_AUTO_TEST_CASE(the_limits_hold_for_models_too) {
  BOOST_TEST(error_of("{\"z\":" + std::string(5'000'000, '[')) != "no error");
  const std::string deep63 = "{\"z\":" + std::string(63, '[') + std::string(63, ']') + "}";
  BOOST_TEST(error_of(deep63) == "no error");
  const std::string deep64 = "{\"z\":" + std::string(64, '[') + std::string(64, ']') + "}";
  BOOST_TEST(error_of(deep64) == "$.z: nested too deeply at byte 68");
  std::string parts;
  for (int i = 0; i < 1000; ++i) parts += R"({"name":"p","parts":[)";
  BOOST_TEST(error_of(R"({"parts":[)" + parts).find("nested too deeply") != std::string::npos);
  BOOST_TEST(error_of(R"({"name":"m"})", {.bytes = 12}) == "no error");
  BOOST_TEST(error_of(R"({"name":"m"})", {.bytes = 11}) ==
             "$: the text is longer than 11 bytes at byte 11");
}

BOOST_AUTO_TEST_CASE(text_that_is_no_json_is_refused_before_the_model_matters) {
  BOOST_TEST(error_of("") == "$: the document is empty at byte 0");
  BOOST_TEST(error_of("{\"name\":\"\xff\"}") == "$: not valid UTF-8 at byte 9");
  BOOST_TEST(error_of(R"({"z":"\udc00"})") == "$.z: half of a surrogate pair at byte 5");
  BOOST_TEST(error_of(R"({"name":"m"} {})") ==
             "$: the document root must not be followed by other values at byte 13");
  BOOST_TEST((decode<Machine>(R"({"name":"a\u0000b"})").name == std::string("a\0b", 3)));
}

BOOST_AUTO_TEST_CASE(the_table_says_which_members_are_required_and_how_they_are_used) {
  using akv::json::Flag;
  std::string required;
  for (const auto& field : Machine::json_fields())
    if (field.required) required += std::string(field.wire) + ' ';
  BOOST_TEST(required == "name ");
  const auto& state = Machine::json_fields().back();
  BOOST_TEST(state.wire == "state");
  BOOST_TEST(akv::json::has(state.flags, Flag::read_only));
  BOOST_TEST(akv::json::has(state.flags, Flag::open_enum));
  BOOST_TEST(!akv::json::has(state.flags, Flag::write_only));
}

BOOST_AUTO_TEST_SUITE_END()
