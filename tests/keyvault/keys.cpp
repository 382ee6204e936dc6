// The operations on keys of vaults and of managed HSMs, which differ in their paths only.
#include "akv/mgmt/keyvault/keys.hpp"

#include "akv/mgmt/keyvault/managed_hsm_keys.hpp"
#include "keyvault/keyvault_fixture.hpp"

#include <tuple>

using namespace akv;
using namespace akv::test;

namespace {

struct OfVaults {
  static KeysOperations keys(const KeyVaultManagementClient& client) { return client.keys(); }
  static std::string parent() { return "kv-1"; }
  static std::string path() { return vault_path + "/keys"; }
  static std::string group() { return "Keys"; }
};
struct OfManagedHsms {
  static ManagedHsmKeysOperations keys(const KeyVaultManagementClient& client) {
    return client.managed_hsm_keys();
  }
  static std::string parent() { return "hsm-1"; }
  static std::string path() { return hsm_path + "/keys"; }
  static std::string group() { return "ManagedHsmKeys"; }
};
using Owners = std::tuple<OfVaults, OfManagedHsms>;

const std::string version = "fd618d9519b74f9aae94ade66b876acc";

// All that a key can have. Times beyond 2038, and the one name in snake case.
const std::string key_body = R"({"id":"/k","name":"signing","type":"Microsoft.KeyVault/x/keys",
    "tags":{"team":"payments"},
    "systemData":{"createdBy":"me","createdAt":"2026-01-01T12:00:00.0000000Z"},
    "properties":{"attributes":{"enabled":true,"nbf":1598533051,"exp":4102444800,
        "created":1598533051,"updated":4102444801,"recoveryLevel":"Recoverable+Purgeable",
        "exportable":true},
      "kty":"RSA-HSM","keyOps":["sign","verify"],"keySize":3072,"curveName":"P-256",
      "keyUri":"https://kv-1.vault.azure.net:443/keys/signing",
      "keyUriWithVersion":"https://kv-1.vault.azure.net:443/keys/signing/)" +
                             version + R"(",
      "rotationPolicy":{"attributes":{"created":1,"updated":2,"expiryTime":"P1Y"},
        "lifetimeActions":[{"trigger":{"timeAfterCreate":"P90D"},"action":{"type":"rotate"}},
          {"trigger":{"timeBeforeExpiry":"P30D"},"action":{"type":"notify"}}]},
      "release_policy":{"contentType":"application/json; charset=utf-8","data":"e30"}}})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(keys, KeyVaultFixture)

BOOST_FIXTURE_TEST_CASE_TEMPLATE(create_sends_the_key_and_reads_all_of_it, Owner, Owners,
                                 KeyVaultFixture) {
  transport->reply(200, {}, key_body);
  const auto key = Owner::keys(client()).create_if_not_exist(
      "rg", Owner::parent(), "signing",
      {.tags = {{{"team", "payments"}}},
       .properties = {
           .kty = key_type::rsa_hsm,
           .key_ops = {key_operation::sign, key_operation::verify},
           .key_size = 3072,
           .attributes = KeyAttributes{.enabled = true, .exp = 4102444800, .exportable = true},
           .rotation_policy =
               RotationPolicy{
                   .attributes = KeyRotationPolicyAttributes{.expiry_time = "P1Y"},
                   .lifetime_actions = {{.trigger = RotationTrigger{.time_after_create = "P90D"},
                                         .action =
                                             RotationAction{.type = rotation_action::rotate}}}},
           .release_policy = KeyReleasePolicy{.data = "e30"}}});
  check_put(0, Owner::path() + "/signing",
            R"({"tags":{"team":"payments"},"properties":{
                      "attributes":{"enabled":true,"exp":4102444800,"exportable":true},
                      "kty":"RSA-HSM","keyOps":["sign","verify"],"keySize":3072,
                      "rotationPolicy":{"attributes":{"expiryTime":"P1Y"},"lifetimeActions":[
                        {"trigger":{"timeAfterCreate":"P90D"},"action":{"type":"rotate"}}]},
                      "release_policy":{"data":"e30"}}})");
  check_kept(key, key_body);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(get_reads_a_key_and_one_version, Owner, Owners, KeyVaultFixture) {
  transport->reply(200, {}, key_body).reply(200, {}, key_body);
  const auto all = Owner::keys(client());
  check_kept(all.get("rg", Owner::parent(), "signing"), key_body);
  check_kept(all.get_version("rg", Owner::parent(), "signing", version), key_body);
  check(0, "GET", Owner::path() + "/signing");
  check(1, "GET", Owner::path() + "/signing/versions/" + version);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(find_gives_nothing_where_there_is_none, Owner, Owners,
                                 KeyVaultFixture) {
  const char* missing = R"({"error":{"code":"KeyNotFound","message":"Not found."}})";
  transport->reply(404, {}, missing).reply(200, {}, key_body).reply(404, {}, missing);
  const auto all = Owner::keys(client());
  BOOST_TEST(!all.find("rg", Owner::parent(), "signing"));
  BOOST_TEST(all.find("rg", Owner::parent(), "signing")->name == "signing");
  check(1, "GET", Owner::path() + "/signing");
  BOOST_CHECK_EXCEPTION(
      all.get("rg", Owner::parent(), "signing"), NotFoundError,
      [](const NotFoundError& error) { return error.info().operation == Owner::group() + ".get"; });
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(lists_give_what_is_known_of_each, Owner, Owners, KeyVaultFixture) {
  const std::string item = R"({"id":"/k","name":"signing","type":"t","properties":{
      "attributes":{"enabled":true},"keyUri":"https://kv-1.vault.azure.net:443/keys/signing"}})";
  const std::string next = subscription_url + "/next?api-version=2026-02-01&$skiptoken=a";
  transport->reply(200, {}, page_of(item, next))
      .reply(200, {}, R"({"value":[],"nextLink":""})")
      .reply(200, {}, page_of(item));
  const auto all = Owner::keys(client());
  const auto listed = all.list("rg", Owner::parent()).to_vector();
  BOOST_REQUIRE(listed.size() == 1u);
  check_kept(listed[0], item);
  BOOST_TEST(listed[0].properties.kty.is_absent());
  BOOST_TEST(all.list_versions("rg", Owner::parent(), "signing").to_vector().size() == 1u);
  check(0, "GET", Owner::path());
  BOOST_TEST(sent(1).url == next);
  check(2, "GET", Owner::path() + "/signing/versions");
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_name_that_would_address_something_else_is_never_sent, Owner,
                                 Owners, KeyVaultFixture) {
  const auto is_invalid = [](const AzureError& error) {
    return error.info().code == "InvalidArgument";
  };
  const auto all = Owner::keys(client());
  BOOST_CHECK_EXCEPTION(all.get("rg", Owner::parent(), ""), AzureError, is_invalid);
  BOOST_CHECK_EXCEPTION(all.get("rg", "..", "signing"), AzureError, is_invalid);
  BOOST_CHECK_EXCEPTION(all.get_version("rg", Owner::parent(), "signing", ""), AzureError,
                        is_invalid);
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
