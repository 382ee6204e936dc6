#include "akv/mgmt/arm/client.hpp"

#include "akv/mgmt/arm/pace.hpp"
#include "support/arm_fixture.hpp"
#include "support/memory_sink.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using http::Method;

BOOST_FIXTURE_TEST_SUITE(client, ArmFixture)

BOOST_AUTO_TEST_CASE(a_request_carries_version_token_ids_and_who_we_are) {
  transport->reply(200);
  arm::ClientOptions with_prefix = options();
  with_prefix.user_agent_prefix = "a-name-that-is-longer-than-24-characters";
  const arm::ArmClient arm(credential(), with_prefix);
  arm.send(Method::put, "/subscriptions/s/x", {{"$filter", "a eq 'b&c'"}}, R"({"a":1})", "X.put",
           "2026-02-01");

  const http::Request request = sent();
  BOOST_TEST(request.url == arm_origin +
                                "/subscriptions/s/x?$filter=a%20eq%20%27b%26c%27"
                                "&api-version=2026-02-01");
  BOOST_TEST(request.body == R"({"a":1})");
  BOOST_TEST(request.headers.get("Authorization").value() == "Bearer the-token");
  BOOST_TEST(request.headers.get("Accept").value() == "application/json");
  BOOST_TEST(request.headers.get("Content-Type").value() == "application/json; charset=utf-8");
  BOOST_TEST(is_uuid(request.headers.get("x-ms-client-request-id").value()));
  BOOST_TEST(
      request.headers.get("User-Agent").value().starts_with("a-name-that-is-longer-th akv/"));
}

BOOST_AUTO_TEST_CASE(a_request_without_a_body_has_no_content_type) {
  transport->reply(200);
  arm().send(Method::get, "/x", {}, {}, "X.get", "1");
  BOOST_TEST(!sent().headers.has("Content-Type"));
}

BOOST_AUTO_TEST_CASE(a_call_may_replace_headers_and_the_version) {
  transport->reply(200);
  arm().send(Method::get, "/x", {}, {}, "X.get", "1",
             {.headers = {{"accept", "text/plain"}, {"x-ms-client-request-id", "mine"}},
              .api_version = "2"});
  BOOST_TEST(sent().url == arm_origin + "/x?api-version=2");
  BOOST_TEST(sent().headers.get("Accept").value() == "text/plain");
  BOOST_TEST(sent().headers.get("x-ms-client-request-id").value() == "mine");
}

BOOST_AUTO_TEST_CASE(without_telemetry_only_the_prefix_is_told) {
  transport->reply(200).reply(200);
  arm::ClientOptions silent = options();
  silent.telemetry = false;
  arm::ArmClient(credential(), silent).send(Method::get, "/x", {}, {}, "X.get", "1");
  BOOST_TEST(!sent(0).headers.has("User-Agent"));
  silent.user_agent_prefix = "mine";
  arm::ArmClient(credential(), silent).send(Method::get, "/x", {}, {}, "X.get", "1");
  BOOST_TEST(sent(1).headers.get("User-Agent").value() == "mine");
}

BOOST_AUTO_TEST_CASE(a_call_may_have_retries_of_its_own) {
  transport->reply(503).reply(503).reply(200);
  const CallOptions once{.retry = http::RetryOptions{.max_attempts = 1}};
  BOOST_TEST(arm().send(Method::get, "/x", {}, {}, "X.get", "1", once).status == 503);
  BOOST_TEST(arm().send_to(Method::get, arm_origin + "/x", "X.get", once).status == 503);
  BOOST_TEST(arm().send(Method::get, "/x", {}, {}, "X.get", "1").status == 200);
}

