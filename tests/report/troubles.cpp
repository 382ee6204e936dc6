#include "akv/provision/report/report.hpp"
#include "support/golden.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace akv;
using report::explain;

ErrorInfo info(int status, std::string code, std::string message, std::string target = {}) {
  ErrorInfo out;
  out.status = status;
  out.code = std::move(code);
  out.message = std::move(message);
  out.target = std::move(target);
  out.request_id = "6f1f0000-0000-4000-8000-00000000000a";
  return out;
}

std::vector<ErrorInfo> errors() {
  const std::string vault =
      "/subscriptions/9c0d/resourceGroups/rg-40/providers/Microsoft.KeyVault/vaults/kv-4002";
  return {
      info(401, "invalid_client",
           "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the "
           "request is the client secret value, not the client secret ID, for a secret added to "
           "app '3d4e0000-0000-4000-8000-000000000009'.\r\nTrace ID: 1\r\nCorrelation ID: 2"),
      info(401, "AADSTS7000215", "Invalid client secret provided."),
      info(401, "AADSTS7000222", "The provided client secret keys for app '3d4e' are expired."),
      info(400, "unauthorized_client",
           "AADSTS700016: Application with identifier '3d4e' was not found in the directory 'x'."),
      info(400, "invalid_request", "AADSTS90002: Tenant 'contoso' not found. Check it."),
      info(400, "invalid_request", "AADSTS900144: The request body must contain 'scope'."),
      info(401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer."),
      info(403, "AuthorizationFailed",
           "The client 'ci' with object id 'o' does not have authorization to perform action "
           "'Microsoft.KeyVault/vaults/write' over scope '" +
               vault + "' or the scope is invalid."),
      info(403, "AuthorizationFailed", "No."),
      info(
          403, "RequestDisallowedByPolicy",
          "Resource 'kv-1207' was disallowed by policy. Policy identifiers: 'deny-public-vaults'."),
      info(409, "ScopeLocked",
           "The scope '" + vault +
               "' cannot perform write operation because following scope(s) "
               "are locked: '/subscriptions/9c0d/resourceGroups/rg-31'. Please remove the lock."),
      info(404, "SubscriptionNotFound", "The subscription '9c0d' could not be found."),
      info(409, "MissingSubscriptionRegistration",
           "The subscription is not registered to use namespace 'Microsoft.KeyVault'. See "
           "https://aka.ms/rps-not-found."),
      info(409, "ResourceGroupBeingDeleted",
           "The resource group 'rg-a' is in deprovisioning state and cannot perform this "
           "operation."),
      info(409, "VaultAlreadyExists", "The vault name 'kv1' is already in use."),
      info(409, "ConflictError",
           "A vault with the same name already exists in deleted state. You need to either "
           "recover or purge existing key vault."),
      info(409, "ConflictError", "Another operation is in progress."),
      info(429, "TooManyRequests", "Slow down."),
      info(429, "", ""),
      info(503, "ServiceUnavailable", "The service is unavailable."),
      info(504, "GatewayTimeout", "The gateway did not receive a response."),
      info(500, "", "<html> something else"),
      info(418, "", "odd"),
      info(400, "BadRequest", "The property \"x\" is wrong."),
      info(404, "ResourceNotFound", "The Resource was not found.", vault),
      info(0, "", "localhost:8443 refused the connection, or cannot be reached"),
      info(0, "", "the certificate of localhost:8443 is not trusted: self-signed certificate"),
      info(0, "", "localhost:80 does not speak TLS; is it the right port?"),
      info(0, "", "localhost:22 answered with something that is not HTTP"),
      info(0, "", "management.azure.com reset the connection without an answer"),
      info(0, "", "management.azure.com closed the connection without an answer"),
      info(0, "", "the connection to management.azure.com was lost before the request was sent"),
      info(0, "", "the answer of management.azure.com ended before it was complete"),
      info(0, "", "the host name of management.azurre.com cannot be resolved"),
      info(0, "", "cannot connect to management.azure.com: Network is unreachable"),
      info(0, "", "no answer from management.azure.com within 100000 ms"),
      info(0, "", "cannot read trusted certificates from ca.pem: No such file or directory"),
      info(0, "", "the deadline has passed"),
      info(0, "", "database or disk is full"),
      info(0, "", "disk I/O error"),
      info(0, "", "something new"),
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(troubles)

BOOST_AUTO_TEST_CASE(every_known_error_has_a_cause_and_a_remedy) {
  std::string all;
  for (const ErrorInfo& error : errors()) {
    const report::Trouble trouble = explain(error);
    BOOST_TEST(!trouble.code.empty());
    BOOST_TEST(!trouble.remedy.empty());
    BOOST_TEST(trouble.message.find('{') == std::string::npos, trouble.message);
    BOOST_TEST(trouble.message.find('\n') == std::string::npos);
    BOOST_TEST(trouble.request_id == "6f1f0000-0000-4000-8000-00000000000a");
    all += report::trouble_text(trouble);
  }
  test::check_golden("report/troubles.txt", all);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_json_says_so) {
  const report::Trouble trouble = explain(FormatError(
      {.message = "expected a value at byte 0", .target = "https://host/subscriptions"}));
  BOOST_TEST(trouble.code == "unreadable-answer");
  BOOST_TEST(
      trouble.message ==
      "the answer from https://host/subscriptions cannot be read: expected a value at byte 0");
  BOOST_TEST(explain(FormatError({.code = "UnreadableAnswer", .message = "no"})).code ==
             "unreadable-answer");
}

BOOST_AUTO_TEST_CASE(a_credential_says_its_own_cause_and_remedy) {
  const report::Trouble missing = explain(AuthenticationError(
      {.message = "no credential to sign in with (environment: AZURE_CLIENT_SECRET is not set); "
                  "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET",
       .operation = "sign-in"}));
  BOOST_TEST(missing.code == "no-credential");
  BOOST_TEST(missing.message ==
             "sign-in failed: no credential to sign in with (environment: "
             "AZURE_CLIENT_SECRET is not set)");
  BOOST_TEST(missing.remedy == "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET");

  ErrorInfo wrong = info(401, "AADSTS7000215",
                         "the secret of application 3d4e is wrong; set AZURE_CLIENT_SECRET to the "
                         "secret's value, not to its id");
  wrong.operation = "sign-in";
  BOOST_TEST(report::trouble_text(explain(AuthenticationError(wrong))) ==
             "akv: sign-in failed: the secret of application 3d4e is wrong\n"
             "  Remedy: set AZURE_CLIENT_SECRET to the secret's value, not to its id\n"
             "  Azure says: AADSTS7000215, request id 6f1f0000-0000-4000-8000-00000000000a\n");

  wrong = info(0, "", "no token for application 3d4e: localhost:1 refused the connection");
  wrong.operation = "sign-in";
  BOOST_TEST(explain(AuthenticationError(wrong)).code == "connection-refused");
}

BOOST_AUTO_TEST_CASE(secrets_and_terminal_commands_in_a_message_are_not_shown) {
  const report::Trouble trouble =
      explain(info(400, "BadRequest", "client_secret=hunter2&x=1 \x1b[2J gone"));
  BOOST_TEST(trouble.message.find("hunter2") == std::string::npos, trouble.message);
  BOOST_TEST(trouble.message.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_long_message_is_cut) {
  BOOST_TEST(explain(info(400, "BadRequest", std::string(5000, 'x'))).message.size() < 500U);
}

BOOST_AUTO_TEST_CASE(trouble_as_json_is_one_document_with_the_contracts_members) {
  const json::Document document =
      json::Document::parse(report::trouble_json({"BadRequest", "it is wrong", "mend it", "6f1f"}));
  BOOST_TEST(document.dump() ==
             R"({"formatVersion":1,"error":{"code":"BadRequest","message":"it is wrong",)"
             R"("remedy":"mend it","requestId":"6f1f"}})");
}

BOOST_AUTO_TEST_CASE(a_name_that_ends_like_a_word_of_the_message_is_not_taken_for_it) {
  const std::string scope =
      "/subscriptions/9c0d/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-locked";
  const report::Trouble told = report::explain(
      ErrorInfo{.status = 409,
                .code = "ScopeLocked",
                .message = "The scope '" + scope +
                           "' cannot perform write operation because following scope(s) are "
                           "locked: '" +
                           scope + "'. Please remove the lock and try again."});
  BOOST_TEST(told.message == "a lock on rg/kv-locked forbids it");
}

BOOST_AUTO_TEST_SUITE_END()
