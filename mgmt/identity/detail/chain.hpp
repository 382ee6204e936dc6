/// Credentials that are tried one after the other.
#pragma once
#include "akv/mgmt/identity/credential.hpp"

#include <memory>
#include <string>
#include <vector>

namespace akv::identity::detail {

struct ChainLink {
  std::string name;  ///< For messages: `Azure CLI`.
  std::shared_ptr<TokenCredential> credential;
  /// Whether a refusal counts as unavailable: of a tool that nobody set up for this purpose.
  bool lenient = false;
};

/// `remedy` says what to do when none is available.
std::shared_ptr<TokenCredential> make_chain(std::vector<ChainLink> links, std::string remedy);

}  // namespace akv::identity::detail
