// What a 401 asks for in `WWW-Authenticate`: claims of a management service, or the key file of an
// Azure Arc agent. The first byte chooses.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/identity/auth_policy.hpp"
#include "akv/mgmt/identity/detail/managed_identity_source.hpp"
#include "support/fake_clock.hpp"

#include <cstdlib>

namespace {

using namespace akv;

/// Gives the same challenge always.
class Challenger final : public http::Transport {
 public:
  explicit Challenger(std::string challenge) : challenge_(std::move(challenge)) {}
  http::Response send(const http::Request&, const Context&) override {
    return {.status = 401, .headers = {{"WWW-Authenticate", challenge_}}};
  }

 private:
  const std::string challenge_;
};

/// Claims are asked for as a JSON object, or not at all.
class Credential final : public identity::TokenCredential {
 public:
  identity::AccessToken get_token(const identity::TokenRequest& request,
                                  const Context& context) override {
    if (!request.claims.empty() && request.claims.front() != '{') std::abort();
    if (request.claims.size() > 8192) std::abort();
    return {.token = std::to_string(++given_),
            .expires_on = context.clock->now() + std::chrono::hours(1)};
  }
  std::string describe() const override { return "fuzzed"; }

 private:
  int given_ = 0;
};

void management(std::string challenge, const Context& context) {
  std::vector<std::unique_ptr<http::Policy>> policies;
  policies.push_back(identity::make_auth_policy(std::make_shared<Credential>(), "s"));
  const http::Pipeline pipeline(std::move(policies),
                                std::make_shared<Challenger>(std::move(challenge)));
  if (pipeline.send({.url = "https://h/"}, context).status != 401) std::abort();
}

// Where no file is, so that none is read: whatever is named is refused.
void arc(std::string challenge, const Context& context) {
  SeededRandom random(1);
  const auto source = identity::detail::make_arc_source(
      {.endpoint = "http://h/token", .key_folder = "/nonexistent/tokens"},
      {.transport = std::make_shared<Challenger>(std::move(challenge)), .random = &random});
  try {
    (void)source->get("r", context);
    std::abort();
  } catch (const AuthenticationError& error) {
    const std::string& message = error.info().message;
    // A file is looked for only in the one folder.
    if (message.starts_with("cannot read") &&
        message.find(" in /nonexistent/tokens/") == std::string::npos)
      std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const test::FakeClock clock;
  const Context context{.clock = &clock};
  std::string challenge(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2)
    management(std::move(challenge), context);
  else
    arc(std::move(challenge), context);
  return 0;
}
