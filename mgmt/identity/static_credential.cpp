#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/mgmt/identity/credentials.hpp"

#include <utility>

namespace akv::identity {
namespace {

class StaticCredential final : public TokenCredential {
 public:
  StaticCredential(std::string token, Clock::SystemTime expires_on)
      // There is nothing to refresh it with, so it serves to its end.
      : token_{.token = std::move(token), .expires_on = expires_on, .refresh_on = expires_on} {}

  AccessToken get_token(const TokenRequest&, const Context& context) override {
    if (token_.token.empty()) refuse("the given access token is empty; get one and pass it in");
    if (context.clock->now() >= token_.expires_on)
      refuse("the given access token expired at " + time::format_rfc3339(token_.expires_on) +
             "; get a new one");
    return token_;
  }

  std::string describe() const override { return "a given access token"; }

 private:
  [[noreturn]] static void refuse(std::string message) {
    throw AuthenticationError(
        {.message = std::move(message), .operation = "sign-in", .attempts = 0});
  }

  const AccessToken token_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_static_credential(std::string token,
                                                        Clock::SystemTime expires_on) {
  return std::make_shared<StaticCredential>(std::move(token), expires_on);
}

}  // namespace akv::identity
