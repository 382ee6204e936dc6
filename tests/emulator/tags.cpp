#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

struct TagsFixture : OthersFixture {
  static std::string at(const std::string& scope) {
    return scope + "/providers/Microsoft.Resources/tags/default";
  }
  static std::string body(const std::string& tags, const std::string& operation = {}) {
    return "{" + (operation.empty() ? "" : R"("operation":")" + operation + "\",") +
           R"("properties":{"tags":)" + tags + "}}";
  }
  std::string tags_of(const std::string& scope) {
    return get(at(scope)).json()["properties"]["tags"].dump();
  }
  std::string names_path() const { return subscription() + "/tagNames"; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(tags)

BOOST_FIXTURE_TEST_CASE(tags_are_a_resource_of_the_subscription_the_group_and_the_vault,
                        TagsFixture) {
  for (const std::string& scope : {subscription(), group(), vault()}) {
    BOOST_TEST(tags_of(scope) == "{}");
    const Answer made = put(at(scope), body(R"({"env":"dev","team":"a"})"));
    BOOST_TEST(made.status == 200, made.body);
    BOOST_TEST(made.json()["name"].string_or() == "default");
    BOOST_TEST(made.json()["type"].string_or() == "Microsoft.Resources/tags");
    BOOST_TEST(ascii::equal(made.json()["id"].string_or(), at(scope)));
    BOOST_TEST(tags_of(scope) == R"({"env":"dev","team":"a"})");
    BOOST_TEST(get(scope).json()["tags"].dump() == R"({"env":"dev","team":"a"})");
    if (scope == group()) BOOST_TEST(get(scope).json().as_object().back().name == "properties");
    BOOST_TEST(del(at(scope)).status == 200);
    BOOST_TEST(tags_of(scope) == "{}");
  }
  BOOST_TEST((get(subscription()).json().find("tags") == nullptr));
  BOOST_TEST((get(group()).json().find("tags") == nullptr));
  BOOST_TEST(get(vault()).json()["tags"].dump() == "{}");
}

BOOST_FIXTURE_TEST_CASE(a_patch_merges_replaces_and_deletes, TagsFixture) {
  put(at(vault()), body(R"({"Env":"dev","team":"a"})"));
  BOOST_TEST(patch(at(vault()), body(R"({"env":"test","new":"1"})", "merge")).status == 200);
  BOOST_TEST(tags_of(vault()) == R"({"Env":"test","team":"a","new":"1"})");
  // With another value it is another tag, without one it is that of any value.
  patch(at(vault()), body(R"({"ENV":"prod","team":"","new":"1","none":""})", "Delete"));
  BOOST_TEST(tags_of(vault()) == R"({"Env":"test"})");
  patch(at(vault()), body(R"({"only":"this"})", "Replace"));
  BOOST_TEST(tags_of(vault()) == R"({"only":"this"})");
  BOOST_TEST(
      get(subscription() + "/resources?$filter=tagName%20eq%20'only'").json()["value"].size() ==
      1u);
  const Answer refused = patch(at(vault()), body("{}", "Join"));
  BOOST_TEST(refused.status == 400);
  BOOST_TEST(refused.code() == "InvalidRequestContent");
  BOOST_TEST(refused.message().find("The operation must be 'Merge', 'Replace' or 'Delete'.") !=
             std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(tags_have_their_caps_locks_and_rights, TagsFixture) {
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += (i ? ",\"t" : "\"t") + std::to_string(i) + "\":\"\"";
  BOOST_TEST(put(at(vault()), body("{" + fifty + "}")).status == 200);
  BOOST_TEST(patch(at(vault()), body(R"({"t50":""})", "Merge")).status == 400);
  BOOST_TEST(get(at(vault("none"))).code() == "ResourceNotFound");
  BOOST_TEST(get(at(vault() + "/keys/k")).code() == "ResourceNotFound");
  BOOST_TEST(get(at("")).status == 404);
  BOOST_TEST(get(at(group("none"))).code() == "ResourceGroupNotFound");
  put_lock(vault(), "ReadOnly");
  BOOST_TEST(put(at(vault()), body("{}")).code() == "ScopeLocked");
  as(add("Reader"));
  BOOST_TEST(get(at(vault())).status == 200);
  BOOST_TEST(put(at(group()), body("{}")).code() == "AuthorizationFailed");
}

BOOST_FIXTURE_TEST_CASE(tags_are_held_to_azures_limits_wherever_they_are_written, TagsFixture) {
  // The limits are of characters: each of these is two bytes.
  std::string name, value;
  for (int i = 0; i < 512; ++i) name += "\u00e4";
  for (int i = 0; i < 256; ++i) value += "\u00e4";
  const auto all = [&](const std::string& tags) {
    return std::vector<Answer>{put(at(vault()), body(tags)), put(at(group()), body(tags)),
                               put(at(subscription()), body(tags)),
                               put(vault(), vault_body("", tags)),
                               put(group(), R"({"location":"westus","tags":)" + tags + "}")};
  };
  for (const Answer& taken : all("{\"" + name + "\":\"" + value + "\"}"))
    BOOST_TEST(taken.status == 200, taken.body);
  for (const Answer& refused : all("{\"" + name + "x\":\"\"}"))
    BOOST_TEST(refused.message() == "A tag is not valid: its name is longer than 512 characters.");
  for (const Answer& refused : all("{\"a\":\"" + value + "x\"}"))
    BOOST_TEST(refused.message() ==
               "A tag is not valid: the value of 'a' is longer than 256 characters.");
  for (const char* sign : {"<", ">", "%", "&", "\\\\", "?", "/"})
    for (const Answer& refused : all(std::string("{\"a") + sign + "\":\"\"}")) {
      BOOST_TEST(refused.code() == "InvalidTag");
      BOOST_TEST(refused.message() ==
                 "A tag is not valid: its name must not hold any of <, >, %, &, \\, ?, /.");
    }
}

BOOST_AUTO_TEST_CASE(tags_wait_for_a_slow_write_of_their_vault) {
  VaultFixture arm({.write_delay = std::chrono::seconds(1)});
  arm.clock.advance(std::chrono::seconds(2));
  arm.patch(arm.vault(), "{}");
  const Answer refused = arm.put(TagsFixture::at(arm.vault()), TagsFixture::body(R"({"a":"b"})"));
  BOOST_TEST(refused.code() == "ConflictError");
  arm.clock.advance(std::chrono::seconds(2));
  BOOST_TEST(arm.put(TagsFixture::at(arm.vault()), TagsFixture::body(R"({"a":"b"})")).status ==
             200);
}

BOOST_FIXTURE_TEST_CASE(tag_names_are_defined_ahead_and_counted, TagsFixture) {
  BOOST_TEST(put(names_path() + "/cost", "").status == 201);
  BOOST_TEST(put(names_path() + "/Cost", "").status == 200);
  const Answer value = put(names_path() + "/cost/tagValues/high", "");
  BOOST_TEST(value.status == 201);
  BOOST_TEST(value.body == R"({"id":")" + names_path() +
                               R"(/cost/tagValues/high","tagValue":"high",)"
                               R"("count":{"type":"Total","value":0}})");
  BOOST_TEST(put(names_path() + "/cost/tagValues/high", "").status == 200);
  put(at(vault()), body(R"({"cost":"high"})"));
  put(at(group()), body(R"({"COST":"low"})"));
  const Document list = get(names_path()).json()["value"];
  BOOST_REQUIRE(list.size() == 1u);
  const Document& cost = list.as_array()[0];
  BOOST_TEST(cost["tagName"].string_or() == "cost");
  BOOST_TEST(cost["count"]["value"].int_or(0) == 2);
  BOOST_TEST(cost["values"].size() == 2u);
  BOOST_TEST(cost["values"].as_array()[0]["tagValue"].string_or() == "high");
  BOOST_TEST(cost["values"].as_array()[0]["count"]["value"].int_or(0) == 1);

  BOOST_TEST(del(names_path() + "/cost/tagValues/high").status == 200);
  BOOST_TEST(del(names_path() + "/cost/tagValues/high").status == 204);
  BOOST_TEST(del(names_path() + "/cost").status == 200);
  BOOST_TEST(del(names_path() + "/cost").status == 204);
  // What is in use stays on the list.
  BOOST_TEST(get(names_path()).json()["value"].size() == 1u);
  BOOST_TEST(put(names_path() + "/" + std::string(513, 'a'), "").status == 400);
  BOOST_TEST(put(names_path() + "/a/tagValues/" + std::string(257, 'a'), "").status == 400);
  BOOST_TEST(put(names_path() + "/" + std::string(512, 'a'), "").status == 201);
  BOOST_TEST(put(names_path() + "/a/tagValues/" + std::string(256, 'a'), "").status == 201);
}

BOOST_AUTO_TEST_SUITE_END()
