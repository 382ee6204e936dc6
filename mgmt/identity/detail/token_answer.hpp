/// What a token service answers, the same for every credential that asks one.
#pragma once
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::identity::detail {

/// Who asked whom; for messages.
struct TokenQuestion {
  std::string client_id;
  std::string tenant_id;
  std::string authority;             ///< `https://login.microsoftonline.com`
  std::vector<std::string> secrets;  ///< Masked wherever the service repeats one.
};

/// A token, and what gets the next one without the user.
struct TokenGrant {
  AccessToken access;
  std::string refresh_token;  ///< Empty where there is none. Never shown.
};

/// The tokens in an answer with status 200; their life is counted from `asked_at`. Throws
/// AuthenticationError for every other answer, in words that say what is wrong and, after a `; `,
/// what to do.
TokenGrant read_token_grant(const http::Response& response, const TokenQuestion& question,
                            Clock::SystemTime asked_at);

/// The access token in such an answer, also with numbers as texts and `expires_on` (seconds since
/// 1970) in place of `expires_in`; nullopt where there is no usable one. Without a `refresh_in` it
/// is to be refreshed five minutes before its end, or after half of its life if that is short, or
/// as long as `long_life`.
std::optional<AccessToken> find_access_token(
    const http::Response& response, Clock::SystemTime asked_at,
    std::chrono::seconds long_life = std::chrono::seconds::max());

/// Whether it can be a token: one word of ASCII, fit for a header.
bool is_token_text(std::string_view text);
/// The `error` of an answer: `authorization_pending`; empty where there is none.
std::string error_of(const http::Response& response);

}  // namespace akv::identity::detail
