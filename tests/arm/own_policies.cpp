// The policies that a user adds to a client.
#include "support/arm_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using http::Method;

namespace {

/// A token for each tenant, recognizable wherever it turns up.
struct Planted final : identity::TokenCredential {
  identity::AccessToken get_token(const identity::TokenRequest& request,
                                  const Context& context) override {
    return {.token = "planted-" + request.tenant_id,
            .expires_on = context.clock->now() + 1h,
            .refresh_on = context.clock->now() + 1h};
  }
  std::string describe() const override { return "planted"; }
};

/// Numbers the requests that it sees, sends them where it is told, and looks for tokens before
/// `next` and after it, however that ends.
class Marking final : public http::Policy {
 public:
  explicit Marking(std::string header) : header_(std::move(header)) {}
  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    seen.push_back(request.operation);
    look(request);
    request.headers.set(header_, std::to_string(seen.size()));
    if (!url.empty() && seen.size() >= elsewhere_from) request.url = url;
    try {
      http::Response response = next(request, context);
      look(request);
      return response;
    } catch (const AzureError&) {
      look(request);
      throw;
    }
  }
  std::string url;
  std::size_t elsewhere_from = 1;
  // Of one thread.
  mutable std::vector<std::string> seen;
  mutable bool saw_token = false;

 private:
  void look(const http::Request& request) const {
    for (const auto& [name, value] : request.headers)
      saw_token = saw_token || value.find("planted") != std::string::npos;
  }
  const std::string header_;
};

struct Fixture : ArmFixture {
  std::shared_ptr<Marking> call = std::make_shared<Marking>("x-call");
  std::shared_ptr<Marking> attempt = std::make_shared<Marking>("x-attempt");

  arm::ClientOptions own() {
    arm::ClientOptions options = this->options();
    options.per_call_policies = {call};
    options.per_retry_policies = {attempt};
    return options;
  }
  static http::Response put(const arm::ArmClient& arm, const CallOptions& how = {}) {
    return arm.send(Method::put, "/subscriptions/s/providers/Microsoft.KeyVault/vaults", {}, "{}",
                    "X.put", "1", how);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(own_policies, Fixture)

BOOST_AUTO_TEST_CASE(policies_of_the_user_see_each_call_or_each_attempt_and_no_token) {
  arm::ClientOptions across = own();
  across.auxiliary_tenants = {"x"};
  const arm::ArmClient arm(std::make_shared<Planted>(), across);
  transport->reply(503).reply(200);
  put(arm);
  BOOST_TEST(sent(1).headers.get("x-call").value() == "1");
  BOOST_TEST(sent(1).headers.get("x-attempt").value() == "2");
  for (std::size_t i = 0; i < count(); ++i) {
    BOOST_TEST(sent(i).headers.get("Authorization").value() == "Bearer planted-");
    BOOST_TEST(sent(i).headers.get("x-ms-authorization-auxiliary").value() == "Bearer planted-x");
  }
  BOOST_TEST(!call->saw_token);
  BOOST_TEST(!attempt->saw_token);
  for (int i = 0; i < 4; ++i) transport->fail(true);
  BOOST_CHECK_THROW(put(arm), TransportError);
  BOOST_TEST(count() == 6u);
  BOOST_TEST(!call->saw_token);
  BOOST_TEST(!attempt->saw_token);
}

BOOST_AUTO_TEST_CASE(a_header_of_the_callers_stays_over_the_attempts) {
  transport->reply(503).reply(200);
  put(arm::ArmClient(credential(), own()),
      {.headers = {{"x-ms-authorization-auxiliary", "Bearer mine"}}});
  for (std::size_t i = 0; i < count(); ++i)
    BOOST_TEST(sent(i).headers.get("x-ms-authorization-auxiliary").value() == "Bearer mine");
}

BOOST_AUTO_TEST_CASE(a_request_that_they_send_elsewhere_is_refused) {
  const arm::ArmClient arm(credential(), own());
  for (const auto& policy : {call, attempt}) {
    policy->url = "https://evil.example/x";
    BOOST_CHECK_EXCEPTION(put(arm), FormatError, [](const FormatError& error) {
      return error.info().attempts == 0 && !error.info().maybe_delivered;
    });
    policy->url.clear();
  }
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_second_attempt_sent_elsewhere_says_what_may_have_become_of_the_first) {
  attempt->url = "https://evil.example/x";
  attempt->elsewhere_from = 2;
  transport->fail(true);
  BOOST_CHECK_EXCEPTION(
      put(arm::ArmClient(credential(), own())), FormatError, [](const FormatError& error) {
        return error.info().code == "ForeignUrl" && error.info().operation == "X.put" &&
               error.info().maybe_delivered && error.info().attempts == 1;
      });
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(with_registration_the_policies_of_a_call_run_for_each_of_its_requests) {
  arm::ClientOptions registering = own();
  registering.register_providers = true;
  transport->reply(409, {}, R"({"error":{"code":"MissingSubscriptionRegistration","message":"m"}})")
      .reply(200, {}, R"({"registrationState":"Registering"})")
      .reply(200, {}, R"({"registrationState":"Registered"})")
      .reply(200);
  BOOST_TEST(put(arm::ArmClient(credential(), registering)).status == 200);
  const std::vector<std::string> all{"X.put", "Providers.register", "Providers.get", "X.put"};
  BOOST_TEST(call->seen == all, boost::test_tools::per_element());
  BOOST_TEST(attempt->seen == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_policy_that_is_null_is_refused_at_its_place) {
  const auto refusal = [&](const arm::ClientOptions& options) {
    try {
      arm::ArmClient(credential(), options);
    } catch (const FormatError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  arm::ClientOptions one = own(), other = own();
  one.per_call_policies.push_back(nullptr);
  other.per_retry_policies.insert(other.per_retry_policies.begin(), nullptr);
  BOOST_TEST(refusal(own()) == "");
  BOOST_TEST(refusal(one) ==
             "ArmClient: per_call_policies[1] is null; give a policy there, or leave it out");
  BOOST_TEST(refusal(other) ==
             "ArmClient: per_retry_policies[0] is null; give a policy there, or leave it out");
}

BOOST_AUTO_TEST_SUITE_END()
