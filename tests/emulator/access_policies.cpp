#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;

namespace {

const std::string alice = "00000000-0000-4000-8000-00000000000a";
const std::string bob = "00000000-0000-4000-8000-00000000000b";

struct PolicyFixture : VaultFixture {
  Answer change(const std::string& kind, const std::string& policies) {
    return put(vault() + "/accessPolicies/" + kind,
               R"({"properties":{"accessPolicies":[)" + policies + "]}}");
  }
  /// The vault's list in short: `a keys=get,list`.
  std::string listed() {
    std::string text;
    const Answer read = get(vault());
    const json::Document list = read.property("accessPolicies");
    for (const json::Document& policy : list.as_array()) {
      if (!text.empty()) text += "; ";
      text += policy["objectId"].string_or().back();
      for (const json::Member& category : policy["permissions"].as_object()) {
        text += " " + category.name + "=";
        for (const json::Document& word : category.value.as_array())
          text += (text.back() == '=' ? "" : ",") + std::string(word.string_or());
      }
    }
    return text;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(access_policies)

BOOST_FIXTURE_TEST_CASE(add_joins_permissions_of_the_same_identity, PolicyFixture) {
  change("add", policy(alice, R"({"keys":["Get"],"secrets":["list"]})"));
  const Answer added = change("add", policy(alice, R"({"keys":["get","list"],"storage":["get"]})") +
                                         "," + policy(bob, R"({"keys":["all"]})"));
  BOOST_TEST(added.status == 200);
  BOOST_TEST(listed() == "a keys=Get,list secrets=list storage=get; b keys=all");
  BOOST_TEST(added.json()["id"].string_or() == vault() + "/accessPolicies/");
  BOOST_TEST(added.json()["type"].string_or() == "Microsoft.KeyVault/vaults/accessPolicies");
  BOOST_TEST(added.json()["name"].is_null());
  BOOST_TEST(added.property("accessPolicies").dump() ==
             get(vault()).property("accessPolicies").dump());
}

BOOST_FIXTURE_TEST_CASE(an_application_makes_another_identity, PolicyFixture) {
  std::string with = policy(alice, R"({"keys":["list"]})");
  with.insert(1, R"("applicationId":")" + bob + "\",");
  change("add", policy(alice, R"({"keys":["get"]})"));
  const Answer both = change("add", with);
  BOOST_TEST(both.property("accessPolicies").size() == 2u);
  BOOST_TEST(both.property("accessPolicies").as_array()[1]["applicationId"].string_or() == bob);
}

BOOST_FIXTURE_TEST_CASE(remove_takes_permissions_away_and_empty_entries_with_them, PolicyFixture) {
  change("add",
         policy(alice, R"({"keys":["get","list"]})") + "," + policy(bob, R"({"keys":["all"]})"));
  change("remove", policy(alice, R"({"keys":["LIST"],"secrets":["get"]})"));
  BOOST_TEST(listed() == "a keys=get; b keys=all");
  change("remove", policy(bob, R"({"keys":["all"]})") + "," + policy(alice, R"({"keys":["get"]})"));
  BOOST_TEST(listed() == "");
  BOOST_TEST(change("remove", policy(bob, R"({"keys":["get"]})")).status == 200);
}

BOOST_FIXTURE_TEST_CASE(replace_sets_the_whole_list, PolicyFixture) {
  change("add", policy(alice, R"({"keys":["get"]})"));
  change("replace", policy(bob, R"({"certificates":["get"]})"));
  BOOST_TEST(listed() == "b certificates=get");
}

BOOST_FIXTURE_TEST_CASE(words_come_back_as_sent_and_all_is_not_expanded, PolicyFixture) {
  put(vault(), [&] {
    std::string body = vault_body();
    body.replace(body.find("[]"), 2,
                 "[" + policy(alice, R"({"keys":["All","PURGE"],"secrets":[]})") + "]");
    return body;
  }());
  BOOST_TEST(listed() == "a keys=All,PURGE secrets=");
}

BOOST_FIXTURE_TEST_CASE(a_policy_that_azure_would_refuse_is_refused, PolicyFixture) {
  std::string foreign = policy(alice, "{}");
  foreign.replace(foreign.find(emulator->identity().tenant_id), 36, bob);
  std::string no_guid = policy(alice, "{}");
  no_guid.insert(1, R"("applicationId":"app",)");
  for (const std::string& entry :
       {policy("alice", "{}"), policy(alice, R"({"keys":["fly"]})"),
        policy(alice, R"({"secrets":["sign"]})"), policy(alice, "{}") + "," + policy(alice, "{}"),
        foreign, no_guid,
        R"({"tenantId":")" + emulator->identity().tenant_id + R"(","objectId":")" + alice +
            "\"}"}) {
    const Answer refused = change("add", entry);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code() == "BadRequest");
    BOOST_TEST(refused.message() == "An invalid value was provided for 'accessPolicies'.");
  }
  BOOST_TEST(change("double", policy(alice, "{}")).message() ==
             "An invalid value was provided for 'operationKind'.");
  BOOST_TEST(put(vault() + "/accessPolicies/add", R"({"properties":{}})").message() ==
             "An invalid value was provided for 'accessPolicies'.");
  BOOST_TEST(put(vault("kv9") + "/accessPolicies/add", "{}").code() == "ResourceNotFound");
}

BOOST_FIXTURE_TEST_CASE(a_new_tenant_needs_its_own_policies, PolicyFixture) {
  change("add", policy(alice, R"({"keys":["get"]})"));
  const std::string other = R"({"properties":{"tenantId":")" + bob + "\"";
  BOOST_TEST(patch(vault(), other + "}}").message() ==
             "An invalid value was provided for 'accessPolicies'.");
  BOOST_TEST(patch(vault(), other + R"(,"accessPolicies":[]}})").status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_vault_takes_1024_policies, PolicyFixture) {
  auto policies = [&](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      std::string id = std::to_string(100000000000 + i);
      text += (i ? "," : "") + policy("00000000-0000-4000-8000-" + id, R"({"keys":["get"]})");
    }
    return text;
  };
  BOOST_TEST(change("replace", policies(1024)).status == 200);
  const Answer more = change("add", policy(alice, R"({"keys":["get"]})"));
  BOOST_TEST(more.message() ==
             "An invalid value was provided for 'accessPolicies': 1025 entries are more than the "
             "maximum of 1024.");
  BOOST_TEST(change("replace", policies(1025)).status == 400);
}

BOOST_FIXTURE_TEST_CASE(policies_that_another_hand_left_do_no_harm, PolicyFixture) {
  json::Document odd = emulator->peek(vault());
  odd.set("properties").set("accessPolicies") = json::Document::parse(
      "[" + policy(alice, R"("none")") + "," + policy(bob, R"({"keys":"all"})") + "]");
  emulator->seed(vault(), odd);
  BOOST_TEST(patch(vault(), R"({"tags":{"a":"1"}})").status == 200);
  BOOST_TEST(change("remove", policy(bob, R"({"keys":["all"]})")).status == 200);
  BOOST_TEST(change("add", policy(alice, R"({"keys":["get"]})")).status == 200);
  odd.set("properties").set("accessPolicies", "none at all");
  emulator->seed(vault(), odd);
  BOOST_TEST(change("add", policy(alice, R"({"keys":["get"]})")).status == 200);
  BOOST_TEST(listed() == "a keys=get");
}

BOOST_AUTO_TEST_SUITE_END()
