#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

BOOST_AUTO_TEST_SUITE(door)

BOOST_FIXTURE_TEST_CASE(every_answer_carries_arms_headers, VaultFixture) {
  const Answer answer = get(vault());
  BOOST_TEST(answer.header("Content-Type") == "application/json; charset=utf-8");
  BOOST_TEST(answer.header("Cache-Control") == "no-cache");
  BOOST_TEST(answer.header("Pragma") == "no-cache");
  BOOST_TEST(answer.header("Expires") == "-1");
  BOOST_TEST(answer.header("X-Content-Type-Options") == "nosniff");
  BOOST_TEST(answer.headers.has("Strict-Transport-Security"));
  const std::string correlation = answer.header("x-ms-correlation-request-id");
  BOOST_TEST(is_uuid(correlation));
  BOOST_TEST(answer.header("x-ms-routing-request-id") == "EASTUS:20261122T100002Z:" + correlation);
}

BOOST_FIXTURE_TEST_CASE(the_provider_has_a_request_id_of_its_own, VaultFixture) {
  const Answer by_provider = get(vault());
  BOOST_TEST(by_provider.header("x-ms-request-id") !=
             by_provider.header("x-ms-correlation-request-id"));
  BOOST_TEST(by_provider.headers.has("x-ms-keyvault-service-version"));
  for (const Answer& by_arm : {get(group()), get(vault("kv9"))}) {
    BOOST_TEST(by_arm.header("x-ms-request-id") == by_arm.header("x-ms-correlation-request-id"));
    BOOST_TEST(!by_arm.headers.has("x-ms-keyvault-service-version"));
  }
}

BOOST_FIXTURE_TEST_CASE(ids_of_the_client_come_back_where_it_asks, VaultFixture) {
  http::Request asking = request(http::Method::get, vault());
  asking.headers.set("x-ms-client-request-id", "mine");
  BOOST_TEST(!emulator->handle(asking).headers.has("x-ms-client-request-id"));
  asking.headers.set("x-ms-return-client-request-id", "true");
  BOOST_TEST(*emulator->handle(asking).headers.get("x-ms-client-request-id") == "mine");
  asking.headers.set("x-ms-correlation-request-id", "0A000000-0000-4000-8000-000000000001");
  BOOST_TEST(*emulator->handle(asking).headers.get("x-ms-correlation-request-id") ==
             "0A000000-0000-4000-8000-000000000001");
}

BOOST_FIXTURE_TEST_CASE(remaining_requests_are_counted_per_kind, VaultFixture) {
  auto has = [](const Answer& answer, const std::string& kind) {
    return answer.headers.has("x-ms-ratelimit-remaining-subscription-" + kind);
  };
  BOOST_TEST(has(get(vault()), "reads"));
  BOOST_TEST(has(make_vault(), "writes"));
  BOOST_TEST(has(patch(vault(), "{}"), "writes"));
  const Answer deleted_one = del(vault());
  BOOST_TEST(has(deleted_one, "deletes"));
  BOOST_TEST(!has(deleted_one, "writes"));
  BOOST_TEST(has(post(deleted() + "/purge"), "writes"));
  BOOST_TEST(!has(get(vault()), "reads"));  // none on errors
}

BOOST_FIXTURE_TEST_CASE(answers_are_dated_by_the_emulators_clock, VaultFixture) {
  BOOST_TEST(get(vault()).header("Date") == "Sun, 22 Nov 2026 10:00:02 GMT");
  emulator->advance(60s);
  BOOST_TEST(get(vault("none")).header("Date") == "Sun, 22 Nov 2026 10:01:02 GMT");
  emulator->intercept([](const http::Request&) {
    return http::Response{.status = 200, .headers = {{"Date", "somewhen"}}};
  });
  BOOST_TEST(get(vault()).header("Date") == "somewhen");
}

