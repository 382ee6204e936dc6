#include "akv/provision/manifest/secrets.hpp"

#include "akv/provision/manifest/suggest.hpp"
#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;
using akv::manifest::looks_like_secret;
using akv::manifest::names_a_secret;

namespace {

// Planted: none of them may be in any message.
const std::string word = "hunter2";
const std::string generated = "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==";

std::string checked(const akv::manifest::Loaded& loaded) {
  std::string text = report(loaded);
  BOOST_TEST(text.find(word) == std::string::npos, text);
  BOOST_TEST(text.find(generated) == std::string::npos, text);
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_AUTO_TEST_CASE(keys_of_secrets_are_told_so_and_their_values_never_shown) {
  for (const char* key : {"value", "secret", "password", "clientSecret", "connectionString",
                          "client_secret", "adminPassword", "api-key", "sqlConnectionString"})
    BOOST_TEST_CONTEXT(key) {
      const std::string text = checked(load(vault(std::string(key) + ": " + word)));
      BOOST_TEST(text == "a.yaml:11:9: unknown key \"" + std::string(key) +
                             "\": a manifest has no place for secrets; write it into the vault (az "
                             "keyvault secret set); if this file was shared, replace the secret\n");
    }
  BOOST_TEST(checked(load(vault("secrets: {db: " + word + "}"))).find("no place for secrets") !=
             std::string::npos);
  BOOST_TEST(checked(load(vault("") + "secret: " + word + "\n"))
                 .find("a.yaml:11:1: unknown key "
                       "\"secret\": a manifest") == 0U);
  BOOST_TEST(load(vault("value: x")).diagnostics.at(0).code == "literal-secret");
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_pen_is_still_mended) {
  BOOST_TEST(report(load(vault("accessPolicies: [{principal: app, permissions: {secret: [get]}}]")))
                 .find("did you mean \"secrets\"?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_that_look_like_secrets_are_not_shown_in_other_messages) {
  for (const char* members : {"sku: ", "location: ", "softDeleteRetentionInDays: ", "protect: ",
                              "onSoftDeleted: ", "tenant: "})
    BOOST_TEST_CONTEXT(members)
  BOOST_TEST(checked(load(vault(members + generated))).find("not shown") != std::string::npos);
  checked(load(vault("accessPolicies: [{principal: " + generated + ", permissions: {}}]")));
  checked(load(vault("networkAcls: {ipRules: [" + generated + "]}")));
  checked(load(vault(generated + ": x")));
  checked(load(vault("unmanaged: [" + generated + "]")));
}

BOOST_AUTO_TEST_CASE(parameters_named_like_secrets_keep_their_values_to_themselves) {
  auto options = with_environment();
  options.values = {{"v.yaml", "dbPassword: " + word + "\n"}};
  options.set = {{"dbPassword", word}};
  const std::string text = checked(load(
      vault("") + "parameters: {dbPassword: {default: " + word + ", allowed: [x]}}\n", options));
  BOOST_TEST(text.find("the value (not shown) is not allowed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(secrets_in_tags_are_warned_of) {
  BOOST_TEST(
      checked(load(vault("tags: {password: " + word + ", key: '" + generated + "'}"))) ==
      "a.yaml:11:16: warning: the value of \"password\" in tags looks like a secret, and all "
      "who may list resources can read it; write secrets into the vault\n"
      "a.yaml:11:35: warning: the value of \"key\" in tags looks like a secret, and all who "
      "may list resources can read it; write secrets into the vault\n");
}

BOOST_AUTO_TEST_CASE(what_looks_like_a_secret) {
  for (const char* text :
       {"Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==", "abc8Q~0123456789abcdefghijklmnopqrstuv",
        "-----BEGIN PRIVATE KEY-----", "AccountKey=abcdefgh;EndpointSuffix=x",
        "Server=db;Password=hunter2hunter2", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"})
    BOOST_TEST(looks_like_secret(text), text);
  for (const char* text :
       {"", "standard", "kv-Payments-Production-01", "1b2c0000-0000-4000-8000-000000000001",
        "9C0D0000-0000-4000-8000-000000000003", "West Europe 2", "203.0.113.0/24",
        "/subscriptions/9c0d0000/resourceGroups/Rg1/providers/Microsoft.Network/virtualNetworks/V1",
        "softDeleteRetentionInDays", "ServicePrincipal", "https://example.net/Some/Path1"})
    BOOST_TEST(!looks_like_secret(text), text);
  for (const char* key : {"secretName", "principal", "key", "keys", "valueOf", "permissions"})
    BOOST_TEST(!names_a_secret(key), key);
}

BOOST_AUTO_TEST_SUITE_END()
