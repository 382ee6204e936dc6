// What services answer on the way to a token: a token, or an error that shows no secret. The first
// byte chooses who answers, and with which status.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/managed_identity_source.hpp"
#include "akv/mgmt/identity/detail/token_answer.hpp"
#include "akv/mgmt/identity/detail/token_client.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/fake_clock.hpp"

#include <cstdlib>

using namespace akv;
using namespace akv::identity;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

/// Answers the first request with what is fuzzed, and every other with a token.
class Service final : public http::Transport {
 public:
  explicit Service(http::Response first) : first_(std::move(first)) {}
  http::Response send(const http::Request&, const Context&) override {
    if (asked_++ == 0) return first_;
    return {.status = 200, .body = R"({"access_token":"t","expires_in":3600})"};
  }

 private:
  const http::Response first_;
  int asked_ = 0;
};

void token_service(const http::Response& answer, const Context&) {
  const detail::TokenQuestion question{
      .client_id = "c", .tenant_id = "t", .authority = "https://h", .secrets = {"planted-secret"}};
  (void)detail::error_of(answer);
  if (const auto found = detail::find_access_token(answer, {}); found) check(!found->token.empty());
  check(!detail::read_token_grant(answer, question, {}).access.token.empty());
}

void managed_identity(const http::Response& answer, const Context& context) {
  const std::vector<std::string> secrets{"planted-secret"};
  check(detail::reason_in(answer, secrets).find("planted-secret") == std::string::npos);
  const AccessToken token =
      detail::token_from(answer, "App Service", context.clock->now(), secrets);
  check(!token.token.empty());
}

// The person is told of a code that ends, and the service asked neither too often nor for ever.
void device_code(const http::Response& answer, const Context& context) {
  SeededRandom random(1);
  const auto begun = context.clock->steady_now();
  const auto credential = make_device_code_credential(
      {.prompt =
           [&](const DeviceCodePrompt& prompt) {
             check(!prompt.user_code.empty() && !prompt.verification_uri.empty());
             check(prompt.expires_on <= context.clock->now() + std::chrono::hours(1));
           }},
      {.transport = std::make_shared<Service>(answer), .random = &random});
  check(credential->get_token({.scopes = {"s"}}, context).token == "t");
  const auto waited = context.clock->steady_now() - begun;
  check(waited >= std::chrono::seconds(1) && waited <= std::chrono::hours(1));
}

void pipelines(const http::Response& answer, const Context& context) {
  SeededRandom random(1);
  const auto credential = make_azure_pipelines_credential(
      {.tenant_id = "t",
       .client_id = "c",
       .service_connection_id = "s",
       .system_access_token = "planted-secret"},
      lookup_in({{"SYSTEM_OIDCREQUESTURI", "https://h/oidc"}}),
      {.transport = std::make_shared<Service>(answer), .random = &random});
  check(credential->get_token({.scopes = {"s"}}, context).token == "t");
}

// Not an answer but a challenge: what it asks for is asked for, and what we can do is said.
void claims(const http::Response& answer, const Context&) {
  const auto asked =
      json::Document::parse(detail::claims_parameter({.claims = answer.body, .enable_cae = true}));
  const json::Document& said = asked["access_token"]["xms_cc"]["values"];
  check(said.size() == 1 && said.as_array().front().string_or() == "CP1");
}

constexpr void (*readers[])(const http::Response&, const Context&) = {
    token_service, managed_identity, device_code, pipelines, claims};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int statuses[] = {200, 400, 401, 403};
  const http::Response answer{
      .status = statuses[data[0] % 4],
      .body = std::string(reinterpret_cast<const char*>(data) + 1, size - 1)};
  const test::FakeClock clock;
  const Context context{.clock = &clock};
  try {
    readers[data[0] / 4 % std::size(readers)](answer, context);
  } catch (const AuthenticationError& error) {
    check(std::string(error.what()).find("planted-secret") == std::string::npos);
  }
  return 0;
}
