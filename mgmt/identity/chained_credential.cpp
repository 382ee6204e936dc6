#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/chain.hpp"

#include <utility>

namespace akv::identity {

std::shared_ptr<TokenCredential> make_chained_credential(
    std::vector<std::shared_ptr<TokenCredential>> credentials) {
  std::vector<detail::ChainLink> links;
  for (auto& credential : credentials) {
    std::string name = credential->describe();
    links.push_back({.name = std::move(name), .credential = std::move(credential)});
  }
  return detail::make_chain(std::move(links),
                            "make one of them available, or put another one into the chain");
}

}  // namespace akv::identity
