#include "akv/mgmt/json/values.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <type_traits>
#include <vector>

using akv::absent;
using akv::Field;
using akv::List;
using akv::Required;
using akv::Strings;
using akv::Tags;

namespace {

struct Model {
  Required<std::string> name;
  Field<int> count{};
  Strings words = absent;
};

enum class Presence { absent, null, value };
template <class T>
Presence presence(const T& member) {
  // Each of the three, and only one of them.
  BOOST_TEST(int(member.is_absent()) + int(member.is_null()) + int(bool(member)) == 1);
  return member.is_absent() ? Presence::absent
         : member.is_null() ? Presence::null
                            : Presence::value;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(a_field_is_absent_null_or_a_value) {
  BOOST_TEST((presence(Field<int>()) == Presence::absent));
  BOOST_TEST((presence(Field<int>(absent)) == Presence::absent));
  BOOST_TEST((presence(Field<int>(nullptr)) == Presence::null));
  BOOST_TEST((presence(Field<int>(0)) == Presence::value));
  BOOST_TEST((presence(Field<std::string>("")) == Presence::value));
  BOOST_TEST(*Field<std::string>("x") == "x");
  BOOST_TEST(Field<std::string>("x")->size() == 1u);
  BOOST_TEST(Field<int>().value_or(7) == 7);
  BOOST_TEST(Field<int>(nullptr).value_or(7) == 7);
  BOOST_TEST(Field<int>(1).value_or(7) == 1);
}

BOOST_AUTO_TEST_CASE(a_field_goes_from_each_state_to_each_other) {
  Field<std::string> field;
  field.set_null();
  BOOST_TEST((presence(field) == Presence::null));
  field.emplace() = "x";
  BOOST_TEST((presence(field) == Presence::value));
  field.emplace();
  BOOST_TEST(field->empty());
  field.set_null();
  BOOST_TEST((presence(field) == Presence::null));
  field.reset();
  BOOST_TEST((presence(field) == Presence::absent));
  field = "y";
  *field += "z";
  BOOST_TEST(*field == "yz");
  field = nullptr;
  BOOST_TEST((presence(field) == Presence::null));
  field = absent;
  BOOST_TEST((presence(field) == Presence::absent));
}

BOOST_AUTO_TEST_CASE(a_map_is_written_in_braces) {
  struct Parameters {
    Field<int> count{};
    Tags tags{};
  };
  using Map = std::map<std::string, std::string>;
  const Map one{{"a", "1"}}, two{{"a", "1"}, {"b", "2"}};
  Parameters parameters;
  parameters.tags = {{"a", "1"}, {"b", "2"}};
  BOOST_TEST((*parameters.tags == two));
  parameters.tags = {{"a", "1"}};
  BOOST_TEST((*parameters.tags == one));
  const std::string name = "a";
  parameters.tags = {{name, "1"}, {"b", std::string("2")}, {"a", "3"}};
  BOOST_TEST((*parameters.tags == two));
  BOOST_TEST((*Parameters{.tags = {{"a", "1"}, {"b", "2"}}}.tags == two));
  BOOST_TEST((*Parameters{.tags = {{"a", "1"}}}.tags == one));
  // With the map's own braces; two entries are not one entry of two pairs of pointers.
  BOOST_TEST((*Parameters{.tags = {{{"a", "1"}}}}.tags == one));
  BOOST_TEST((*Parameters{.tags = {{{"a", "1"}, {"b", "2"}}}}.tags == two));
  parameters.tags = two;
  BOOST_TEST((*parameters.tags == two));
  parameters.tags = {one};
  BOOST_TEST((*parameters.tags == one));
  parameters.tags = Map();
  BOOST_TEST((presence(parameters.tags) == Presence::value));
  parameters.tags = {};
  BOOST_TEST((presence(parameters.tags) == Presence::absent));
  BOOST_TEST((presence(Parameters{.tags = nullptr}.tags) == Presence::null));
  BOOST_TEST((presence(Parameters{.count = 1}.tags) == Presence::absent));

  Field<std::map<std::string, Field<Parameters>>> models;
  models = {{"none", nullptr}, {"some", Parameters{.count = 2}}};
  BOOST_TEST(models->at("none").is_null());
  BOOST_TEST(*models->at("some")->count == 2);
}

BOOST_AUTO_TEST_CASE(a_list_is_absent_null_empty_or_filled) {
  BOOST_TEST((presence(Strings(absent)) == Presence::absent));
  BOOST_TEST((presence(Strings(nullptr)) == Presence::null));
  Strings braces = {};
  BOOST_TEST((presence(braces) == Presence::value));
  BOOST_TEST(braces.empty());
  BOOST_TEST(Strings(absent).size() == 0u);
  BOOST_TEST((Strings(absent).begin() == Strings(absent).end()));
  Strings words = {"a", "b"};
  std::string all;
  for (const std::string& word : words) all += word;
  BOOST_TEST(all == "ab");
  BOOST_TEST(words[1] == "b");
  BOOST_TEST((*Strings(std::vector<std::string>{"v"})).front() == "v");
}

BOOST_AUTO_TEST_CASE(a_list_goes_from_each_state_to_each_other) {
  Strings words = {"a"};
  words.set_null();
  BOOST_TEST((presence(words) == Presence::null));
  words.emplace().push_back("b");
  BOOST_TEST((presence(words) == Presence::value));
  (*words).push_back("c");
  BOOST_TEST(words.size() == 2u);
  words.reset();
  BOOST_TEST((presence(words) == Presence::absent));
}

BOOST_AUTO_TEST_CASE(a_member_left_out_of_the_braces_is_absent) {
  const Model model{.name = "n"};
  BOOST_TEST(model.name == "n");
  BOOST_TEST((presence(model.count) == Presence::absent));
  BOOST_TEST((presence(model.words) == Presence::absent));
  const Model empty_list{.name = "n", .words = {}};
  BOOST_TEST((presence(empty_list.words) == Presence::value));
}

BOOST_AUTO_TEST_CASE(a_required_member_behaves_like_its_type) {
  Model model;  // what the decoder does
  BOOST_TEST(model.name.empty());
  model.name = std::string("x");
  BOOST_TEST(model.name + "y" == "xy");
  const std::string& text = model.name;
  BOOST_TEST(text == "x");
  static_assert(std::is_nothrow_move_constructible_v<Model>);
}

BOOST_AUTO_TEST_CASE(tags_are_written_in_braces) {
  const Tags tags = std::map<std::string, std::string>{{"team", "payments"}};
  BOOST_TEST(tags->at("team") == "payments");
  BOOST_TEST((presence(Tags()) == Presence::absent));
}

BOOST_AUTO_TEST_SUITE_END()
