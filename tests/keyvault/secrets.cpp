// The operations on secrets, and that a value is nowhere but in the request's body.
#include "akv/mgmt/keyvault/secrets.hpp"

#include "keyvault/keyvault_fixture.hpp"
#include "support/memory_sink.hpp"

#include <ostream>

using namespace akv;
using namespace akv::test;

namespace {

const std::string path = vault_path + "/secrets/db-password";
// With characters that JSON must escape, so that it has two forms.
const std::string planted = "pl\"nted-\\-s3cret-value";
const std::string planted_in_json = "pl\\\"nted-\\\\-s3cret-value";

const std::string secret_body = R"({"id":"/s","name":"db-password",
    "type":"Microsoft.KeyVault/vaults/secrets","location":"westeurope","tags":{"a":"b"},
    "systemData":{"createdBy":"me"},
    "properties":{"contentType":"text/plain",
      "attributes":{"enabled":false,"nbf":1514938738,"exp":4102444800,"created":1,"updated":2},
      "secretUri":"https://kv-1.vault.azure.net/secrets/db-password",
      "secretUriWithVersion":"https:/kv-1.vault.azure.net/secrets/db-password/baf6"}})";

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

SecretCreateOrUpdateParameters with_value(const std::string& value) {
  return {.properties = {.value = value}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secrets, KeyVaultFixture)

BOOST_AUTO_TEST_CASE(create_or_update_sends_the_value_and_reads_the_rest) {
  transport->reply(201, {}, secret_body).reply(200, {}, secret_body);
  const auto all = client().secrets();
  const SecretCreateOrUpdateParameters parameters{
      .tags = {{{"a", "b"}}},
      .properties = {.value = planted,
                     .content_type = "text/plain",
                     .attributes = SecretAttributes{.enabled = false, .exp = 4102444800}}};
  check_kept(all.create_or_update("rg", "kv-1", "db-password", parameters), secret_body);
  BOOST_TEST(all.create_or_update("rg", "kv-1", "db-password", parameters).name == "db-password");
  check_put(
      0, path,
      R"({"tags":{"a":"b"},"properties":{"value":")" + planted_in_json +
          R"(","contentType":"text/plain","attributes":{"enabled":false,"exp":4102444800}}})");
}

BOOST_AUTO_TEST_CASE(update_sends_only_what_changes) {
  transport->reply(200, {}, secret_body).reply(201, {}, secret_body);
  const auto all = client().secrets();
  check_kept(
      all.update(
          "rg", "kv-1", "db-password",
          {.properties = SecretPatchProperties{.attributes = SecretAttributes{.enabled = true}}}),
      secret_body);
  all.update("rg", "kv-1", "db-password",
             {.tags = {{{"a", "c"}}}, .properties = SecretPatchProperties{.value = "new"}});
  check(0, "PATCH", path, {{"api-version", "2026-02-01"}},
        R"({"properties":{"attributes":{"enabled":true}}})");
  check(1, "PATCH", path, {{"api-version", "2026-02-01"}},
        R"({"tags":{"a":"c"},"properties":{"value":"new"}})");
}

BOOST_AUTO_TEST_CASE(get_and_find_read_a_secret_without_its_value) {
  transport->reply(200, {}, secret_body).reply(404).reply(200, {}, secret_body);
  const auto all = client().secrets();
  const Secret secret = all.get("rg", "kv-1", "db-password");
  check(0, "GET", path);
  check_kept(secret, secret_body);
  BOOST_TEST(secret.properties.value.is_absent());
  BOOST_TEST(!all.find("rg", "kv-1", "db-password"));
  BOOST_TEST(all.find("rg", "kv-1", "db-password")->name == "db-password");
}

BOOST_AUTO_TEST_CASE(list_gives_the_secrets_page_by_page) {
  transport->reply(200, {}, page_of(secret_body)).reply(200, {}, R"({"value":[]})");
  const auto all = client().secrets();
  BOOST_TEST(all.list("rg", "kv-1", 5).to_vector().size() == 1u);
  BOOST_TEST(all.list("rg", "kv-1").to_vector().empty());
  check(0, "GET", vault_path + "/secrets", {{"api-version", "2026-02-01"}, {"$top", "5"}});
  check(1, "GET", vault_path + "/secrets");
}

BOOST_AUTO_TEST_CASE(a_secret_is_written_back_without_a_value_until_one_is_set) {
  transport->reply(200, {}, secret_body.substr(0, secret_body.size() - 1) + R"(,"kind":"new"})");
  SecretCreateOrUpdateParameters parameters =
      to_parameters(client().secrets().get("rg", "kv-1", "db-password"));
  BOOST_TEST(parameters.properties.value.is_absent());
  BOOST_TEST(parameters.properties.secret_uri.is_absent());
  BOOST_TEST(parameters.properties.secret_uri_with_version.is_absent());
  BOOST_TEST(parameters.properties.attributes->created.is_absent());
  BOOST_TEST(parameters.properties.attributes->updated.is_absent());
  parameters.properties.value = "v";
  check_sends(parameters,
              R"({"tags":{"a":"b"},"kind":"new","properties":{"value":"v",
                  "contentType":"text/plain",
                  "attributes":{"enabled":false,"nbf":1514938738,"exp":4102444800}}})");
}

