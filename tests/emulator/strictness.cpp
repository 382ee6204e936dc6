#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;

BOOST_AUTO_TEST_SUITE(strictness)

BOOST_FIXTURE_TEST_CASE(a_property_that_no_version_knows_is_refused_by_name, VaultFixture) {
  struct Row {
    std::string more, problem;
  };
  for (const Row& row : {Row{R"(,"enableSoftDeletion":true)",
                             "Could not find member 'properties.enableSoftDeletion'"},
                         Row{R"(,"networkAcls":{"ipRules":[{"value":"1.2.3.4"},{"cidr":"x"}]})",
                             "Could not find member 'properties.networkAcls.ipRules[1].cidr'"}}) {
    for (const Answer& answer :
         {make_vault("kv2", row.more),
          patch(vault(), R"({"properties":{)" + row.more.substr(1) + "}}")}) {
      BOOST_TEST(answer.status == 400);
      BOOST_TEST(answer.code() == "BadRequest");
      BOOST_TEST(answer.message() == "Bad JSON content found in the request.");
      BOOST_TEST(answer.detail() == row.problem + " in api-version '2023-07-01'.");
    }
  }
  BOOST_TEST(patch(vault(), R"({"tag":{}})").detail().find("'tag'") != std::string::npos);
  const Answer policy_member =
      put(vault() + "/accessPolicies/add",
          R"({"properties":{"accessPolicies":[{"permissions":{"key":[]}}]}})");
  BOOST_TEST(policy_member.detail().find("'properties.accessPolicies[0].permissions.key'") !=
             std::string::npos);
  BOOST_TEST(post(key_vault() + "/checkNameAvailability", R"({"vault":"x"})").status == 400);
}

BOOST_FIXTURE_TEST_CASE(a_property_newer_than_the_version_is_unknown, VaultFixture) {
  BOOST_TEST(put(vault(), vault_body(R"(,"publicNetworkAccess":"Enabled")"), "2020-04-01-preview")
                 .status == 400);
  BOOST_TEST(put(vault(), vault_body(R"(,"publicNetworkAccess":"Enabled")"), "2021-06-01-preview")
                 .status == 200);
  BOOST_TEST(put(vault(), vault_body(R"(,"networkAcls":{})"), "2016-10-01").status == 400);
}

BOOST_FIXTURE_TEST_CASE(groups_are_as_strict_in_arms_own_words, EmulatorClient) {
  const Answer unknown = put(group(), R"({"location":"westus","tagz":{}})");
  BOOST_TEST(unknown.status == 400);
  BOOST_TEST(unknown.code() == "InvalidRequestContent");
  BOOST_TEST(
      unknown.message() ==
      "The request content was invalid and could not be deserialized: 'Could not find member "
      "'tagz' in api-version '2021-04-01'.'.");
  BOOST_TEST(put(group(), R"({"location":"westus","tags":{"a":1}})")
                 .message()
                 .find("The value of 'tags' must be an object of texts.") != std::string::npos);
  BOOST_TEST(put(group(), "{").code() == "InvalidRequestContent");
}

BOOST_FIXTURE_TEST_CASE(a_value_of_another_type_is_refused, VaultFixture) {
  struct Row {
    const char *more, *problem;
  };
  for (const Row& row :
       {Row{R"(,"enabledForDeployment":"true")",
            "'properties.enabledForDeployment' must be true or false."},
        Row{R"(,"softDeleteRetentionInDays":7.5)",
            "'properties.softDeleteRetentionInDays' must be a whole number."},
        Row{R"(,"softDeleteRetentionInDays":"7")",
            "'properties.softDeleteRetentionInDays' must be a whole number."},
        Row{R"(,"softDeleteRetentionInDays":99999999999)", "must be a whole number."},
        Row{R"(,"networkAcls":[])", "'properties.networkAcls' must be an object."},
        Row{R"(,"networkAcls":{"ipRules":["1.2.3.4"]})", "must be a list of objects."},
        Row{R"(,"createMode":1)", "'properties.createMode' must be a text."}})
    BOOST_TEST(make_vault("kv2", row.more).detail().ends_with(row.problem));
  BOOST_TEST(
      put(vault() + "/accessPolicies/add",
          R"({"properties":{"accessPolicies":[{"permissions":{"keys":[1]}}]}})")
          .detail()
          .ends_with("'properties.accessPolicies[0].permissions.keys' must be a list of texts."));
}

BOOST_FIXTURE_TEST_CASE(broken_bodies_are_bad_json, VaultFixture) {
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("[]"), std::string("null"),
        std::string("{\"location\":\"w\xff\"}"), std::string(70, '[')}) {
    const Answer refused = put(vault(), body);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code() == "BadRequest");
    BOOST_TEST(refused.message() == "Bad JSON content found in the request.");
    BOOST_TEST(refused.detail() != "");
  }
}

BOOST_FIXTURE_TEST_CASE(what_was_read_can_be_sent_back_whole, VaultFixture) {
  const Answer read = get(vault());
  const Answer written = put(vault(), read.body);
  BOOST_TEST(written.status == 200);
  BOOST_TEST(written.json()["properties"].dump() == read.json()["properties"].dump());
  BOOST_TEST(patch(vault(), read.body).status == 200);
  const Answer group_read = get(group());
  BOOST_TEST(put(group(), group_read.body).body == group_read.body);
  const Answer added =
      put(vault() + "/accessPolicies/add", R"({"properties":{"accessPolicies":[]}})");
  BOOST_TEST(put(vault() + "/accessPolicies/add", added.body).status == 200);
}

BOOST_FIXTURE_TEST_CASE(an_old_version_shows_nothing_that_its_own_put_refuses, VaultFixture) {
  BOOST_TEST(
      put(vault(),
          vault_body(R"(,"softDeleteRetentionInDays":30,"enableRbacAuthorization":false,)"
                     R"("networkAcls":{"defaultAction":"Deny","virtualNetworkRules":[{"id":)"
                     R"("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network)"
                     R"(/virtualNetworks/v/subnets/s","ignoreMissingVnetServiceEndpoint":true}]})"),
          "2026-02-01")
          .status == 200);
  for (const char* version : {"2016-10-01", "2018-02-14", "2019-09-01", "2020-04-01-preview",
                              "2021-10-01", "2023-07-01", "2026-02-01"}) {
    const Answer read = get(vault(), version);
    BOOST_TEST(put(vault(), read.body, version).status == 200, version);
  }
  BOOST_TEST(get(vault(), "2016-10-01").property("networkAcls").is_null());
  BOOST_TEST(get(vault(), "2018-02-14").property("softDeleteRetentionInDays").is_null());
  BOOST_TEST(get(vault(), "2019-09-01").property("softDeleteRetentionInDays").int_or(0) == 30);
}

BOOST_FIXTURE_TEST_CASE(nulls_and_the_case_of_names_mean_nothing, VaultFixture) {
  const Answer made =
      put(vault(), R"({"Location":"westus","TAGS":null,"properties":{"TenantID":")" +
                       emulator->identity().tenant_id +
                       R"(","SKU":{"Family":"a","NAME":"Standard"},"networkAcls":null,)"
                       R"("enablePurgeProtection":null}})");
  BOOST_TEST(made.status == 200);
  BOOST_TEST(made.property("sku").dump() == R"({"family":"A","name":"standard"})");
  BOOST_TEST(made.json()["tags"].dump() == "{}");
}

BOOST_AUTO_TEST_SUITE_END()
