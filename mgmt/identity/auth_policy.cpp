#include "akv/mgmt/identity/auth_policy.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace akv::identity {
namespace {

// After a refresh ahead of time failed: the old token serves, and the service is left in peace.
constexpr std::chrono::seconds refresh_again{30};
// And this long for the answer, since nobody needs it yet.
constexpr std::chrono::seconds refresh_limit{10};
constexpr std::size_t max_claims_bytes = 8192;

/// The one token of a scope. Any number of threads ask; one at a time fetches.
class TokenCache {
 public:
  TokenCache(std::shared_ptr<TokenCredential> credential, std::string scope)
      : credential_(std::move(credential)), scope_(std::move(scope)) {}

  /// A token whose end has not come. Refreshes it when its time has come and nobody else does.
  std::string get(const Context& context) {
    std::unique_lock lock(mutex_);
    for (;;) {
      const auto now = context.clock->now();
      if (is_usable(now)) {
        if (now < token_->refresh_on || now < not_again_before_ || fetching_) return token_->token;
        return refresh_ahead(lock, context);
      }
      if (!fetching_) return fetch(lock, {}, context);
      wait_for_fetch(lock, context);
    }
  }

  /// A token other than `rejected`: one that another thread got meanwhile, else a new one.
  std::string renew(const std::string& rejected, const std::string& claims,
                    const Context& context) {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (is_usable(context.clock->now()) && token_->token != rejected) return token_->token;
      if (!fetching_) return fetch(lock, claims, context);
      wait_for_fetch(lock, context);
    }
  }

 private:
  bool is_usable(Clock::SystemTime now) const { return token_ && now < token_->expires_on; }

  std::string refresh_ahead(std::unique_lock<std::mutex>& lock, const Context& context) {
    std::string old = token_->token;
    not_again_before_ = context.clock->now() + refresh_again;
    // A token service that hangs must not use up the caller's time while there is a good token.
    Context brief = context;
    const auto limit = context.clock->steady_now() + refresh_limit;
    brief.deadline = context.deadline ? std::min(*context.deadline, limit) : limit;
    try {
      return fetch(lock, {}, brief);
    } catch (const AzureError&) {
      return old;  // still good; not_again_before_ says when to try again
    }
  }

  /// Asks the credential, without the lock, while `fetching_` keeps all others from it.
  std::string fetch(std::unique_lock<std::mutex>& lock, const std::string& claims,
                    const Context& context) {
    fetching_ = true;
    failure_.reset();
    const Turn turn(*this, lock);
    lock.unlock();
    AccessToken fresh;
    try {
      fresh = credential_->get_token({.scopes = {scope_}, .claims = claims}, context);
    } catch (const CancelledError&) {
      throw;  // this caller's own end, and no news for those who wait
    } catch (const AzureError& error) {
      lock.lock();
      failure_ = error.info();
      throw;
    }
    lock.lock();
    token_ = std::move(fresh);
    not_again_before_ = {};
    return token_->token;
  }

  /// Waits for the thread that fetches. Throws its failure, or CancelledError.
  void wait_for_fetch(std::unique_lock<std::mutex>& lock, const Context& context) {
    const auto is_over = [this, before = fetches_] { return fetches_ != before; };
    const bool over =
        context.deadline
            ? fetched_.wait_for(lock, context.stop, *context.deadline - context.clock->steady_now(),
                                is_over)
            : fetched_.wait(lock, context.stop, is_over);
    if (!over)
      throw CancelledError({.message = context.stop.stop_requested()
                                           ? "stopped on request while waiting for a token"
                                           : "the deadline has passed while waiting for a token",
                            .operation = "sign-in",
                            .attempts = 0});
    if (failure_ && !is_usable(context.clock->now())) throw AuthenticationError(*failure_);
  }

  /// Ends a fetch however it went.
  class Turn {
   public:
    Turn(TokenCache& cache, std::unique_lock<std::mutex>& lock) : cache_(cache), lock_(lock) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() {
      if (!lock_.owns_lock()) lock_.lock();
      cache_.fetching_ = false;
      ++cache_.fetches_;
      cache_.fetched_.notify_all();
    }

