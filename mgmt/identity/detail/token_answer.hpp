/// What a token service answers, the same for every credential that asks one.
#pragma once
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <string>
#include <vector>

namespace akv::identity::detail {

/// Who asked whom; for messages.
struct TokenQuestion {
  std::string client_id;
  std::string tenant_id;
  std::string authority;             ///< `https://login.microsoftonline.com`
  std::vector<std::string> secrets;  ///< Masked wherever the service repeats one.
};

/// The token in an answer with status 200; its life is counted from `asked_at`. Throws
/// AuthenticationError for every other answer, in words that say what is wrong and, after a `; `,
/// what to do.
AccessToken read_token_answer(const http::Response& response, const TokenQuestion& question,
                              Clock::SystemTime asked_at);

}  // namespace akv::identity::detail
