#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

std::string secret_body(const std::string& more = {}) {
  return R"({"properties":{"value":"hunter2")" + more + "}}";
}

/// Whether the emulator says the value anywhere that a client or a test can look.
bool tells(EmulatorClient& arm, const std::string& id, const std::string& value) {
  std::string all =
      arm.get(id).body + arm.get(arm.vault() + "/secrets").body + arm.emulator->peek(id).dump();
  for (const auto& entry : arm.emulator->requests()) all += entry.url + entry.body;
  return all.find(value) != all.npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_FIXTURE_TEST_CASE(each_put_is_a_new_version, VaultFixture) {
  const std::string id = vault() + "/secrets/s1";
  const Answer made = put(id, R"({"tags":{"a":"1"},"properties":{"value":"x","contentType":"t",)"
                              R"("attributes":{"enabled":false,"nbf":1,"exp":4102444800}}})");
  BOOST_TEST(made.status == 200);
  const std::string first(made.property("secretUriWithVersion").string_or());
  BOOST_TEST(first.size() == std::string("https://kv1.vault.azure.net/secrets/s1/").size() + 32);
  BOOST_TEST(
      made.body ==
      R"({"id":")" + id +
          R"(","name":"s1","type":"Microsoft.KeyVault/vaults/secrets","location":"westus",)"
          R"("tags":{"a":"1"},"properties":{"contentType":"t","attributes":{"enabled":false,)"
          R"("nbf":1,"exp":4102444800,"created":1795341602,"updated":1795341602},)"
          R"("secretUri":"https://kv1.vault.azure.net/secrets/s1","secretUriWithVersion":")" +
          first + R"("}})");
  clock.advance(5s);
  const Answer again = put(vault() + "/secrets/S1", secret_body());
  BOOST_TEST(again.status == 200);
  BOOST_TEST(again.json()["name"].string_or() == "s1");
  BOOST_TEST(again.property("secretUriWithVersion").string_or() != first);
  BOOST_TEST(again.property("attributes").dump() ==
             R"({"enabled":true,"created":1795341607,"updated":1795341607})");
  BOOST_TEST(!again.json().find("tags"));
  BOOST_TEST(get(id).body == again.body);
}

BOOST_FIXTURE_TEST_CASE(a_patch_changes_the_version_that_is_there, VaultFixture) {
  const std::string id = vault() + "/secrets/s1";
  const Answer made = put(id, secret_body(R"(,"attributes":{"nbf":1})"));
  clock.advance(5s);
  const Answer patched = patch(
      id, R"({"tags":{"a":"1"},"properties":{"contentType":"t","attributes":{"enabled":false}}})");
  BOOST_TEST(patched.status == 200);
  BOOST_TEST(patched.property("secretUriWithVersion").string_or() ==
             made.property("secretUriWithVersion").string_or());
  BOOST_TEST(patched.property("attributes").dump() ==
             R"({"enabled":false,"nbf":1,"created":1795341602,"updated":1795341607})");
  BOOST_TEST(patched.property("contentType").string_or() == "t");
  BOOST_TEST(patched.json()["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(patched.body.find(R"("tags")") < patched.body.find(R"("properties")"));
  BOOST_TEST(patch(id, secret_body()).property("secretUriWithVersion").string_or() !=
             made.property("secretUriWithVersion").string_or());
  BOOST_TEST(patch(vault() + "/secrets/s2", "{}").code() == "ResourceNotFound");
}

BOOST_FIXTURE_TEST_CASE(the_value_is_told_to_nobody, VaultFixture) {
  const std::string id = vault() + "/secrets/s1";
  put(id, secret_body());
  patch(id, secret_body());
  BOOST_TEST(!tells(*this, id, "hunter2"));
  BOOST_TEST(emulator->requests()[2].body == R"({"properties":{"value":"REDACTED"}})");
  emulator->seed(vault() + "/secrets/s2",
                 Document::object({{"properties", Document::object({{"Value", "hunter2"}})}}));
  BOOST_TEST(!tells(*this, vault() + "/secrets/s2", "hunter2"));
}

BOOST_FIXTURE_TEST_CASE(no_spelling_of_path_or_body_brings_the_value_into_the_log, VaultFixture) {
  for (const char* path : {"/secrets/s1", "/SECRETS/s1", "/%73ecrets/s1", "%2Fsecrets/s1"})
    for (const std::string& body :
         {std::string(R"({"PROPERTIES":{"VALUE":"hunter2"}})"),
          std::string(R"({"properties":{"val\u0075e":"hunter2"}})"),
          std::string(R"({"value":"hunter2"})"),
          std::string(R"({"properties":{"value":["hunter2"]}})"),
          std::string(R"({"properties":{"value":"hunter2")"), std::string("hunter2")})
      put(vault() + path, body);
  BOOST_TEST(emulator->requests().size() == 24u + 2u);
  BOOST_TEST(!tells(*this, vault() + "/secrets/s1", "hunter2"));
}

BOOST_FIXTURE_TEST_CASE(the_value_is_not_in_the_store, EmulatorClient) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("akv-secrets-" + emulator->identity().client_id + ".db");
  {
    VaultFixture arm({.store = file});
    BOOST_TEST(arm.put(arm.vault() + "/secrets/s1", secret_body()).status == 200);
  }
  for (const char* end : {"", "-wal"}) {
    std::ifstream in(file.string() + end, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    BOOST_TEST(bytes.find("hunter2") == bytes.npos);
    std::filesystem::remove(file.string() + end);
  }
}

BOOST_FIXTURE_TEST_CASE(a_put_needs_a_value_and_a_name, VaultFixture) {
  BOOST_TEST(put(vault() + "/secrets/s1", R"({"properties":{}})").message() ==
             "An invalid value was provided for 'value'.");
  BOOST_TEST(put(vault() + "/secrets/a_b", secret_body()).message() ==
             "An invalid value was provided for 'secretName'.");
  BOOST_TEST(put(vault() + "/secrets/s1", secret_body(R"(,"valeu":"x")")).status == 400);
  BOOST_TEST(get(vault() + "/secrets").json()["value"].size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(secrets_are_listed_in_pages_as_they_are, VaultFixture) {
  for (const char* name : {"s1", "s2", "s3"}) put(vault() + "/secrets/" + name, secret_body());
  const Document page = get(vault() + "/secrets?$top=2").json();
  BOOST_TEST(page["value"].as_array()[1].dump() == get(vault() + "/secrets/s2").body);
  const Document next = get(std::string(page["nextLink"].string_or())).json();
  BOOST_TEST(next["value"].size() == 1u);
  BOOST_TEST(!next.find("nextLink"));
  BOOST_TEST(get(vault("kv9") + "/secrets").status == 404);
}

BOOST_FIXTURE_TEST_CASE(secrets_follow_their_vault, VaultFixture) {
  const Answer made = put(vault() + "/secrets/s1", secret_body());
  del(group());
  clock.advance(1s);
  make_group();
  BOOST_TEST(get(vault() + "/secrets/s1").status == 404);
  put(vault(), vault_body(R"(,"createMode":"recover")"));
  BOOST_TEST(get(vault() + "/secrets/s1").body == made.body);
}

BOOST_AUTO_TEST_SUITE_END()
