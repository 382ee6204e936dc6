#include "akv/mgmt/core/errors.hpp"
#include "support/emulator_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

BOOST_AUTO_TEST_SUITE(test_doors)

BOOST_FIXTURE_TEST_CASE(requests_are_logged_without_tokens_and_secrets, VaultFixture) {
  emulator->clear_requests();
  sign_in();
  emulator->handle(request(http::Method::post,
                           "/" + emulator->identity().tenant_id + "/oauth2/v2.0/token",
                           "client_id=a&client_secret=hunter2"));
  make_vault("kv2");
  get(vault("kv9"));
  const auto log = emulator->requests();
  BOOST_TEST(log.size() == 3u);
  BOOST_TEST(log[0].body.find("hunter2") == std::string::npos);
  BOOST_TEST((log[1].method == http::Method::put));
  BOOST_TEST(log[1].url.find(vault("kv2")) != std::string::npos);
  BOOST_TEST(log[1].body == vault_body());
  BOOST_TEST(log[1].status == 200);
  BOOST_TEST(log[2].status == 404);
  for (const auto& entry : log)
    BOOST_TEST((entry.url + entry.body).find(token) == std::string::npos);
  emulator->clear_requests();
  BOOST_TEST(emulator->requests().empty());
}

BOOST_FIXTURE_TEST_CASE(peek_shows_what_is_stored, VaultFixture) {
  BOOST_TEST(emulator->peek(vault("KV1")).dump() == get(vault()).body);
  BOOST_TEST(emulator->peek(vault("kv9")).is_null());
  BOOST_TEST(emulator->peek("nonsense").is_null());
  BOOST_TEST(emulator->peek(group())["name"].string_or() == "g");
  BOOST_TEST(emulator->peek(group("none")).is_null());
  del(group());
  BOOST_TEST(emulator->peek(group())["properties"]["provisioningState"].string_or() == "Deleting");
  clock.advance(1s);
  BOOST_TEST(emulator->peek(group()).is_null());
  make_group();
  make_vault("kv2");
  BOOST_TEST(emulator->peek(vault("kv2"))["properties"]["provisioningState"].string_or() ==
             "RegisteringDns");
  emulator->seed(subscription() + "/resourceGroups/g/providers/Microsoft.Other/things/t",
                 Document::object({{"location", "westus"}}));
  BOOST_TEST(
      emulator
          ->peek(subscription() + "/resourceGroups/g/providers/Microsoft.Other/things/t")["type"]
          .string_or() == "Microsoft.Other/things");
}

BOOST_FIXTURE_TEST_CASE(what_was_seeded_stands_and_survives_updates, VaultFixture) {
  Document odd = emulator->peek(vault());
  odd.set("properties").set("futureProperty", Document::object({{"deep", 1}}));
  odd.set("futureMember", "kept");
  emulator->seed(vault(), odd);
  BOOST_TEST(get(vault()).body == odd.dump());
  patch(vault(), R"({"tags":{"a":"1"}})");
  put(vault(), vault_body());
  const Document after = get(vault()).json();
  BOOST_TEST(after["futureMember"].string_or() == "kept");
  BOOST_TEST(after["properties"]["futureProperty"].dump() == R"({"deep":1})");
}

BOOST_FIXTURE_TEST_CASE(seeding_makes_the_group_and_null_takes_things_away, EmulatorClient) {
  emulator->seed(vault("kv1", "New"), Document::object({{"location", "West US"}}));
  BOOST_TEST(get(group("new")).json()["name"].string_or() == "New");
  BOOST_TEST(get(vault("kv1", "new")).json()["id"].string_or() == vault("kv1", "New"));
  emulator->seed(vault("kv1", "new"), nullptr);
  BOOST_TEST(get(vault("kv1", "new")).status == 404);
  BOOST_TEST(get(deleted()).status == 404);
  emulator->seed(group("new"), Document::object({{"location", "eastus"}, {"managedBy", "/x"}}));
  BOOST_TEST(get(group("new")).json()["managedBy"].string_or() == "/x");
  emulator->seed(group("new"), nullptr);
  BOOST_TEST(get(group("new")).status == 404);
}

