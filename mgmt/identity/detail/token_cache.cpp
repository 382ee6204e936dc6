#include "akv/mgmt/identity/detail/token_cache.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace akv::identity::detail {
namespace {

// After a refresh ahead of time failed: the old token serves, and the service is left in peace.
constexpr std::chrono::seconds refresh_again{30};
// And this long for the answer, since nobody needs it yet.
constexpr std::chrono::seconds refresh_limit{10};

}  // namespace

/// Ends a fetch however it went.
class TokenSlot::Turn {
 public:
  Turn(TokenSlot& slot, std::unique_lock<std::mutex>& lock) : slot_(slot), lock_(lock) {}
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!lock_.owns_lock()) lock_.lock();
    slot_.fetching_ = false;
    ++slot_.fetches_;
    slot_.fetched_.notify_all();
  }

 private:
  // Both belong to the caller of fetch(), which this object does not leave.
  TokenSlot& slot_;
  std::unique_lock<std::mutex>& lock_;
};

AccessToken TokenSlot::get(const Context& context, bool silent) {
  TokenRequest request = request_;
  request.silent = silent;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto now = context.clock->now();
    if (is_usable(now)) {
      if (now < token_->refresh_on || now < not_again_before_ || fetching_) return *token_;
      return refresh_ahead(lock, context);
    }
    if (!fetching_) return fetch(lock, request, context);
    if (silent) give_way();
    wait_for_fetch(lock, context);
  }
}

AccessToken TokenSlot::renew(const std::string& rejected, const std::string& claims,
                             const Context& context) {
  TokenRequest request = request_;
  request.claims = claims;
  request.rejected = rejected;
  std::unique_lock lock(mutex_);
  for (;;) {
    if (!rejected.empty() && is_usable(context.clock->now()) && token_->token != rejected)
      return *token_;
    if (!fetching_) return fetch(lock, request, context);
    wait_for_fetch(lock, context);
  }
}

AccessToken TokenSlot::refresh_ahead(std::unique_lock<std::mutex>& lock, const Context& context) {
  AccessToken old = *token_;
  not_again_before_ = context.clock->now() + refresh_again;
  // A token service that hangs must not use up the caller's time while there is a good token.
  Context brief = context;
  const auto limit = context.clock->steady_now() + refresh_limit;
  brief.deadline = context.deadline ? std::min(*context.deadline, limit) : limit;
  TokenRequest request = request_;
  request.silent = true;
  try {
    return fetch(lock, request, brief);
  } catch (const InteractionRequiredError&) {
    not_again_before_ = old.expires_on;
    return old;
  } catch (const std::exception&) {
    return old;  // still good; not_again_before_ says when to try again
  }
}

/// Asks the credential, without the lock, while `fetching_` keeps all others from it.
AccessToken TokenSlot::fetch(std::unique_lock<std::mutex>& lock, const TokenRequest& request,
                             const Context& context) {
  fetching_ = true;
  failure_.reset();
  const Turn turn(*this, lock);
  lock.unlock();
  AccessToken fresh;
  try {
    fresh = credential_->get_token(request, context);
  } catch (const CancelledError&) {
    throw;  // this caller's own end, and no news for those who wait
  } catch (const AzureError& error) {
    lock.lock();
    // Of a silent request it is no news for those who need a token: they ask by themselves.
    if (request.silent) throw;
    failure_ = error.info();
    unavailable_ = dynamic_cast<const CredentialUnavailableError*>(&error) != nullptr;
    throw;
  }
  lock.lock();
  token_ = std::move(fresh);
  not_again_before_ = {};
  return *token_;
}

/// Waits for the thread that fetches. Throws its failure, or CancelledError.
void TokenSlot::wait_for_fetch(std::unique_lock<std::mutex>& lock, const Context& context) {
  const auto is_over = [this, before = fetches_] { return fetches_ != before; };
  const auto left = context.time_left();
  const bool over = left ? fetched_.wait_for(lock, context.stop, *left, is_over)
                         : fetched_.wait(lock, context.stop, is_over);
  if (!over)
    throw CancelledError({.message = context.stop.stop_requested()
                                         ? "stopped on request while waiting for a token"
                                         : "the deadline has passed while waiting for a token",
                          .operation = "sign-in",
                          .attempts = 0});
  if (!failure_ || is_usable(context.clock->now())) return;
  if (unavailable_) throw CredentialUnavailableError(*failure_);
  throw AuthenticationError(*failure_);
}

AccessToken TokenCache::get(const TokenRequest& request, const Context& context) {
  const auto slot = slot_for(request);
  return request.claims.empty() && request.rejected.empty()
             ? slot->get(context, request.silent)
             : slot->renew(request.rejected, request.claims, context);
}

std::shared_ptr<TokenSlot> TokenCache::slot_for(const TokenRequest& request) {
  TokenRequest plain{
      .scopes = request.scopes, .tenant_id = request.tenant_id, .enable_cae = request.enable_cae};
  std::string key = (request.enable_cae ? "1\n" : "0\n") + ascii::lower(request.tenant_id);
  for (const std::string& scope : request.scopes) key += '\n' + scope;
  std::lock_guard lock(mutex_);
  const bool is_new = slots_.find(key) == slots_.end();
  if (is_new && slots_.size() >= max_cached_tokens)
    slots_.erase(std::min_element(slots_.begin(), slots_.end(), [](const auto& a, const auto& b) {
      return a.second.used < b.second.used;
    }));
  Entry& entry = slots_[std::move(key)];
  if (is_new) entry.slot = std::make_shared<TokenSlot>(credential_, std::move(plain));
  entry.used = ++uses_;
  return entry.slot;
}

}  // namespace akv::identity::detail