BOOST_AUTO_TEST_CASE(a_call_shows_the_answers_that_it_ends_with) {
  std::vector<std::string> seen;
  CallOptions call;
  call.on_response = [&](const http::Response& response) {
    seen.push_back(std::to_string(response.status) + ' ' +
                   std::string(response.headers.get("ETag").value_or("")) + response.body);
  };
  // Not those that are asked for again.
  transport->reply(503).reply(200, {{"ETag", "1"}}, "{}").reply(404, {}, "gone");
  arm().send(Method::get, "/x", {}, {}, "X.get", "1", call);
  arm().send_to(Method::get, arm_origin + "/x", "X.get", call);
  BOOST_TEST(seen == (std::vector<std::string>{"200 1{}", "404 gone"}),
             boost::test_tools::per_element());
  call.on_response = [](const http::Response&) { throw std::runtime_error("enough"); };
  transport->reply(200);
  BOOST_CHECK_EXCEPTION(
      arm().send(Method::get, "/x", {}, {}, "X.get", "1", call), std::runtime_error,
      [](const std::runtime_error& error) { return std::string(error.what()) == "enough"; });
}

BOOST_AUTO_TEST_CASE(retries_wait_by_the_clients_clock_and_keep_the_request_id) {
  transport->reply(503, {{"Retry-After", "30"}}).reply(200);
  const http::Response response = arm().send(Method::get, "/x", {}, {}, "X.get", "1");
  BOOST_TEST(response.attempts == 2);
  BOOST_TEST((clock.slept() >= 30s));
  BOOST_TEST(sent(0).headers.get("x-ms-client-request-id").value() ==
             sent(1).headers.get("x-ms-client-request-id").value());
}

BOOST_AUTO_TEST_CASE(the_pace_is_the_clients_own_and_learns_from_answers) {
  transport->reply(200, {{"x-ms-ratelimit-remaining-subscription-writes", "3"}}).reply(200);
  const auto arm = this->arm();
  const std::string path = "/subscriptions/" + subscription + "/x";
  arm.send(Method::put, path, {}, "{}", "X.put", "1");
  BOOST_TEST((clock.slept() == 0s));
  arm.send(Method::put, path, {}, "{}", "X.put", "1");
  BOOST_TEST((clock.slept() == 100ms));
}

BOOST_AUTO_TEST_CASE(clients_that_share_a_pace_share_the_waits_of_their_principal) {
  const auto pace = arm::make_pace();
  const std::string path = "/subscriptions/" + subscription + "/x";
  const auto one = credential();
  const auto client = [&](const std::shared_ptr<identity::TokenCredential>& who,
                          const std::string& principal = {}) {
    arm::ClientOptions shared = options();
    shared.pace = pace;
    shared.principal = principal;
    return arm::ArmClient(who, shared);
  };
  const auto get = [&](const arm::ArmClient& arm) {
    const auto before = clock.slept();
    transport->reply(200);
    arm.send(Method::get, path, {}, {}, "X.get", "1");
    return clock.slept() - before;
  };
  transport->reply(429, {{"Retry-After", "20"}});
  client(one).send(Method::get, path, {}, {}, "X.get", "1", {.context = {.max_wait = 0s}});
  BOOST_TEST((get(client(credential())) == 0ms));
  BOOST_TEST((get(client(one)) == 20s));

  transport->reply(429, {{"Retry-After", "20"}});
  client(credential(), "app")
      .send(Method::get, path, {}, {}, "X.get", "1", {.context = {.max_wait = 0s}});
  BOOST_TEST((get(client(credential(), "another")) == 0ms));
  BOOST_TEST((get(client(credential(), "app")) == 20s));
}

