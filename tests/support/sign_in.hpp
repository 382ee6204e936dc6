/// What the tests of credentials share: a scripted token service, and how a credential ends.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <optional>
#include <string>

namespace akv::test {

struct SignIn {
  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
  FakeClock clock;
  Context context{.clock = &clock};
  SeededRandom random{3};
  identity::Environment variables;

  identity::CredentialOptions options() {
    // Never this process's own, where a developer's variables may stand.
    identity::Environment given = variables;
    given.emplace("AKV_TEST", "1");
    return {.transport = transport, .random = &random, .environment = std::move(given)};
  }
  identity::EnvironmentLookup lookup() const { return identity::lookup_in(variables); }

  identity::AccessToken ask(identity::TokenCredential& credential,
                            const identity::TokenRequest& request = {
                                .scopes = {"https://management.azure.com/.default"}}) {
    return credential.get_token(request, context);
  }
  /// The error of a credential that gives no token. `unavailable` says of which kind it was.
  ErrorInfo refusal(identity::TokenCredential& credential,
                    const identity::TokenRequest& request = {
                        .scopes = {"https://management.azure.com/.default"}}) {
    try {
      credential.get_token(request, context);
    } catch (const identity::CredentialUnavailableError& error) {
      unavailable = true;
      return error.info();
    } catch (const AuthenticationError& error) {
      unavailable = false;
      return error.info();
    }
    BOOST_FAIL("there was a token");
    return {};
  }
  bool unavailable = false;

  http::Request sent(std::size_t i = 0) const { return transport->requests().at(i); }
  /// A field of a form that was sent, decoded; empty where there is none.
  std::string field(const std::string& name, std::size_t i = 0) const {
    return http::query_parameter(sent(i).body, name).value_or("");
  }
  std::string parameter(const std::string& name, std::size_t i = 0) const {
    const auto url = http::Url::parse(sent(i).url);
    return http::query_parameter(url->query, name).value_or("");
  }
};

/// What the instance metadata service says to a probe, which lacks its header.
inline const std::string imds_alive =
    R"({"error":"invalid_request","error_description":"Required metadata header not specified"})";

inline const std::string good_token =
    R"({"token_type":"Bearer","expires_in":3599,"access_token":"t"})";

}  // namespace akv::test
