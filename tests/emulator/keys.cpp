#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

std::string key_body(const std::string& properties, const std::string& more = {}) {
  return R"({"properties":{)" + properties + "}" + more + "}";
}

const std::string rsa = key_body(R"("kty":"RSA")");

std::string version_of(const Answer& key) {
  const std::string uri(key.property("keyUriWithVersion").string_or());
  return uri.substr(uri.rfind('/') + 1);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(keys)

BOOST_FIXTURE_TEST_CASE(a_new_key_is_answered_with_the_defaults_of_its_type, VaultFixture) {
  const Answer made = put(vault() + "/keys/k1", rsa);
  BOOST_TEST(made.status == 200);
  const std::string version = version_of(made);
  BOOST_TEST(version.size() == 32u);
  BOOST_TEST(version.find_first_not_of("0123456789abcdef") == version.npos);
  BOOST_TEST(
      made.body ==
      R"({"id":")" + vault() +
          R"(/keys/k1","name":"k1","type":"Microsoft.KeyVault/vaults/keys","location":"westus",)"
          R"("properties":{"attributes":{"enabled":true,"created":1795341602,"updated":1795341602,)"
          R"("recoveryLevel":"Recoverable+Purgeable"},"kty":"RSA","keyOps":["encrypt","decrypt",)"
          R"("sign","verify","wrapKey","unwrapKey"],"keySize":2048,)"
          R"("keyUri":"https://kv1.vault.azure.net:443/keys/k1","keyUriWithVersion":)"
          R"("https://kv1.vault.azure.net:443/keys/k1/)" +
          version + R"("}})");
  Document found = get(vault() + "/keys/K1").json();
  BOOST_TEST(found["properties"].dump().starts_with(
      R"({"attributes":{"enabled":true,"created":1795341602,"updated":1795341602,)"
      R"("recoveryLevel":"Recoverable+Purgeable"},"rotationPolicy":{"lifetimeActions":[)"
      R"({"trigger":{"timeBeforeExpiry":"P30D"},"action":{"type":"Notify"}}]},"kty":"RSA",)"));
  found.set("properties").erase("rotationPolicy");
  BOOST_TEST(found.dump() == made.body);
  const Answer curve = put(vault() + "/keys/k2", key_body(R"("kty":"EC")"));
  BOOST_TEST(curve.property("curveName").string_or() == "P-256");
  BOOST_TEST(curve.property("keyOps").dump() == R"(["sign","verify"])");
  BOOST_TEST(curve.property("keySize").is_null());
}