   private:
    // Both belong to the caller of fetch(), which this object does not leave.
    TokenCache& cache_;
    std::unique_lock<std::mutex>& lock_;
  };

  const std::shared_ptr<TokenCredential> credential_;  // safe to share
  const std::string scope_;
  std::mutex mutex_;  // guards all below; never held while the credential is asked
  std::condition_variable_any fetched_;
  std::optional<AccessToken> token_;
  bool fetching_ = false;
  std::uint64_t fetches_ = 0;         // how many have ended
  std::optional<ErrorInfo> failure_;  // of the last one, for those who waited for it
  Clock::SystemTime not_again_before_{};
};

/// Standard and URL-safe base64 with or without padding; nullopt for anything else.
std::optional<std::string> decode_base64(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    std::uint32_t value = 0;
    if (c >= 'A' && c <= 'Z')
      value = static_cast<std::uint32_t>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      value = static_cast<std::uint32_t>(c - 'a' + 26);
    else if (c >= '0' && c <= '9')
      value = static_cast<std::uint32_t>(c - '0' + 52);
    else if (c == '+' || c == '-')
      value = 62;
    else if (c == '/' || c == '_')
      value = 63;
    else
      return std::nullopt;
    bits = (bits << 6) | value;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>((bits >> count) & 0xFF);
    }
  }
  return out;
}

/// The claims that a challenge asks for (`Bearer …, error="insufficient_claims", claims="eyJ…"`):
/// JSON, to be sent on to the token service. Empty when it asks for none.
std::string claims_of(const http::Response& response) {
  const auto challenge = response.headers.get("WWW-Authenticate");
  if (!challenge) return {};
  const std::string lower = ascii::lower(*challenge);
  constexpr std::string_view key = "claims=\"";
  auto begin = lower.find(key);
  // Not `…_claims="`.
  while (begin != std::string::npos && begin > 0 && lower[begin - 1] != ' ' &&
         lower[begin - 1] != ',')
    begin = lower.find(key, begin + 1);
  if (begin == std::string::npos) return {};
  begin += key.size();
  const auto end = lower.find('"', begin);
  if (end == std::string::npos || end - begin > max_claims_bytes) return {};
  const auto claims = decode_base64(challenge->substr(begin, end - begin));
  return claims && claims->starts_with('{') ? *claims : std::string();
}

class AuthPolicy final : public http::Policy {
 public:
  AuthPolicy(std::shared_ptr<TokenCredential> credential, std::string scope)
      : tokens_(std::move(credential), std::move(scope)) {}

  http::Response send(http::Request& request, http::Next next,
                      const Context& context) const override {
    const auto url = http::Url::parse(request.url);
    if (!url || url->scheme != "https")
      throw AuthenticationError({.message = "a token is sent over https only, and not to " +
                                            redact::url(request.url) + "; use an https address",
                                 .operation = request.operation,
                                 .attempts = 0});
    const std::string token = tokens_.get(context);
    http::Response response = send_with(token, request, next, context);
    if (response.status != 401 || is_about_the_tenant(response)) return response;
    const std::string renewed = tokens_.renew(token, claims_of(response), context);
    if (renewed == token) return response;
    return send_with(renewed, request, next, context);
  }

 private:
  static http::Response send_with(const std::string& token, http::Request& request,
                                  const http::Next& next, const Context& context) {
    request.headers.set("Authorization", "Bearer " + token);
    return next(request, context);
  }

  /// A token of the wrong tenant is a matter of configuration: the next one is of the same.
  static bool is_about_the_tenant(const http::Response& response) {
    return response.body.find("InvalidAuthenticationTokenTenant") != std::string::npos;
  }

  mutable TokenCache tokens_;  // locks for itself
};

}  // namespace

std::unique_ptr<http::Policy> make_auth_policy(std::shared_ptr<TokenCredential> credential,
                                               std::string scope) {
  return std::make_unique<AuthPolicy>(std::move(credential), std::move(scope));
}

}  // namespace akv::identity
