#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(groups)

BOOST_FIXTURE_TEST_CASE(a_group_is_made_once_and_then_updated, EmulatorClient) {
  const Answer made = put(group("Rg"), R"({"location":"West US"})");
  BOOST_TEST(made.status == 201);
  BOOST_TEST(made.body ==
             R"({"id":")" + subscription() +
                 R"(/resourceGroups/Rg","name":"Rg","type":"Microsoft.Resources/resourceGroups",)"
                 R"("location":"westus","properties":{"provisioningState":"Succeeded"}})");
  const Answer again =
      put(group("rg"), R"({"location":"westus","tags":{"a":"1"},"managedBy":"/x"})");
  BOOST_TEST(again.status == 200);
  BOOST_TEST(again.json()["name"].string_or() == "Rg");
  BOOST_TEST(again.json()["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(again.json()["managedBy"].string_or() == "/x");
  BOOST_TEST(get(group("RG")).body == again.body);
  BOOST_TEST(put(group("rg"), R"({"location":"westus"})").json()["tags"].is_null());
}

BOOST_FIXTURE_TEST_CASE(head_tells_whether_a_group_exists, EmulatorClient) {
  BOOST_TEST(send(http::Method::head, group()).status == 404);
  make_group();
  const Answer there = send(http::Method::head, group());
  BOOST_TEST(there.status == 204);
  BOOST_TEST(there.body == "");
}

BOOST_FIXTURE_TEST_CASE(an_absent_group_is_named, EmulatorClient) {
  for (const Answer& answer : {get(group()), del(group()), patch(group(), "{}")}) {
    BOOST_TEST(answer.status == 404);
    BOOST_TEST(answer.code() == "ResourceGroupNotFound");
    BOOST_TEST(answer.message() == "Resource group 'g' could not be found.");
  }
}

BOOST_FIXTURE_TEST_CASE(a_group_cannot_move, EmulatorClient) {
  make_group("g", "westus");
  const Answer moved = make_group("g", "eastus");
  BOOST_TEST(moved.status == 409);
  BOOST_TEST(moved.code() == "InvalidResourceGroupLocation");
  BOOST_TEST(moved.message() ==
             "Invalid resource group location 'eastus'. The Resource group already exists in "
             "location 'westus'.");
}

BOOST_FIXTURE_TEST_CASE(a_group_needs_a_region_that_exists, EmulatorClient) {
  BOOST_TEST(put(group(), "{}").code() == "LocationRequired");
  const Answer unknown = make_group("g", "atlantis");
  BOOST_TEST(unknown.status == 400);
  BOOST_TEST(unknown.code() == "LocationNotAvailableForResourceGroup");
}

BOOST_FIXTURE_TEST_CASE(names_of_groups_have_rules, EmulatorClient) {
  const Answer tilde = make_group("a~b");
  BOOST_TEST(tilde.status == 400);
  BOOST_TEST(tilde.code() == "InvalidResourceGroup");
  BOOST_TEST(
      tilde.message() ==
      "The provided resource group name 'a~b' has these invalid characters: '~'. The name can "
      "only be a letter, digit, '-', '.', '(', ')' or '_'.");
  BOOST_TEST(make_group(std::string(90, 'a')).status == 201);
  BOOST_TEST(make_group(std::string(91, 'a')).message() == "The provided resource group name '" +
                                                               std::string(91, 'a') +
                                                               "' is longer than 90 characters.");
  BOOST_TEST(make_group("a.").message() ==
             "The provided resource group name 'a.' ends with a period, which is not allowed.");
  BOOST_TEST(make_group("r(g)_1.x-%C3%A9").json()["name"].string_or() == "r(g)_1.x-\u00e9");
}

BOOST_FIXTURE_TEST_CASE(a_patch_replaces_the_tags_of_a_group, EmulatorClient) {
  put(group(), R"({"location":"westus","tags":{"a":"1","b":"2"}})");
  const Answer patched = patch(group(), R"({"tags":{"c":"3"}})");
  BOOST_TEST(patched.json()["tags"].dump() == R"({"c":"3"})");
  BOOST_TEST(patched.body.ends_with(R"("properties":{"provisioningState":"Succeeded"}})"));
  BOOST_TEST(patch(group(), R"({"managedBy":"/m"})").json()["tags"].dump() == R"({"c":"3"})");
  BOOST_TEST(patch(group(), R"({"tags":{}})").json()["tags"].is_null());
}

BOOST_FIXTURE_TEST_CASE(a_group_is_deleted_by_the_clock_with_nobody_asking, VaultFixture) {
  emulator->seed(subscription() + "/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/s",
                 json::Document::object({{"location", "westus"}}));
  const Answer accepted = del(group());
  BOOST_TEST(accepted.status == 202);
  BOOST_TEST(accepted.body == "");
  BOOST_TEST(accepted.header("Retry-After") == "1");
  BOOST_TEST(
      accepted.header("Location")
          .starts_with("https://management.azure.com" + subscription() + "/operationresults/"));
  BOOST_TEST(del(group()).header("Location") == accepted.header("Location"));

  BOOST_TEST(get(group()).property("provisioningState").string_or() == "Deleting");
  BOOST_TEST(send(http::Method::head, group()).status == 204);
  for (const Answer& answer : {make_vault("kv2"), del(vault()), patch(vault(), "{}"), make_group(),
                               patch(group(), "{}")}) {
    BOOST_TEST(answer.status == 409);
    BOOST_TEST(answer.code() == "ResourceGroupBeingDeleted");
    BOOST_TEST(
        answer.message() ==
        "The resource group 'g' is in deprovisioning state and cannot perform this operation.");
  }
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(get(accepted.header("Location")).status == 202);
  BOOST_TEST(get(accepted.header("Location")).header("Location") == accepted.header("Location"));

  clock.advance(1s);
  BOOST_TEST(get(group()).status == 404);
  BOOST_TEST(get(deleted()).status == 200);
  const Answer done = get(accepted.header("Location"));
  BOOST_TEST(done.status == 200);
  BOOST_TEST(done.body == "");
  make_group();
  BOOST_TEST(get(group() + "/resources").body == R"({"value":[]})");
}

BOOST_FIXTURE_TEST_CASE(groups_are_listed_by_tag, EmulatorClient) {
  put(group("a"), R"({"location":"westus","tags":{"Env":"dev"}})");
  put(group("b"), R"({"location":"westus","tags":{"Env":"prod"}})");
  make_group("c");
  auto names = [&](const std::string& filter) {
    std::string text;
    const json::Document page = get(subscription() + "/resourcegroups" + filter).json();
    for (const auto& item : page["value"].as_array()) text += item["name"].string_or();
    return text;
  };
  BOOST_TEST(names("") == "abc");
  BOOST_TEST(names("?$filter=tagName%20eq%20'env'") == "ab");
  BOOST_TEST(names("?$filter=tagName+eq+'env'+and+tagValue+eq+'prod'") == "b");
  BOOST_TEST(names("?$filter=name%20eq%20'C'") == "c");
}

BOOST_FIXTURE_TEST_CASE(a_group_takes_fifty_tags, EmulatorClient) {
  std::string tags;
  for (int i = 0; i < 51; ++i) tags += ",\"t" + std::to_string(i) + "\":\"\"";
  BOOST_TEST(put(group(), R"({"location":"westus","tags":{)" + tags.substr(1) + "}}").code() ==
             "TooManyTags");
}

BOOST_AUTO_TEST_SUITE_END()
