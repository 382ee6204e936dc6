/// Who a token is for, read from its claims.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::cli {

/// What a token says of its bearer; empty where it does not. Read without checking the signature:
/// for showing, and for the lock-out guard, which by it stops more and never less.
struct TokenClaims {
  std::string name;  ///< What people call the bearer: a user's sign-in name, an application's name.
  std::string application, object_id, tenant;
  std::optional<std::vector<std::string>> groups;  ///< Object ids; only where it names them all.
};

/// All empty for a token that is no JWT, or larger than 64 KiB.
TokenClaims read_claims(std::string_view token);

/// `maria@contoso.example`, `hello-ci`, `application 3d4e…`; `unknown` when nothing is known.
std::string bearer(const TokenClaims& claims);

}  // namespace akv::cli