BOOST_AUTO_TEST_CASE(all_clients_of_a_process_share_the_waits_of_their_principal_by_default) {
  const std::string path = "/subscriptions/" + subscription + "/x";
  arm::ClientOptions by_default = options();
  by_default.clock = &system_clock();
  by_default.retry.max_attempts = 1;
  const auto send = [&](const std::shared_ptr<identity::TokenCredential>& who,
                        const arm::ClientOptions& how, std::string_view to) {
    return arm::ArmClient(who, how)
        .send(Method::get, to, {}, {}, "X.get", "1", {.context = {.max_wait = 0s}})
        .status;
  };
  const auto one = identity::make_static_credential("t", system_clock().now() + 24h);
  const auto another = identity::make_static_credential("t", system_clock().now() + 24h);
  for (const std::string& to : {path, std::string("/subscriptions")}) {
    transport->reply(429, {{"Retry-After", "3600"}}).reply(200).reply(200);
    BOOST_TEST(send(one, by_default, to) == 429);
    BOOST_CHECK_THROW(send(one, by_default, to), ThrottledError);
    BOOST_TEST(send(another, by_default, to) == 200);
    // Another subscription, and the tenant itself, have buckets of their own.
    BOOST_TEST(send(one, by_default, "/subscriptions/other" + to) == 200);
  }
  arm::ClientOptions elsewhere = by_default;
  elsewhere.cloud = arm::azure_china_cloud();
  transport->reply(200).reply(200);
  BOOST_TEST(send(one, elsewhere, path) == 200);
  arm::ClientOptions alone = by_default;
  alone.pace = arm::make_pace();
  BOOST_TEST(send(one, alone, path) == 200);
}

BOOST_AUTO_TEST_CASE(a_call_with_a_clock_of_its_own_leaves_the_pace_aside) {
  const std::string path = "/subscriptions/" + subscription + "/x";
  const arm::ArmClient arm(identity::make_static_credential("t", clock.now() + 2000h), options());
  FakeClock own;
  own.advance(1000h);
  const auto get = [&](const Context& context) {
    return arm.send(Method::get, path, {}, {}, "X.get", "1", {.context = context}).status;
  };
  // What it hears then would hold the others back for weeks.
  transport->reply(429, {{"Retry-After", "20"}}).reply(200);
  BOOST_TEST(get({.clock = &own, .max_wait = 0s}) == 429);
  BOOST_TEST(get({}) == 200);
  BOOST_TEST((clock.slept() == 0s));
  // And it does not wait for what they heard.
  transport->reply(429, {{"Retry-After", "20"}}).reply(200);
  BOOST_TEST(get({.max_wait = 0s}) == 429);
  BOOST_TEST(get({.clock = &own, .max_wait = 0s}) == 200);
  BOOST_CHECK_THROW(get({.clock = &clock, .max_wait = 0s}), ThrottledError);
}

BOOST_AUTO_TEST_CASE(a_pace_is_told_endpoint_and_principal) {
  struct Told final : Pace {
    std::shared_ptr<Pace> of_principal(std::string_view principal) override {
      word = principal;
      return nullptr;
    }
    Clock::SteadyTime next_slot(std::string_view, RequestClass,
                                Clock::SteadyTime now) const override {
      return now;
    }
    Clock::SteadyTime reserve(std::string_view, RequestClass, Clock::SteadyTime now) override {
      return now;
    }
    void observe(std::string_view, RequestClass, const Observation&, Clock::SteadyTime) override {}
    std::string word;
  };
  const auto told = std::make_shared<Told>();
  arm::ClientOptions with_principal = options();
  with_principal.pace = told;
  with_principal.principal = "app";
  with_principal.cloud.resource_manager += "/";
  const arm::ArmClient arm(credential(), with_principal);
  BOOST_TEST(told->word == "https://management.azure.com app");
}

