/// Whose budget a request uses up, where nobody says it.
#pragma once
#include "akv/mgmt/identity/credential.hpp"

#include <memory>
#include <string>

namespace akv::arm {

/// A word for whoever `credential` stands for: the same for the same object, and never again that
/// of one that is gone. Safe to call from any thread.
std::string principal_of(const std::shared_ptr<identity::TokenCredential>& credential);

}  // namespace akv::arm