BOOST_FIXTURE_TEST_CASE(a_seed_needs_an_id_and_a_known_subscription, EmulatorClient) {
  auto reason = [&](const std::string& id) {
    try {
      emulator->seed(id, Document::object());
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  BOOST_TEST(reason("kv1") == "'kv1' is the id of no resource or resource group");
  BOOST_TEST(
      reason(vault_id("00000000-0000-4000-8000-000000000009", "g", "kv1")) ==
      "the emulator has no subscription '00000000-0000-4000-8000-000000000009'; add it first");
  BOOST_CHECK_THROW(emulator->add_subscription("mine"), std::invalid_argument);
  BOOST_CHECK_THROW(emulator::Emulator({.tenant_id = "mine"}), std::invalid_argument);
}

BOOST_FIXTURE_TEST_CASE(a_hook_can_be_the_second_writer, VaultFixture) {
  int calls = 0;
  emulator->before_each([&](const http::Request& seen) {
    ++calls;
    if (seen.method == http::Method::patch) put(vault(), vault_body("", R"({"second":"writer"})"));
  });
  const Answer patched = patch(vault(), R"({"properties":{"enabledForDeployment":true}})");
  BOOST_TEST(patched.json()["tags"].dump() == R"({"second":"writer"})");
  BOOST_TEST(calls == 1);
  emulator->before_each(nullptr);
  get(vault());
  BOOST_TEST(calls == 1);
}

BOOST_FIXTURE_TEST_CASE(an_intercepted_request_does_nothing, VaultFixture) {
  emulator->intercept([](const http::Request& seen) -> std::optional<http::Response> {
    if (seen.method != http::Method::del) return std::nullopt;
    return http::Response{.status = 429, .headers = {{"Retry-After", "7"}}};
  });
  BOOST_TEST(del(vault()).status == 429);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(emulator->requests()[emulator->requests().size() - 2].status == 429);
  emulator->intercept(nullptr);
  BOOST_TEST(del(vault()).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_reply_can_be_lost_after_the_work, VaultFixture) {
  emulator->intercept(
      [](const http::Request& seen) -> std::optional<http::Response> {
        if (seen.method == http::Method::get) return std::nullopt;
        return http::Response{};
      },
      true);
  auto transport = emulator::make_in_process_transport(emulator);
  try {
    transport->send(request(http::Method::del, vault()), {});
    BOOST_ERROR("an answer came");
  } catch (const TransportError& error) {
    BOOST_TEST(error.info().maybe_delivered);
  }
  BOOST_TEST(transport->send(request(http::Method::get, vault()), {}).status == 404);
}

BOOST_FIXTURE_TEST_CASE(the_transport_heeds_its_context, VaultFixture) {
  std::stop_source stop;
  stop.request_stop();
  BOOST_CHECK_THROW(emulator::make_in_process_transport(emulator)->send(
                        request(http::Method::get, vault()), {.stop = stop.get_token()}),
                    CancelledError);
}

BOOST_FIXTURE_TEST_CASE(the_ids_of_the_options_are_its_own, EmulatorClient) {
  const std::string mine = "00000000-0000-4000-8000-00000000000a";
  EmulatorClient other({.subscription_id = mine, .tenant_id = mine});
  BOOST_TEST(other.emulator->identity().subscription_id == mine);
  BOOST_TEST(other.get("/subscriptions/" + mine).json()["tenantId"].string_or() == mine);
  BOOST_TEST(other.emulator->identity().client_secret != emulator->identity().client_secret);
  BOOST_TEST(is_uuid(emulator->identity().object_id));
}

BOOST_AUTO_TEST_SUITE_END()