BOOST_AUTO_TEST_CASE(each_attempt_is_told_to_the_hook_also_the_one_after_a_renewed_token) {
  struct Renewing final : identity::TokenCredential {
    int tokens = 0;
    identity::AccessToken get_token(const identity::TokenRequest&,
                                    const Context& context) override {
      return {.token = "t" + std::to_string(++tokens),
              .expires_on = context.clock->now() + 1h,
              .refresh_on = context.clock->now() + 1h};
    }
    std::string describe() const override { return "renewing"; }
  };
  std::vector<std::string> told;
  arm::ClientOptions traced = options();
  traced.on_attempt = [&](const arm::Attempt& attempt) {
    told.push_back(attempt.operation + " " + std::to_string(attempt.number) + " " +
                   std::to_string(attempt.status) + " " + attempt.target);
  };
  transport->reply(401).reply(503).reply(200);
  arm::ArmClient(std::make_shared<Renewing>(), traced)
      .send(Method::get, "/x", {}, {}, "X.get", "1");
  const std::vector<std::string> expected{"X.get 1 401 /x", "X.get 2 503 /x", "X.get 3 200 /x"};
  BOOST_TEST(told == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_answer_without_any_id_gets_the_one_that_was_sent) {
  transport->reply(502, {}, "<html>").reply(502).reply(502).reply(502);
  const http::Response response = arm().send(Method::get, "/x", {}, {}, "X.get", "1");
  BOOST_TEST(arm::error_info(response, "X.get", "/x").request_id ==
             sent().headers.get("x-ms-client-request-id").value());
}

BOOST_AUTO_TEST_CASE(a_link_is_followed_as_given_on_the_same_origin) {
  transport->reply(200).reply(200);
  const std::string link =
      "https://MANAGEMENT.azure.com:443/a%2fb?$skiptoken=x%3D%3D&api-version=1";
  arm().send_to(Method::get, link, "X.list");
  BOOST_TEST(sent().url == link);
  BOOST_TEST(sent().headers.has("Authorization"));
}

const std::string foreign[] = {
    "https://evil.example/x",
    "http://management.azure.com/x",
    "https://management.azure.com:8443/x",
    "https://management.azure.com@evil.example/x",
    "https://management.azure.com.evil.example/x",
    "https://evil.example/https://management.azure.com/",
    "https://management.azure.com\\@evil.example/x",
    "//management.azure.com/x",
    "/relative",
    "https://management.azure.com/x\r\nHost: evil",
    "",
};
BOOST_DATA_TEST_CASE_F(ArmFixture, no_request_and_no_token_goes_to_another_origin,
                       boost::unit_test::data::make(foreign), url) {
  BOOST_CHECK_EXCEPTION(
      arm().send_to(Method::get, url, "X.list"), FormatError, [](const FormatError& error) {
        return error.info().code == "ForeignUrl" && error.info().operation == "X.list";
      });
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_link_with_blanks_and_number_signs_is_encoded) {
  transport->reply(200);
  arm().send_to(Method::get, arm_origin + "/x y?$filter=a eq 'b'&$skiptoken=c#d", "X.list");
  BOOST_TEST(sent().url == arm_origin + "/x%20y?$filter=a%20eq%20'b'&$skiptoken=c%23d");
}

BOOST_AUTO_TEST_CASE(the_conditions_of_a_call_are_not_those_of_its_polls_and_pages) {
  transport->reply(200);
  arm().send_to(Method::get, arm_origin + "/x", "X.list",
                {.headers = {{"if-match", "*"}, {"If-None-Match", "*"}, {"x-more", "1"}}});
  BOOST_TEST(!sent().headers.has("If-Match"));
  BOOST_TEST(!sent().headers.has("If-None-Match"));
  BOOST_TEST(sent().headers.has("x-more"));
}

BOOST_AUTO_TEST_CASE(a_raw_request_goes_through_the_same_pipeline) {
  transport->reply(418).reply(200);
  BOOST_TEST(arm().send_request({.method = Method::post, .url = "/x?api-version=1"}).status == 418);
  BOOST_TEST(sent().url == arm_origin + "/x?api-version=1");
  BOOST_TEST(sent().headers.has("Authorization"));
  arm().send_request({.url = arm_origin + "/y"});
  BOOST_TEST(sent(1).url == arm_origin + "/y");
  BOOST_CHECK_THROW(arm().send_request({.url = "https://evil.example/y"}), FormatError);
}

BOOST_AUTO_TEST_CASE(the_scope_is_the_clouds_audience) {
  struct Recorder final : identity::TokenCredential {
    std::vector<std::string> scopes;
    identity::AccessToken get_token(const identity::TokenRequest& request,
                                    const Context& context) override {
      scopes = request.scopes;
      return {.token = "t",
              .expires_on = context.clock->now() + 1h,
              .refresh_on = context.clock->now() + 1h};
    }
    std::string describe() const override { return "recorder"; }
  };
  const auto recorder = std::make_shared<Recorder>();
  transport->reply(200);
  arm::ClientOptions china = options();
  china.cloud = arm::azure_china_cloud();
  china.cloud.resource_manager += "/";
  arm::ArmClient(recorder, china).send(Method::get, "/x", {}, {}, "X.get", "1");
  BOOST_TEST(
      recorder->scopes == std::vector<std::string>{"https://management.chinacloudapi.cn/.default"},
      boost::test_tools::per_element());
  BOOST_TEST(sent().url == "https://management.chinacloudapi.cn/x?api-version=1");
}

BOOST_AUTO_TEST_CASE(an_address_that_is_not_https_is_refused_at_once) {
  for (const char* address : {"http://management.azure.com", "management.azure.com", ""}) {
    arm::ClientOptions bad = options();
    bad.cloud.resource_manager = address;
    BOOST_CHECK_EXCEPTION(arm::ArmClient(credential(), bad), FormatError,
                          [](const FormatError& error) {
                            return std::string(error.what()).find("https") != std::string::npos;
                          });
  }
}

BOOST_AUTO_TEST_CASE(copies_share_the_core) {
  transport->reply(200, {{"x-ms-ratelimit-remaining-subscription-writes", "3"}}).reply(200);
  const auto original = std::make_unique<arm::ArmClient>(credential(), options());
  const arm::ArmClient copy = *original;
  BOOST_TEST(&copy.options() == &original->options());
}

BOOST_AUTO_TEST_CASE(tokens_of_auxiliary_tenants_stay_on_the_clients_own_origin_and_out_of_logs) {
  struct ByTenant final : identity::TokenCredential {
    identity::AccessToken get_token(const identity::TokenRequest& request,
                                    const Context& context) override {
      return {.token = "planted-" + request.tenant_id,
              .expires_on = context.clock->now() + 1h,
              .refresh_on = context.clock->now() + 1h};
    }
    std::string describe() const override { return "by tenant"; }
  };
  const auto log = std::make_shared<MemorySink>();
  arm::ClientOptions across = options();
  across.auxiliary_tenants = {"x", "y", "z"};
  across.log = log;
  const arm::ArmClient arm(std::make_shared<ByTenant>(), across);
  transport->reply(200, {}, "{}").reply(302, {{"Location", "https://evil.example/x"}});
  arm.send(Method::get, "/x", {}, {}, "X.get", "1");
  arm.send(Method::get, "/y", {}, {}, "X.get", "1");
  BOOST_CHECK_THROW(arm.send_to(Method::get, "https://evil.example/x", "X.list"), FormatError);
  BOOST_TEST(count() == 2u);
  for (std::size_t i = 0; i < count(); ++i) {
    BOOST_TEST(sent(i).url.starts_with(arm_origin + "/"));
    BOOST_TEST(sent(i).headers.get("x-ms-authorization-auxiliary").value() ==
               "Bearer planted-x, Bearer planted-y, Bearer planted-z");
  }
  BOOST_TEST(log->lines().size() == 2u);
  BOOST_TEST(log->text().find("planted") == std::string::npos, log->text());
}

BOOST_AUTO_TEST_CASE(three_auxiliary_tenants_are_as_many_as_the_service_takes) {
  const auto refusal = [&](std::vector<std::string> tenants) {
    arm::ClientOptions across = options();
    across.auxiliary_tenants = std::move(tenants);
    try {
      arm::ArmClient(credential(), across);
    } catch (const FormatError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  BOOST_TEST(refusal({"a", "b", "c"}) == "");
  BOOST_TEST(refusal({"a", "b", "c", "d"}) ==
             "ArmClient: a request takes tokens of at most three auxiliary tenants");
  BOOST_TEST(refusal({"a", ""}) == "ArmClient: an auxiliary tenant is empty; name it by its id");
}

BOOST_AUTO_TEST_SUITE_END()
