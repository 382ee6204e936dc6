#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;

BOOST_AUTO_TEST_SUITE(api_versions)

BOOST_FIXTURE_TEST_CASE(the_versions_that_known_clients_send_are_taken, VaultFixture) {
  for (const char* version :
       {"2015-11-01", "2016-10-01", "2018-02-14", "2019-09-01", "2020-04-01-preview",
        "2021-04-01-preview", "2021-06-01-preview", "2021-10-01", "2022-07-01", "2023-07-01",
        "2024-11-01", "2025-05-01", "2026-02-01"})
    BOOST_TEST(get(vault(), version).status == 200, version);
  for (const char* version :
       {"2019-11-01", "2021-04-01", "2022-09-01", "2022-12-01", "2024-03-01", "2025-04-01"})
    BOOST_TEST(get(group(), version).status == 200, version);
  for (const char* version : {"2015-01-01", "2015-11-01"})
    BOOST_TEST(get(subscription() + "/resources", version).status == 200, version);
}

BOOST_FIXTURE_TEST_CASE(a_request_names_its_version, VaultFixture) {
  const Answer missing = get(vault(), "none");
  BOOST_TEST(missing.status == 400);
  BOOST_TEST(missing.code() == "MissingApiVersionParameter");
  const Answer arm = get(group(), "2099-01-01");
  BOOST_TEST(arm.status == 400);
  BOOST_TEST(arm.code() == "InvalidApiVersionParameter");
  BOOST_TEST(arm.message().starts_with(
      "The api-version '2099-01-01' is invalid. The supported versions are '2014-04-01, "));
  const Answer provider = get(vault(), "2023-07-02");
  BOOST_TEST(provider.status == 400);
  BOOST_TEST(provider.code() == "NoRegisteredProviderFound");
  BOOST_TEST(provider.message().starts_with(
      "No registered resource provider found for API version '2023-07-02' for type 'vaults'. The "
      "supported api-versions are '2015-06-01, "));
}

BOOST_FIXTURE_TEST_CASE(old_versions_do_not_show_what_they_do_not_know, VaultFixture) {
  struct Row {
    const char* version;
    bool system_data, public_access;
  };
  for (const Row& row : {Row{"2019-09-01", false, false}, Row{"2020-04-01-preview", false, false},
                         Row{"2021-04-01-preview", true, false},
                         Row{"2021-06-01-preview", true, true}, Row{"2023-07-01", true, true}}) {
    const json::Document one = get(vault(), row.version).json();
    const json::Document list = get(key_vault() + "/vaults", row.version).json();
    for (const json::Document& shown : {one, list["value"].as_array()[0]}) {
      BOOST_TEST((shown.find("systemData") != nullptr) == row.system_data, row.version);
      BOOST_TEST((shown["properties"].find("publicNetworkAccess") != nullptr) == row.public_access,
                 row.version);
    }
  }
}

BOOST_FIXTURE_TEST_CASE(an_old_version_cannot_reset_what_it_does_not_know, VaultFixture) {
  patch(vault(), R"({"properties":{"publicNetworkAccess":"Disabled"}})");
  put(vault(), vault_body(), "2019-09-01");
  BOOST_TEST(get(vault()).property("publicNetworkAccess").string_or() == "Disabled");
  put(vault(), vault_body(), "2021-10-01");
  BOOST_TEST(get(vault()).property("publicNetworkAccess").string_or() == "Enabled");
}

BOOST_FIXTURE_TEST_CASE(a_vault_made_by_2026_02_01_uses_rbac_unless_told_otherwise, VaultFixture) {
  BOOST_TEST(get(vault(), "2026-02-01").property("enableRbacAuthorization").is_null());
  const json::Document made = put(vault("new"), vault_body(), "2026-02-01").json();
  BOOST_TEST(made["properties"]["enableRbacAuthorization"].bool_or(false));
  BOOST_TEST(get(vault("new"), "2023-07-01").property("enableRbacAuthorization").bool_or(false));
  const Answer told =
      put(vault("told"), vault_body(R"(,"enableRbacAuthorization":false)"), "2026-02-01");
  BOOST_TEST(!told.property("enableRbacAuthorization").bool_or(true));
  // An update changes nothing of it.
  const Answer updated = put(vault(), vault_body(), "2026-02-01");
  BOOST_TEST(updated.property("enableRbacAuthorization").is_null());
}

BOOST_AUTO_TEST_SUITE_END()
