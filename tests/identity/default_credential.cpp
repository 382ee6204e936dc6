#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  std::map<std::string, std::string, std::less<>> variables;

  std::shared_ptr<TokenCredential> credential() {
    return make_default_credential(
        [this](std::string_view name) -> std::optional<std::string> {
          const auto found = variables.find(name);
          if (found == variables.end()) return std::nullopt;
          return found->second;
        },
        {.transport = transport});
  }
  std::string refusal(TokenCredential& of) {
    try {
      of.get_token({.scopes = {"s"}}, context);
    } catch (const AuthenticationError& error) {
      return error.info().message;
    }
    return "a token";
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(default_credential, Fixture)

BOOST_AUTO_TEST_CASE(the_environments_client_secret_is_used) {
  variables = {{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_CLIENT_SECRET", "s"}};
  transport->reply(200, {}, R"({"expires_in":60,"access_token":"t"})");
  BOOST_TEST(credential()->get_token({.scopes = {"s"}}, context).token == "t");
  BOOST_TEST(transport->requests().at(0).url ==
             "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  BOOST_TEST(credential()->describe() == "client secret of application c, from the environment");
}

BOOST_AUTO_TEST_CASE(the_environment_may_name_another_authority) {
  variables = {{"AZURE_TENANT_ID", "t"},
               {"AZURE_CLIENT_ID", "c"},
               {"AZURE_CLIENT_SECRET", "s"},
               {"AZURE_AUTHORITY_HOST", "https://localhost:8443/"}};
  transport->reply(200, {}, R"({"expires_in":60,"access_token":"t"})");
  credential()->get_token({.scopes = {"s"}}, context);
  BOOST_TEST(transport->requests().at(0).url == "https://localhost:8443/t/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named) {
  BOOST_TEST(refusal(*credential()) ==
             "no credential to sign in with (environment: AZURE_TENANT_ID, AZURE_CLIENT_ID and "
             "AZURE_CLIENT_SECRET are not set); set AZURE_TENANT_ID, AZURE_CLIENT_ID and "
             "AZURE_CLIENT_SECRET");
  variables = {{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_CLIENT_SECRET", ""}};
  BOOST_TEST(refusal(*credential()).find("(environment: AZURE_CLIENT_SECRET is not set)") !=
             std::string::npos);
  variables.erase("AZURE_CLIENT_ID");
  BOOST_TEST(credential()->describe() ==
             "no credential (environment: AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not set)");
}

BOOST_AUTO_TEST_CASE(variables_are_read_when_it_is_made) {
  const auto made = credential();
  variables = {{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_CLIENT_SECRET", "s"}};
  BOOST_TEST(refusal(*made).starts_with("no credential to sign in with"));
}

BOOST_AUTO_TEST_CASE(the_processs_environment_is_read_the_same_way) {
  ::setenv("AZURE_TENANT_ID", "t", 1);
  ::setenv("AZURE_CLIENT_ID", "from-process", 1);
  ::setenv("AZURE_CLIENT_SECRET", "s", 1);
  const auto made = make_default_credential(CredentialOptions{.transport = transport});
  ::unsetenv("AZURE_TENANT_ID");
  ::unsetenv("AZURE_CLIENT_ID");
  ::unsetenv("AZURE_CLIENT_SECRET");
  BOOST_TEST(made->describe() == "client secret of application from-process, from the environment");
}

BOOST_AUTO_TEST_CASE(a_static_token_serves_to_its_end) {
  const auto made = make_static_credential("given", clock.now() + 1h);
  const AccessToken token = made->get_token({}, context);
  BOOST_TEST(token.token == "given");
  BOOST_TEST((token.refresh_on == token.expires_on));
  clock.advance(1h);
  BOOST_TEST(refusal(*made) ==
             "the given access token expired at 2026-11-22T11:00:00Z; get a new one");
  BOOST_TEST(refusal(*make_static_credential("", clock.now() + 1h)) ==
             "the given access token is empty; get one and pass it in");
  BOOST_TEST(made->describe() == "a given access token");
}

BOOST_AUTO_TEST_SUITE_END()