BOOST_FIXTURE_TEST_CASE(what_was_asked_for_comes_back, VaultFixture) {
  const Answer made =
      put(vault() + "/keys/k1",
          key_body(R"("kty":"rsa-hsm","keySize":4096,"keyOps":["sign"],)"
                   R"("attributes":{"enabled":false,"nbf":1,"exp":4102444800,"exportable":true},)"
                   R"("rotationPolicy":{"attributes":{"expiryTime":"P1Y"},"lifetimeActions":)"
                   R"([{"trigger":{"timeBeforeExpiry":"P30D"},"action":{"type":"notify"}}]},)"
                   R"("release_policy":{"data":"e30"})",
                   R"(,"tags":{"a":"1"})"));
  BOOST_TEST(made.status == 200);
  BOOST_TEST(made.json()["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(made.property("kty").string_or() == "RSA-HSM");
  BOOST_TEST(made.property("keySize").int_or(0) == 4096);
  BOOST_TEST(made.property("keyOps").dump() == R"(["sign"])");
  BOOST_TEST(made.property("attributes")["exp"].int_or(0) == 4102444800);
  BOOST_TEST(!made.property("attributes")["enabled"].bool_or(true));
  BOOST_TEST(made.property("rotationPolicy")["attributes"].dump() ==
             R"({"expiryTime":"P1Y","created":1795341602,"updated":1795341602})");
  BOOST_TEST(made.property("release_policy").dump() ==
             R"({"data":"e30","contentType":"application/json; charset=utf-8"})");
  BOOST_TEST(get(vault() + "/keys/k1").body == made.body);
}

BOOST_FIXTURE_TEST_CASE(a_key_that_is_there_stays_as_it_is, VaultFixture) {
  const Answer first = put(vault() + "/keys/k1", rsa);
  clock.advance(1h - 1min);
  const Answer again = put(vault() + "/keys/K1", key_body(R"("kty":"EC")", R"(,"tags":{"a":"1"})"));
  BOOST_TEST(again.status == 200);
  BOOST_TEST(again.body == first.body);
  BOOST_TEST(get(vault() + "/keys/k1/versions").json()["value"].size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(versions_are_found_by_their_32_digits, VaultFixture) {
  const Answer key = put(vault() + "/keys/k1", rsa);
  const std::string versions = vault() + "/keys/k1/versions", version = version_of(key);
  const Answer found = get(versions + "/" + version);
  BOOST_TEST(found.json()["name"].string_or() == version);
  BOOST_TEST(found.json()["type"].string_or() == "Microsoft.KeyVault/vaults/keys/versions");
  BOOST_TEST(found.json()["id"].string_or() == versions + "/" + version);
  BOOST_TEST(found.json()["properties"].dump() == key.json()["properties"].dump());
  BOOST_TEST(get(versions + "/" + std::string(32, '0')).code() == "ResourceNotFound");
  const Answer bad = get(versions + "/latest");
  BOOST_TEST(bad.status == 400);
  BOOST_TEST(bad.message() == "An invalid value was provided for 'keyVersion'.");
  emulator->seed(versions + "/" + std::string(32, 'f'),
                 Document::object({{"properties", Document::object({{"kty", "RSA"}})}}));
  BOOST_TEST(get(versions).json()["value"].size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(lists_show_where_keys_are_and_not_what_they_are, VaultFixture) {
  for (const char* name : {"k2", "k1"}) put(vault() + "/keys/" + name, rsa);
  const Document page = get(vault() + "/keys").json();
  BOOST_TEST(page["value"].size() == 2u);
  const Document& first = page["value"].as_array()[0];
  BOOST_TEST(first["name"].string_or() == "k1");
  BOOST_TEST(first["properties"].dump() ==
             R"({"attributes":{"enabled":true,"created":1795341602,"updated":1795341602,)"
             R"("recoveryLevel":"Recoverable+Purgeable"},)"
             R"("keyUri":"https://kv1.vault.azure.net:443/keys/k1"})");
  BOOST_TEST(!page.find("nextLink"));
  const Document versions = get(vault() + "/keys/k1/versions").json();
  BOOST_TEST((versions["value"].as_array()[0]["properties"].find("keyUriWithVersion") != nullptr));
  BOOST_TEST(get(group() + "/resources").json()["value"].size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_a_key_is_refused, VaultFixture) {
  struct Row {
    const char *properties, *problem;
  };
  for (const Row& row : {Row{"", "'kty'"}, Row{R"("kty":"oct")", "'kty'"},
                         Row{R"("kty":"RSA","keySize":1024)", "'keySize'"},
                         Row{R"("kty":"EC","keySize":2048)", "'keySize'"},
                         Row{R"("kty":"RSA","curveName":"P-256")", "'curveName'"},
                         Row{R"("kty":"EC","curveName":"P-1")", "'curveName'"},
                         Row{R"("kty":"RSA","keyOps":["sing"])", "'keyOps'"},
                         Row{R"("kty":"RSA","rotationPolicy":{"lifetimeActions":[{}]})",
                             "'rotationPolicy.lifetimeActions'"}}) {
    const Answer refused = put(vault() + "/keys/k1", key_body(row.properties));
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.message() ==
               "An invalid value was provided for " + std::string(row.problem) + ".");
  }
  BOOST_TEST(put(vault() + "/keys/k1", key_body(R"("kty":"RSA","attributes":{"exp":"soon"})"))
                 .detail()
                 .ends_with("'properties.attributes.exp' must be a whole number."));
  BOOST_TEST(get(vault() + "/keys").json()["value"].size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(names_have_127_letters_digits_and_hyphens_at_most, VaultFixture) {
  const std::string longest(127, 'k');
  BOOST_TEST(put(vault() + "/keys/" + longest, rsa).status == 200);
  for (const std::string& name : {longest + "k", std::string("a_b"), std::string("a%20b")})
    BOOST_TEST(put(vault() + "/keys/" + name, rsa).message() ==
               "An invalid value was provided for 'keyName'.");
}

BOOST_FIXTURE_TEST_CASE(an_absent_key_or_vault_is_named, VaultFixture) {
  const Answer key = get(vault() + "/keys/k1");
  BOOST_TEST(key.status == 404);
  BOOST_TEST(key.code() == "ResourceNotFound");
  BOOST_TEST(key.message().starts_with(
      "The Resource 'Microsoft.KeyVault/vaults/kv1/keys/k1' under resource group 'g'"));
  for (const Answer& answer : {put(vault("kv9") + "/keys/k1", rsa), get(vault("kv9") + "/keys"),
                               get(vault("kv9") + "/keys/k1/versions")})
    BOOST_TEST(answer.message().starts_with(
        "The Resource 'Microsoft.KeyVault/vaults/kv9' under resource group 'g'"));
}

BOOST_FIXTURE_TEST_CASE(keys_follow_their_vault_through_deletion_and_recovery, VaultFixture) {
  put(vault(), vault_body(R"(,"enablePurgeProtection":true)"));
  const Answer key = put(vault() + "/keys/k1", rsa);
  BOOST_TEST(key.property("attributes")["recoveryLevel"].string_or() == "Recoverable");
  const Answer before = get(vault() + "/keys/k1");
  del(vault());
  BOOST_TEST(get(vault() + "/keys/k1").status == 404);
  put(vault(), vault_body(R"(,"createMode":"recover")"));
  BOOST_TEST(get(vault() + "/keys/k1").body == before.body);
}

BOOST_FIXTURE_TEST_CASE(a_shorter_retention_is_a_recovery_of_its_own_kind, VaultFixture) {
  const auto level = [&](const std::string& name, const std::string& more) {
    make_vault(name, more);
    return std::string(
        put(vault(name) + "/keys/k1", rsa).property("attributes")["recoveryLevel"].string_or());
  };
  BOOST_TEST(level("kv90", R"(,"softDeleteRetentionInDays":90)") == "Recoverable+Purgeable");
  BOOST_TEST(level("kv89", R"(,"softDeleteRetentionInDays":89)") ==
             "CustomizedRecoverable+Purgeable");
  BOOST_TEST(level("kvp", R"(,"softDeleteRetentionInDays":7,"enablePurgeProtection":true)") ==
             "CustomizedRecoverable");
}

BOOST_FIXTURE_TEST_CASE(keys_are_purged_with_their_vault, VaultFixture) {
  put(vault() + "/keys/k1", rsa);
  del(vault());
  post(deleted() + "/purge");
  clock.advance(1s);
  make_vault();
  BOOST_TEST(get(vault() + "/keys/k1").status == 404);
  BOOST_TEST(get(vault() + "/keys/k1/versions").status == 404);

  put(vault() + "/keys/k1", rsa);
  del(vault());
  clock.advance(90 * 24h);
  sign_in();
  make_vault();
  BOOST_TEST(get(vault() + "/keys/k1").status == 404);
  put(vault() + "/keys/k1", rsa);
  emulator->seed(vault(), nullptr);
  make_vault();
  BOOST_TEST(get(vault() + "/keys/k1").status == 404);
}

BOOST_FIXTURE_TEST_CASE(managed_hsms_have_keys_of_no_region, HsmFixture) {
  const Answer made = put(hsm() + "/keys/k1", rsa);
  BOOST_TEST(made.status == 200);
  BOOST_TEST(!made.json().find("location"));
  BOOST_TEST(made.json()["type"].string_or() == "Microsoft.KeyVault/managedHSMs/keys");
  BOOST_TEST(made.property("keyUri").string_or() ==
             "https://hsm1.managedhsm.azure.net:443/keys/k1");
  BOOST_TEST(get(hsm() + "/keys/k1").body == made.body);
  BOOST_TEST(get(hsm() + "/keys").json()["value"].size() == 1u);
  BOOST_TEST(get(hsm() + "/keys/k1/versions").json()["value"].size() == 1u);
  BOOST_TEST(get(hsm() + "/keys/k1/versions/" + version_of(made)).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
