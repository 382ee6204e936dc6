#include "akv/mgmt/arm/registration_policy.hpp"

#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "support/arm_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using http::Method;

namespace {

std::string refusal(const std::string& named = "Microsoft.KeyVault") {
  return R"({"error":{"code":"MissingSubscriptionRegistration","message":"The subscription is not )"
         R"(registered to use namespace ')" +
         named + R"('. See https://aka.ms/rps-not-found for how to register subscriptions."}})";
}
std::string state(const std::string& word) { return R"({"registrationState":")" + word + "\"}"; }

struct Fixture : ArmFixture {
  Context context{};
  http::Response send(Method method = Method::put, bool allowed = true) {
    arm::ClientOptions mine = options();
    mine.register_providers = allowed;
    return arm::ArmClient(credential(), mine)
        .send(method,
              "/subscriptions/" + subscription +
                  "/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv",
              {}, R"({"a":1})", "Vaults.begin_create_or_update", "2026-02-01",
              {.context = context});
  }
  std::string line(std::size_t i) const {
    return std::string(to_string(sent(i).method)) + " " +
           sent(i).url.substr(subscription_url.size());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(registration_policy, Fixture)

BOOST_AUTO_TEST_CASE(registers_waits_and_sends_the_request_again) {
  transport->reply(409, {}, refusal())
      .reply(200, {}, state("Registering"))
      .reply(200, {}, state("Registering"))
      .reply(200, {}, state("Registered"))
      .reply(200, {}, "{}");
  const http::Response answer = send();
  BOOST_TEST(answer.status == 200);
  BOOST_TEST(answer.attempts == 2);
  BOOST_TEST(count() == 5u);
  BOOST_TEST(line(1) == "POST /providers/Microsoft.KeyVault/register?api-version=2021-04-01");
  BOOST_TEST(line(2) == "GET /providers/Microsoft.KeyVault?api-version=2021-04-01");
  BOOST_TEST(line(3) == line(2));
  BOOST_TEST(line(4) == line(0));
  BOOST_TEST(sent(4).body == sent(0).body);
  BOOST_TEST((clock.slept() == 20s));
  for (std::size_t i = 1; i < 5; ++i) {
    BOOST_TEST(sent(i).headers.get("Authorization").value() == "Bearer the-token");
    for (const char* const name : {"x-ms-client-request-id", "User-Agent"})
      BOOST_TEST(sent(i).headers.get(name).value() == sent(0).headers.get(name).value());
  }
}

BOOST_AUTO_TEST_CASE(is_off_unless_it_is_asked_for) {
  transport->reply(409, {}, refusal());
  BOOST_TEST(send(Method::put, false).status == 409);
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(other_conflicts_and_other_urls_are_not_its_business) {
  transport->reply(409, {}, R"({"error":{"code":"ConflictError","message":"'Microsoft.KeyVault'"}})")
      .reply(404, {}, refusal())
      .reply(409, {}, "no JSON")
      .reply(409, {}, refusal());
  for (const int status : {409, 404, 409}) BOOST_TEST(send().status == status);
  arm::ClientOptions mine = options();
  mine.register_providers = true;
  BOOST_TEST(arm::ArmClient(credential(), mine)
                 .send(Method::get, "/providers/Microsoft.KeyVault/operations", {}, {}, "X.get", "1")
                 .status == 409);
  BOOST_TEST(count() == 4u);
}

BOOST_AUTO_TEST_CASE(a_refused_registration_gives_the_first_answer) {
  transport->reply(409, {}, refusal())
      .reply(403, {}, R"({"error":{"code":"AuthorizationFailed","message":"no"}})");
  const http::Response answer = send();
  BOOST_TEST(answer.status == 409);
  BOOST_TEST(answer.body == refusal());
  BOOST_TEST(count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_on_the_way_gives_the_first_answer) {
  transport->reply(409, {}, refusal());
  for (int i = 0; i < 4; ++i) transport->fail(true);
  BOOST_TEST(send().status == 409);
}

BOOST_AUTO_TEST_CASE(a_refusal_that_stays_is_asked_about_once) {
  transport->reply(409, {}, refusal()).reply(200, {}, state("Registered")).reply(409, {}, refusal());
  BOOST_TEST(send().status == 409);
  BOOST_TEST(count() == 3u);
}

BOOST_AUTO_TEST_CASE(waits_as_long_as_the_call_allows_and_no_longer) {
  transport->reply(409, {}, refusal());
  for (int i = 0; i < 4; ++i) transport->reply(200, {}, i == 2 ? "no JSON" : state("Registering"));
  context.max_wait = 35s;
  BOOST_TEST(send().status == 409);
  BOOST_TEST(count() == 5u);
  BOOST_TEST((clock.slept() == 30s));
}

BOOST_AUTO_TEST_CASE(a_wait_past_the_deadline_gives_the_first_answer) {
  transport->reply(409, {}, refusal()).reply(200, {}, state("Registering"));
  context.deadline = clock.steady_now() + 10s;
  BOOST_TEST(send().status == 409);
  BOOST_TEST((clock.slept() == 0s));
}

BOOST_AUTO_TEST_CASE(who_allows_no_wait_sees_the_first_answer) {
  transport->reply(409, {}, refusal());
  context.max_wait = 0s;
  BOOST_TEST(send().status == 409);
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_stop_request_ends_the_wait) {
  std::stop_source stop;
  context.stop = stop.get_token();
  transport->reply(409, {}, refusal()).then([&](const http::Request&) {
    stop.request_stop();
    return http::Response{.status = 200, .body = state("Registering")};
  });
  BOOST_CHECK_THROW(send(), CancelledError);
}

BOOST_AUTO_TEST_CASE(the_namespace_that_the_service_names_is_registered) {
  transport->reply(409, {}, refusal("Microsoft.Network"))
      .reply(200, {}, state("registered"))
      .reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(line(1) == "POST /providers/Microsoft.Network/register?api-version=2021-04-01");
}

// What stands between the quotes goes into a path: a text that is no namespace is not used.
const std::string strange[] = {"../../x", "a/b.c", "Microsoft.KeyVault/register?x=", "Microsoft",
                               "Microsoft..KeyVault", ".Microsoft", "Microsoft.", "M\\u00e4r.x",
                               "Micro soft.X", std::string(64, 'a') + "." + std::string(64, 'b'), ""};
BOOST_DATA_TEST_CASE_F(Fixture, a_namespace_that_is_none_leaves_the_one_of_the_path,
                       boost::unit_test::data::make(strange), named) {
  transport->reply(409, {}, refusal(named)).reply(200, {}, state("Registered")).reply(200);
  BOOST_TEST(send().status == 200);
  BOOST_TEST(line(1) == "POST /providers/Microsoft.KeyVault/register?api-version=2021-04-01");
}

BOOST_AUTO_TEST_CASE(the_namespace_is_read_from_the_message_or_the_path) {
  const auto read = arm::missing_namespace;
  BOOST_TEST(read("use namespace 'A.B'.", "") == "A.B");
  BOOST_TEST(read("'" + std::string(63, 'a') + "." + std::string(64, 'b') + "'", "").size() == 128u);
  BOOST_TEST(read("never closed 'A.B", "/subscriptions/s/Providers/C.D/x") == "C.D");
  BOOST_TEST(read("", "/s/providers/A.B/vaults/v/providers/Microsoft.Authorization/locks/l") ==
             "Microsoft.Authorization");
  BOOST_TEST(read("", "/subscriptions/s/resourceGroups/g") == "");
  BOOST_TEST(read("", "/s/providers/") == "");
  BOOST_TEST(read("", "/s/providers/..%2f/x") == "");
}

BOOST_AUTO_TEST_CASE(works_against_the_emulator) {
  const auto emulator = std::make_shared<emulator::Emulator>(
      emulator::Options{.clock = &clock, .random = &random});
  const emulator::Identity& me = emulator->identity();
  const auto in_process = emulator::make_in_process_transport(emulator);
  arm::ClientOptions mine{.transport = in_process, .clock = &clock, .random = &random};
  mine.register_providers = true;
  const KeyVaultManagementClient client(
      identity::make_client_secret_credential(me.tenant_id, me.client_id, me.client_secret,
                                              {.transport = in_process}),
      me.subscription_id, mine);
  const std::string base = "/subscriptions/" + me.subscription_id;
  const auto raw = [&](Method method, const std::string& path, const std::string& body = {}) {
    return client
        .send_request({.method = method,
                       .url = base + path + "?api-version=2021-04-01",
                       .headers = {{"Content-Type", "application/json"}},
                       .body = body})
        .status;
  };
  BOOST_TEST(raw(Method::put, "/resourcegroups/g", R"({"location":"westus"})") == 201);
  BOOST_TEST(raw(Method::post, "/providers/Microsoft.KeyVault/unregister") == 200);
  clock.advance(5s);
  const auto before = clock.slept();
  auto poller = client.vaults().begin_create_or_update(
      "g", "kv-new",
      {.location = "westus",
       .properties = {.tenant_id = me.tenant_id,
                      .sku = {.name = sku_name::standard},
                      .access_policies = std::vector<AccessPolicyEntry>{}}});
  BOOST_TEST((clock.slept() - before == 10s));
  BOOST_TEST(poller.result().name == "kv-new");
}

BOOST_AUTO_TEST_SUITE_END()
