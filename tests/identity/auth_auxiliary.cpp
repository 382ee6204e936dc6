// Tokens of auxiliary tenants, which go along with the first.
#include "identity/auth_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;
using test::AuthFixture;
using test::refuse;
using test::scope;

namespace {

/// Gives `TENANT-1`, `TENANT-2`, … for each tenant that it is asked for.
class ByTenant final : public TokenCredential {
 public:
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    const auto now = context.clock->now();
    last[request.tenant_id] = request;
    if (request.tenant_id == failing) refuse();
    return {.token = (request.tenant_id.empty() ? "own" : request.tenant_id) + "-" +
                     std::to_string(++asked[request.tenant_id]),
            .expires_on = now + 3600s,
            .refresh_on = now + 3000s};
  }
  std::string describe() const override { return "by tenant"; }

  std::map<std::string, int> asked;
  std::map<std::string, TokenRequest> last;
  std::string failing = "none";
};

struct Fixture : AuthFixture {
  std::shared_ptr<ByTenant> by_tenant = std::make_shared<ByTenant>();

  Fixture() {
    std::vector<std::unique_ptr<http::Policy>> list;
    list.push_back(make_auth_policy(by_tenant, scope, {"a", "b"}));
    pipeline = http::Pipeline(std::move(list), transport);
  }
  std::string others_sent(std::size_t i) const {
    return std::string(
        transport->requests().at(i).headers.get("x-ms-authorization-auxiliary").value_or("none"));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(auth_auxiliary, Fixture)

BOOST_AUTO_TEST_CASE(tokens_of_other_tenants_go_along) {
  transport->reply(200).reply(200).reply(200);
  send();
  send();
  BOOST_TEST(token_sent(1) == "Bearer own-1");
  BOOST_TEST(others_sent(0) == "Bearer a-1, Bearer b-1");
  BOOST_TEST(others_sent(1) == "Bearer a-1, Bearer b-1");
  BOOST_TEST(by_tenant->last["b"].scopes == std::vector<std::string>{scope});
  BOOST_TEST(by_tenant->last["b"].enable_cae);
  clock.advance(3000s);
  send();
  BOOST_TEST(token_sent(2) == "Bearer own-2");
  BOOST_TEST(others_sent(2) == "Bearer a-2, Bearer b-2");
}

BOOST_AUTO_TEST_CASE(a_401_renews_the_tokens_of_other_tenants_too) {
  transport->reply(401).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(token_sent(1) == "Bearer own-2");
  BOOST_TEST(others_sent(1) == "Bearer a-2, Bearer b-2");
  BOOST_TEST(by_tenant->last["a"].rejected == "a-1");
}

BOOST_AUTO_TEST_CASE(a_claims_challenge_is_about_the_first_token_only) {
  transport->reply(401, {{"WWW-Authenticate", R"(Bearer claims="e30=")"}}).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(by_tenant->last[""].claims == "{}");
  BOOST_TEST(token_sent(1) == "Bearer own-2");
  BOOST_TEST(others_sent(1) == "Bearer a-1, Bearer b-1");
}

BOOST_AUTO_TEST_CASE(without_one_of_the_tokens_nothing_is_sent) {
  by_tenant->failing = "b";
  BOOST_CHECK_THROW(send(), AuthenticationError);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_SUITE_END()
