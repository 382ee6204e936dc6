#include "support/sign_in.hpp"

#include <atomic>
#include <iostream>
#include <latch>
#include <sstream>
#include <thread>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

const std::string offer =
    R"({"user_code":"ABC","device_code":"the-device-code","verification_uri":"https://login/device",)"
    R"("expires_in":900,"interval":5,"message":"Go there and enter ABC"})";
const std::string user_token =
    R"({"expires_in":3599,"access_token":"t","refresh_token":"the-refresh-token"})";

std::string error(const std::string& code) { return R"({"error":")" + code + "\"}"; }

/// What goes to standard error while it lives.
class StandardError {
 public:
  StandardError() : before_(std::cerr.rdbuf(text_.rdbuf())) {}
  ~StandardError() { std::cerr.rdbuf(before_); }
  StandardError(const StandardError&) = delete;
  StandardError& operator=(const StandardError&) = delete;
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::streambuf* before_;  // the process's own
};

struct Fixture : test::SignIn {
  std::vector<DeviceCodePrompt> prompts;
  std::shared_ptr<TokenCredential> credential() {
    return make_device_code_credential(
        {.tenant_id = "t",
         .client_id = "c",
         .prompt = [this](const DeviceCodePrompt& prompt) { prompts.push_back(prompt); }},
        options());
  }
  std::string message() { return refusal(*credential()).message; }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(device_code, Fixture)

BOOST_AUTO_TEST_CASE(the_person_is_prompted_and_waited_for) {
  transport->reply(200, {}, offer)
      .reply(400, {}, error("authorization_pending"))
      .reply(400, {}, error("slow_down"))
      .reply(200, {}, user_token);
  const auto now = clock.now();
  const auto made = credential();
  BOOST_TEST(ask(*made).token == "t");
  BOOST_REQUIRE(prompts.size() == 1u);
  BOOST_TEST(prompts[0].user_code == "ABC");
  BOOST_TEST(prompts[0].verification_uri == "https://login/device");
  BOOST_TEST(prompts[0].message == "Go there and enter ABC");
  BOOST_TEST((prompts[0].expires_on == now + 900s));
  BOOST_TEST((clock.slept() == 5s + 5s + 10s));
  BOOST_TEST(sent(0).url == "https://login.microsoftonline.com/t/oauth2/v2.0/devicecode");
  BOOST_TEST(field("client_id", 0) == "c");
  BOOST_TEST(field("scope", 0) ==
             "https://management.azure.com/.default openid profile offline_access");
  BOOST_TEST(sent(1).url == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  BOOST_TEST(field("grant_type", 1) == "urn:ietf:params:oauth:grant-type:device_code");
  BOOST_TEST(field("device_code", 1) == "the-device-code");
  BOOST_TEST(made->describe() == "a person, by device code for application c");
}

BOOST_AUTO_TEST_CASE(the_next_token_needs_no_person) {
  transport->reply(200, {}, offer).reply(200, {}, user_token).reply(200, {}, user_token);
  const auto made = credential();
  ask(*made);
  BOOST_TEST(ask(*made).token == "t");
  BOOST_TEST(prompts.size() == 1u);
  BOOST_TEST(field("grant_type", 2) == "refresh_token");
  BOOST_TEST(field("refresh_token", 2) == "the-refresh-token");
}

BOOST_AUTO_TEST_CASE(a_sign_in_that_holds_no_more_is_begun_anew) {
  for (const char* const ended : {"invalid_grant", "interaction_required"}) {
    transport->reply(200, {}, offer).reply(200, {}, user_token);
    const auto made = credential();
    ask(*made);
    transport->reply(400, {}, error(ended)).reply(200, {}, offer).reply(200, {}, user_token);
    prompts.clear();
    BOOST_TEST(ask(*made).token == "t");
    BOOST_TEST(prompts.size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(a_claims_challenge_is_passed_on_to_the_person) {
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  const auto made = credential();
  ask(*made);
  BOOST_TEST(field("claims", 0) == "");
  transport->reply(400, {}, error("interaction_required"))
      .reply(200, {}, offer)
      .reply(200, {}, user_token);
  const std::string claims = R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})";
  ask(*made, {.scopes = {"s"}, .claims = claims});
  BOOST_TEST(prompts.size() == 2u);
  for (std::size_t i = 2; i < 5; ++i) BOOST_TEST(field("claims", i) == claims);
}

BOOST_AUTO_TEST_CASE(other_faults_of_a_refresh_are_told) {
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  const auto made = credential();
  ask(*made);
  transport->reply(400, {},
                   R"({"error":"invalid_scope","error_description":"no the-refresh-token"})");
  BOOST_TEST(refusal(*made).message ==
             "https://login.microsoftonline.com refuses a token for application c: no REDACTED");
  BOOST_TEST(prompts.size() == 1u);
}

BOOST_AUTO_TEST_CASE(each_tenant_has_its_own_sign_in) {
  CredentialOptions settings = options();
  settings.additionally_allowed_tenants = {"*"};
  const auto made = make_device_code_credential(
      {.tenant_id = "t",
       .client_id = "c",
       .prompt = [this](const DeviceCodePrompt& prompt) { prompts.push_back(prompt); }},
      settings);
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  ask(*made);
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  ask(*made, {.scopes = {"s"}, .tenant_id = "other"});
  BOOST_TEST(prompts.size() == 2u);
  transport->reply(200, {}, user_token);
  ask(*made, {.scopes = {"s"}, .tenant_id = "T"});
  BOOST_TEST(prompts.size() == 2u);
}

BOOST_AUTO_TEST_CASE(declined_and_expired_codes_are_told_apart) {
  const auto after = [&](const std::string& code) {
    transport->reply(200, {}, offer).reply(400, {}, error(code));
    return message();
  };
  for (const char* const code : {"authorization_declined", "access_denied"})
    BOOST_TEST(after(code) == "the person declined to sign in by device code; try again");
  for (const char* const code : {"expired_token", "code_expired"})
    BOOST_TEST(after(code) ==
               "nobody entered the device code within 15 minutes, and it has ended; ask for the "
               "token again, and enter the new code that is shown then");
  transport->reply(200, {},
                   R"({"user_code":"A","device_code":"d","verification_uri":"u",)"
                   R"("expires_in":10,"interval":5})");
  transport->reply(400, {}, error("authorization_pending"))
      .reply(400, {}, error("authorization_pending"));
  BOOST_TEST(message() ==
             "nobody entered the device code within 10 seconds, and it has ended; ask for the "
             "token again, and enter the new code that is shown then");
  BOOST_TEST(after("invalid_client") ==
             "https://login.microsoftonline.com refuses a token for application c: invalid_client");
}

BOOST_AUTO_TEST_CASE(the_service_is_asked_every_second_at_most_and_every_minute_at_least) {
  for (const auto& [interval, wait] : {std::pair{"0", 1s}, {"-5", 1s}, {"99999999", 60s}}) {
    transport
        ->reply(200, {},
                std::string(R"({"user_code":"A","device_code":"d","verification_uri":"u",)") +
                    R"("expires_in":99999999999,"interval":)" + interval + "}")
        .reply(200, {}, user_token);
    const auto before = clock.steady_now();
    ask(*credential());
    BOOST_TEST((clock.steady_now() - before == wait));
    BOOST_TEST((prompts.back().expires_on <= clock.now() + 1h));
  }
}

BOOST_AUTO_TEST_CASE(an_offer_that_is_none_is_refused) {
  for (const char* const body : {"", "{}", "<html>", R"({"user_code":"A","device_code":"d"})"}) {
    transport->reply(200, {}, body);
    BOOST_TEST(message() ==
               "https://login.microsoftonline.com answered without a device code; check "
               "AZURE_AUTHORITY_HOST");
  }
  transport->reply(400, {}, R"({"error":"unauthorized_client","error_codes":[700016]})");
  BOOST_TEST(message().starts_with("application c is not known in tenant t; "));
  BOOST_TEST(prompts.empty());
}

BOOST_AUTO_TEST_CASE(without_a_prompt_of_yours_the_message_goes_to_standard_error) {
  const auto said_of = [&](const std::string& body) {
    transport->reply(200, {}, body).reply(200, {}, user_token);
    const StandardError seen;
    BOOST_TEST(ask(*make_device_code_credential({}, options())).token == "t");
    return seen.text();
  };
  BOOST_TEST(said_of(offer) == "Go there and enter ABC\n");
  BOOST_TEST(
      said_of(R"({"user_code":"ABC","device_code":"d","verification_uri":"https://login"})") ==
      "To sign in, open https://login and enter the code ABC\n");
  BOOST_TEST(said_of(R"({"user_code":"ABC","device_code":"d","verification_uri":"u",)"
                     R"("message":"Go\nthere\u001b[2J\u007f"})") == "Go\nthere [2J \n");
}

BOOST_AUTO_TEST_CASE(who_signs_in_wherever_they_belong_may_be_asked_for_any_tenant) {
  for (const char* const anywhere : {"organizations", "Common", "consumers"}) {
    const auto made = make_device_code_credential(
        {.tenant_id = anywhere, .prompt = [](const DeviceCodePrompt&) {}}, options());
    transport->reply(200, {}, offer).reply(200, {}, user_token);
    BOOST_TEST(ask(*made, {.scopes = {"s"}, .tenant_id = "contoso.example"}).token == "t");
    BOOST_TEST(transport->requests().back().url ==
               "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
  }
  BOOST_TEST(refusal(*credential(), {.scopes = {"s"}, .tenant_id = "organizations"})
                 .message.starts_with("application c is not to ask for tokens of tenant "));
}

BOOST_AUTO_TEST_CASE(one_thread_asks_the_person_and_the_others_wait) {
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  for (int i = 0; i < 7; ++i) transport->reply(200, {}, user_token);
  const auto made = credential();
  std::latch ready(8);
  std::atomic<int> served{0};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      ready.arrive_and_wait();
      served += made->get_token({.scopes = {"s"}}, context).token == "t" ? 1 : 0;
    });
  threads.clear();
  BOOST_TEST(served == 8);
  BOOST_TEST(prompts.size() == 1u);
}

BOOST_AUTO_TEST_CASE(waiting_for_another_threads_sign_in_ends_with_the_context) {
  std::latch prompted(1), release(1);
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  DeviceCodeOptions device{.tenant_id = "t", .client_id = "c", .prompt = {}};
  device.prompt = [&](const DeviceCodePrompt&) {
    prompted.count_down();
    release.wait();
  };
  const auto made = make_device_code_credential(device, options());
  std::jthread first([&] { made->get_token({.scopes = {"s"}}, context); });
  prompted.wait();
  const Context late{.deadline = clock.steady_now(), .clock = &clock};
  BOOST_CHECK_THROW(made->get_token({.scopes = {"s"}}, late), CancelledError);
  release.count_down();
}

BOOST_AUTO_TEST_CASE(the_context_ends_the_wait) {
  context.deadline = clock.steady_now() + 7s;
  transport->reply(200, {}, offer).reply(400, {}, error("authorization_pending"));
  BOOST_CHECK_THROW(ask(*credential()), CancelledError);
}

BOOST_AUTO_TEST_CASE(a_silent_request_prompts_nobody) {
  const TokenRequest silent{.scopes = {"s"}, .silent = true};
  const auto needs_person = [&](TokenCredential& one) {
    try {
      ask(one, silent);
    } catch (const InteractionRequiredError& error) {
      return error.info().message;
    }
    return std::string("a token");
  };
  const std::string message =
      "a person has to sign in again, which can wait until the last token has ended";
  const auto made = credential();
  BOOST_TEST(needs_person(*made) == message);
  BOOST_TEST(transport->requests().empty());
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  ask(*made);
  transport->reply(200, {}, user_token);
  BOOST_TEST(ask(*made, silent).token == "t");
  BOOST_TEST(field("grant_type", 2) == "refresh_token");
  transport->reply(400, {}, error("invalid_grant"));
  BOOST_TEST(needs_person(*made) == message);
  BOOST_TEST(prompts.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_silent_request_does_not_wait_for_who_is_signing_in) {
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  std::string said;
  std::shared_ptr<TokenCredential> made;
  made = make_device_code_credential(
      {.tenant_id = "t",
       .client_id = "c",
       .prompt =
           [&](const DeviceCodePrompt&) {
             std::jthread([&] {
               said = refusal(*made, {.scopes = {"s"}, .silent = true}).message;
             }).join();
           }},
      options());
  ask(*made);
  BOOST_TEST(said == "another sign-in is under way, and nobody needs this token yet");
}

BOOST_AUTO_TEST_CASE(a_code_that_has_ended_is_followed_by_a_new_one) {
  transport->reply(200, {}, offer).reply(400, {}, error("expired_token"));
  const auto made = credential();
  BOOST_TEST(refusal(*made).message ==
             "nobody entered the device code within 15 minutes, and it has ended; ask for the "
             "token again, and enter the new code that is shown then");
  transport->reply(200, {}, offer).reply(200, {}, user_token);
  BOOST_TEST(ask(*made).token == "t");
  BOOST_TEST(prompts.size() == 2u);
}

// The service's clock decides: its answer to the last question counts.
BOOST_AUTO_TEST_CASE(a_token_that_is_given_at_the_codes_end_is_taken) {
  transport
      ->reply(200, {},
              R"({"user_code":"A","device_code":"d","verification_uri":"u",)"
              R"("expires_in":10,"interval":5})")
      .reply(400, {}, error("authorization_pending"))
      .reply(200, {}, user_token);
  BOOST_TEST(ask(*credential()).token == "t");
}

BOOST_AUTO_TEST_SUITE_END()
