#include "akv/mgmt/identity/detail/user_session.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <algorithm>
#include <utility>

namespace akv::identity::detail {
namespace {

// How long an end of the context may go unseen while another thread asks the person.
constexpr std::chrono::milliseconds slice{50};
constexpr std::size_t max_tenants = 64;

TokenRequest with_refresh(TokenRequest request) {
  for (const char* const scope : {"openid", "profile", "offline_access"})
    if (std::find(request.scopes.begin(), request.scopes.end(), scope) == request.scopes.end())
      request.scopes.emplace_back(scope);
  return request;
}

}  // namespace

/// For one thread at a time; the others wait for it, as long as their context lets them.
class UserSession::Turn {
 public:
  Turn(UserSession& session, bool silent, const Context& context) : session_(session) {
    std::unique_lock lock(session_.mutex_);
    if (silent && session_.busy_) give_way();
    while (!session_.free_.wait_for(lock, slice, [this] { return !session_.busy_; }))
      context.check();
    session_.busy_ = true;
  }
  ~Turn() {
    std::lock_guard lock(session_.mutex_);
    session_.busy_ = false;
    session_.free_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  UserSession& session_;  // outlives this: it belongs to one of its calls
};

UserSession::UserSession(std::string tenant_id, std::string client_id, CredentialOptions options)
    : client_(std::move(tenant_id), std::move(client_id), with_variables(std::move(options))) {}

AccessToken UserSession::get(const TokenRequest& asked, const SignIn& sign_in,
                             const Context& context) {
  const TokenRequest request = for_tenant(asked, client_.own_tenant_only());
  const std::string tenant = ascii::lower(client_.tenant_of(request));
  const TokenRequest wide = with_refresh(request);
  const Turn turn(*this, request.silent, context);
  std::optional<TokenGrant> grant;
  if (const auto known = refresh_tokens_.find(tenant); known != refresh_tokens_.end())
    grant = redeem(known->second, wide, context);
  if (!grant && request.silent) need_person();
  if (!grant) grant = sign_in(wide);
  if (!grant->refresh_token.empty()) remember(tenant, std::move(grant->refresh_token));
  return std::move(grant->access);
}

std::optional<TokenGrant> UserSession::redeem(const std::string& refresh_token,
                                              const TokenRequest& request, const Context& context) {
  const GrantRequest grant{.type = "refresh_token",
                           .fields = {{"refresh_token", refresh_token}},
                           .secrets = {refresh_token}};
  const auto asked_at = context.clock->now();
  const http::Response response = client_.ask(grant, request, context);
  // Expired, revoked, or the person has to do something: sign in again.
  const std::string error = error_of(response);
  if (error == "invalid_grant" || error == "interaction_required") return std::nullopt;
  return client_.read(response, grant, client_.tenant_of(request), asked_at);
}

void UserSession::remember(const std::string& tenant, std::string refresh_token) {
  if (refresh_tokens_.size() >= max_tenants) refresh_tokens_.clear();
  refresh_tokens_[tenant] = std::move(refresh_token);
}

}  // namespace akv::identity::detail