BOOST_FIXTURE_TEST_CASE(without_a_good_token_nothing_is_answered, VaultFixture) {
  token = "nonsense";
  const Answer invalid = get(vault());
  BOOST_TEST(invalid.status == 401);
  BOOST_TEST(invalid.code() == "InvalidAuthenticationToken");
  BOOST_TEST(invalid.headers.has("WWW-Authenticate"));
  BOOST_TEST(invalid.headers.has("x-ms-request-id"));
  http::Request bare = request(http::Method::get, vault());
  bare.headers.erase("Authorization");
  BOOST_TEST(Answer{emulator->handle(bare)}.code() == "AuthenticationFailed");
  sign_in();
  clock.advance(2h);
  BOOST_TEST(get(vault()).code() == "ExpiredAuthenticationToken");
  sign_in();
  BOOST_TEST(get(vault()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_token_of_another_tenant_is_refused, VaultFixture) {
  const std::string foreign = "00000000-0000-4000-8000-000000000009";
  emulator->add_subscription(foreign, "00000000-0000-4000-8000-0000000000ff");
  const Answer refused = get("/subscriptions/" + foreign + "/resourcegroups");
  BOOST_TEST(refused.status == 401);
  BOOST_TEST(refused.code() == "InvalidAuthenticationTokenTenant");
  BOOST_TEST(refused.header("WWW-Authenticate").starts_with("Bearer authorization_uri="));
  http::Request to_itself =
      request(http::Method::get, "https://localhost:8443/subscriptions/" + foreign);
  to_itself.headers.set("Host", "localhost:8443");
  BOOST_TEST(Answer{emulator->handle(to_itself)}
                 .header("WWW-Authenticate")
                 .starts_with("Bearer authorization_uri=\"https://localhost:8443/"
                              "00000000-0000-4000-8000-0000000000ff\""));
  BOOST_TEST(get("/subscriptions").json()["value"].size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(the_address_of_a_vault_asks_for_a_token_and_then_has_nothing,
                        EmulatorClient) {
  const std::pair<std::string, std::string> places[] = {
      {"kv1.vault.azure.net", "login.microsoftonline.com|https://vault.azure.net"},
      {"hsm.managedhsm.azure.net", "login.microsoftonline.com|https://managedhsm.azure.net"},
      {"kv1.vault.azure.cn", "login.chinacloudapi.cn|https://vault.azure.cn"}};
  for (const auto& [host, expected] : places) {
    http::Request asked = request(http::Method::get, "https://" + host + "/secrets/a", {}, "7.4");
    BOOST_TEST(Answer{emulator->handle(asked)}.status == 501, host);
    asked.headers.erase("Authorization");
    const Answer refused{emulator->handle(asked)};
    BOOST_TEST(refused.status == 401, host);
    const auto bar = expected.find('|');
    BOOST_TEST(refused.header("WWW-Authenticate") ==
               "Bearer authorization=\"https://" + expected.substr(0, bar) + "/" +
                   emulator->identity().tenant_id + "\", resource=\"" + expected.substr(bar + 1) +
                   "\"");
  }
}

BOOST_FIXTURE_TEST_CASE(subscriptions_are_listed_and_looked_up, EmulatorClient) {
  const Document list = get("/subscriptions").json();
  BOOST_TEST(list["value"].as_array()[0]["subscriptionId"].string_or() ==
             emulator->identity().subscription_id);
  BOOST_TEST(get(subscription()).json()["tenantId"].string_or() == emulator->identity().tenant_id);
  const Answer unknown = get("/subscriptions/00000000-0000-4000-8000-000000000009");
  BOOST_TEST(unknown.status == 404);
  BOOST_TEST(unknown.code() == "SubscriptionNotFound");
  BOOST_TEST(unknown.message() ==
             "The subscription '00000000-0000-4000-8000-000000000009' could not be found.");
  const Answer bad = get("/subscriptions/mine/resourcegroups");
  BOOST_TEST(bad.status == 400);
  BOOST_TEST(bad.code() == "InvalidSubscriptionId");
}

BOOST_FIXTURE_TEST_CASE(paths_that_lead_nowhere_say_why, VaultFixture) {
  BOOST_TEST(get("/").code() == "MissingSubscription");
  BOOST_TEST(get(subscription() + "/nothing").code() == "MissingSubscription");
  BOOST_TEST(get(group() + "/providers/Microsoft.Storage/storageAccounts/s").code() ==
             "InvalidResourceNamespace");
  const Answer type = get(group() + "/providers/Microsoft.KeyVault/safes/s");
  BOOST_TEST(type.status == 404);
  BOOST_TEST(type.code() == "InvalidResourceType");
  const Answer method = post(vault());
  BOOST_TEST(method.status == 405);
  BOOST_TEST(method.code() == "MethodNotAllowed");
  BOOST_TEST(method.message() == "The requested resource does not support http method 'POST'.");
}

BOOST_FIXTURE_TEST_CASE(malformed_requests_are_refused_and_nothing_throws, VaultFixture) {
  for (const char* path : {"/a%00b", "/a%ff", "/a%0ab", "/a%ed%a0%80", "/a%c0%af"}) {
    const Answer refused = get(path);
    BOOST_TEST(refused.status == 400, path);
    BOOST_TEST(refused.code() == "InvalidRequestUri", path);
  }
  BOOST_TEST(get(vault(), "2023%ff").code() == "InvalidRequestUri");
  http::Request nowhere = request(http::Method::get, vault());
  nowhere.url = "not a url";
  BOOST_TEST(Answer{emulator->handle(nowhere)}.code() == "InvalidRequestUri");
  nowhere.url.clear();
  BOOST_TEST(emulator->handle(nowhere).status == 400);
}

BOOST_FIXTURE_TEST_CASE(paths_urls_and_bodies_have_caps, VaultFixture) {
  std::string segments;
  for (int i = 0; i < 32; ++i) segments += "/a";
  BOOST_TEST(get(segments).code() == "MissingSubscription");
  BOOST_TEST(get(segments + "/a").code() == "InvalidRequestUri");

  const std::string base = "https://management.azure.com" + vault() + "?api-version=2023-07-01&x=";
  const std::size_t cap = std::size_t{16} << 10;
  BOOST_TEST(get(base + std::string(cap - base.size(), 'x')).status == 200);
  const Answer long_url = get(base + std::string(cap - base.size() + 1, 'x'));
  BOOST_TEST(long_url.status == 414);
  BOOST_TEST(long_url.code() == "RequestUriTooLong");

  const std::size_t body_cap = std::size_t{4} << 20;
  BOOST_TEST(put(vault(), vault_body() + std::string(body_cap - vault_body().size(), ' ')).status ==
             200);
  const Answer large =
      put(vault(), vault_body() + std::string(body_cap - vault_body().size() + 1, ' '));
  BOOST_TEST(large.status == 413);
  BOOST_TEST(large.code() == "RequestContentTooLarge");
}

BOOST_FIXTURE_TEST_CASE(names_compare_without_case_and_keep_their_first_spelling, VaultFixture) {
  BOOST_TEST(get(ascii::lower(vault())).json()["id"].string_or() == vault());
  std::string loud = vault();
  for (char& c : loud)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  BOOST_TEST(get(loud).json()["id"].string_or() == vault());
  BOOST_TEST(get(vault() + "/").status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_provider_must_be_registered_for_writes, VaultFixture) {
  const std::string path = subscription() + "/providers/Microsoft.KeyVault";
  auto state = [&] {
    return std::string(get(path, "2021-04-01").json()["registrationState"].string_or());
  };
  BOOST_TEST(state() == "Registered");
  BOOST_TEST(get(path, "2021-04-01").json()["namespace"].string_or() == "Microsoft.KeyVault");
  post(path + "/unregister", "", "2021-04-01");
  BOOST_TEST(state() == "Unregistering");
  clock.advance(1s);
  BOOST_TEST(state() == "NotRegistered");
  const Answer refused = make_vault("kv2");
  BOOST_TEST(refused.status == 409);
  BOOST_TEST(refused.code() == "MissingSubscriptionRegistration");
  BOOST_TEST(refused.message() ==
             "The subscription is not registered to use namespace 'Microsoft.KeyVault'. See "
             "https://aka.ms/rps-not-found for how to register subscriptions.");
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(post(path + "/register", "", "2021-04-01").json()["registrationState"].string_or() ==
             "Registering");
  BOOST_TEST(make_vault("kv2").status == 409);
  clock.advance(1s);
  BOOST_TEST(make_vault("kv2").status == 200);
  BOOST_TEST(get(subscription() + "/providers").json()["value"].size() >= 1u);
  BOOST_TEST(get(subscription() + "/providers/Microsoft.Nothing").code() ==
             "InvalidResourceNamespace");
}

BOOST_AUTO_TEST_CASE(sixteen_threads_share_one_emulator) {
  VaultFixture arm;
  const auto emulator = arm.emulator;
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 16; ++thread)
    threads.emplace_back([&, thread] {
      const std::string mine = arm.vault("kv-t" + std::to_string(thread));
      for (int round = 0; round < 10; ++round) {
        good +=
            emulator->handle(arm.request(http::Method::put, mine, arm.vault_body())).status == 200;
        good += emulator->handle(arm.request(http::Method::get, mine)).status == 200;
        good +=
            emulator->handle(arm.request(http::Method::get, arm.key_vault() + "/vaults")).status ==
            200;
        emulator->peek(mine);
        emulator->requests();
        emulator->advance(1s);
        emulator->before_each([](const http::Request&) {});
      }
    });
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(good == 16 * 10 * 3);
}

BOOST_AUTO_TEST_SUITE_END()