BOOST_AUTO_TEST_CASE(a_value_is_not_printed_by_accident) {
  static_assert(Printable<std::string> && !Printable<SecretValue>);
  static_assert(!Printable<Field<SecretValue>> && !Printable<SecretProperties>);
  static_assert(!std::is_convertible_v<SecretValue, std::string> &&
                !std::is_convertible_v<SecretValue, std::string_view>);
  BOOST_TEST(SecretValue("v").reveal() == "v");
}

BOOST_AUTO_TEST_CASE(a_value_is_in_no_error_even_where_the_service_quotes_it) {
  // As it is, as JSON escapes it, and as escaped in a way of the service's own.
  const std::string in_own_way = "pl\\u0022nted-\\u005c-s3cret-value";
  for (const std::string& quoted : {planted_in_json, in_own_way}) {
    const std::string body = R"({"error":{"code":"BadParameter","target":")" + quoted +
                             R"(","message":"The value ')" + quoted + R"(' is too short."}})";
    transport->reply(400, {}, body).reply(409, {}, body).reply(400, {}, "no JSON: " + planted);
    const auto all = client().secrets();
    const auto is_clean = [](const AzureError& error) {
      const std::string text = std::string(error.what()) + error.info().message +
                               error.info().target + error.info().code;
      return text.find("s3cret") == std::string::npos && text.find("REDACTED") != std::string::npos;
    };
    BOOST_CHECK_EXCEPTION(all.create_or_update("rg", "kv-1", "db-password", with_value(planted)),
                          AzureError, is_clean);
    BOOST_CHECK_EXCEPTION(all.update("rg", "kv-1", "db-password",
                                     {.properties = SecretPatchProperties{.value = planted}}),
                          ConflictError, [&](const ConflictError& error) {
                            return is_clean(error) && error.info().code == "BadParameter";
                          });
    BOOST_CHECK_EXCEPTION(all.create_or_update("rg", "kv-1", "db-password", with_value(planted)),
                          AzureError, is_clean);
  }
}

BOOST_AUTO_TEST_CASE(a_long_value_leaves_no_beginning_where_a_message_is_cut) {
  std::string long_value;
  for (int i = 0; i < 1000; ++i) long_value += "s3cret" + std::to_string(i);
  transport->reply(400, {},
                   R"({"error":{"code":"BadParameter","message":")" + std::string(1500, 'x') +
                       long_value + R"("}})");
  BOOST_CHECK_EXCEPTION(
      client().secrets().create_or_update("rg", "kv-1", "db-password", with_value(long_value)),
      AzureError, [](const AzureError& error) {
        return std::string(error.what()).find("s3cret") == std::string::npos &&
               error.info().code == "BadParameter";
      });
}

BOOST_AUTO_TEST_CASE(a_short_value_is_hidden_and_the_answer_still_read) {
  transport->reply(409, {},
                   R"({"error":{"code":"Conflict","message":"'error' is taken: error."}})");
  BOOST_CHECK_EXCEPTION(
      client().secrets().create_or_update("rg", "kv-1", "db-password", with_value("error")),
      ConflictError, [](const ConflictError& error) {
        return error.info().code == "Conflict" &&
               error.info().message == "'REDACTED' is taken: REDACTED.";
      });
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_does_not_quote_it) {
  transport->reply(200, {}, R"({"properties":{"attributes":")" + planted_in_json + R"("}})");
  BOOST_CHECK_EXCEPTION(
      client().secrets().create_or_update("rg", "kv-1", "db-password", with_value(planted)),
      FormatError, [](const FormatError& error) {
        return std::string(error.what()).find("s3cret") == std::string::npos;
      });
}

BOOST_AUTO_TEST_CASE(a_value_is_not_logged) {
  const auto sink = std::make_shared<MemorySink>();
  arm::ClientOptions logged = options();
  logged.log = sink;
  transport->fail(true).reply(
      400, {}, R"({"error":{"code":"BadParameter","message":")" + planted_in_json + R"("}})");
  BOOST_CHECK_THROW(KeyVaultManagementClient(credential(), subscription, logged)
                        .secrets()
                        .create_or_update("rg", "kv-1", "db-password", with_value(planted)),
                    AzureError);
  BOOST_TEST(count() == 2u);
  BOOST_TEST(!sink->text().empty());
  BOOST_TEST(sink->text().find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
