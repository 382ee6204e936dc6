/// Tokens that are kept until shortly before their end.
#pragma once
#include "akv/mgmt/identity/credential.hpp"

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace akv::identity::detail {

/// The one token for a request. Any number of threads ask; one at a time fetches.
class TokenSlot {
 public:
  /// `request` without claims and rejected token.
  TokenSlot(std::shared_ptr<TokenCredential> credential, TokenRequest request)
      : credential_(std::move(credential)), request_(std::move(request)) {}

  /// A token whose end has not come. Refreshes it when its time has come and nobody else does; the
  /// old one serves meanwhile, and survives a failed refresh. That is a silent request: where it
  /// would need a person, the old one serves to its end. `silent`: nobody needs the token yet.
  AccessToken get(const Context& context, bool silent = false);
  /// A token other than `rejected`: one that another thread got meanwhile, else a new one with
  /// these claims. With an empty `rejected`, always a new one.
  AccessToken renew(const std::string& rejected, const std::string& claims, const Context& context);

 private:
  class Turn;

  bool is_usable(Clock::SystemTime now) const { return token_ && now < token_->expires_on; }
  AccessToken refresh_ahead(std::unique_lock<std::mutex>& lock, const Context& context);
  AccessToken fetch(std::unique_lock<std::mutex>& lock, const TokenRequest& request,
                    const Context& context);
  void wait_for_fetch(std::unique_lock<std::mutex>& lock, const Context& context);

  const std::shared_ptr<TokenCredential> credential_;  // safe to share
  const TokenRequest request_;
  std::mutex mutex_;  // guards all below; never held while the credential is asked
  std::condition_variable_any fetched_;
  std::optional<AccessToken> token_;
  bool fetching_ = false;
  std::uint64_t fetches_ = 0;         // how many have ended
  std::optional<ErrorInfo> failure_;  // of the last one, for those who waited for it
  bool unavailable_ = false;          // whether that was a CredentialUnavailableError
  Clock::SystemTime not_again_before_{};
};

inline constexpr std::size_t max_cached_tokens = 64;

/// One slot for each scope, tenant and capability. Safe to share between threads.
class TokenCache {
 public:
  explicit TokenCache(std::shared_ptr<TokenCredential> credential)
      : credential_(std::move(credential)) {}
  AccessToken get(const TokenRequest& request, const Context& context);

 private:
  std::shared_ptr<TokenSlot> slot_for(const TokenRequest& request);

  const std::shared_ptr<TokenCredential> credential_;  // safe to share
  std::mutex mutex_;                                   // guards both below
  struct Entry {
    std::shared_ptr<TokenSlot> slot;
    std::uint64_t used = 0;
  };
  std::map<std::string, Entry> slots_;
  std::uint64_t uses_ = 0;
};

}  // namespace akv::identity::detail
