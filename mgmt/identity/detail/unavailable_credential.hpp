/// A credential of which it is known from the start that it cannot be used here.
#pragma once
#include "akv/mgmt/identity/credential.hpp"

#include <memory>
#include <string>

namespace akv::identity::detail {

/// Throws CredentialUnavailableError with `reason` whenever it is asked.
std::shared_ptr<TokenCredential> make_unavailable_credential(std::string description,
                                                             std::string reason);

}  // namespace akv::identity::detail
