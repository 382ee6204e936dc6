/// How a credential says that there is no token.
#pragma once
#include "akv/mgmt/identity/credential.hpp"

#include <string>

namespace akv::identity::detail {

/// Throws AuthenticationError: this credential was asked for and cannot do it. `message` says what
/// is wrong and, after a `; `, what to do.
[[noreturn]] void refuse(std::string message, std::string target = {});
/// Throws CredentialUnavailableError: there is nothing to sign in with here.
[[noreturn]] void unavailable(std::string message, std::string target = {});

/// Throws InteractionRequiredError.
[[noreturn]] void need_person();
/// Throws CredentialUnavailableError for a silent request that would have to wait for a sign-in.
[[noreturn]] void give_way();

/// What a peer or a program said, fit for a message: its first line that is not empty, at most 300
/// bytes, with `secrets` and all that looks like one masked.
std::string quotable(std::string_view text, const std::vector<std::string>& secrets = {});

}  // namespace akv::identity::detail
