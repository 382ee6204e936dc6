#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/token_cache.hpp"

#include <utility>

namespace akv::identity {

std::function<std::string(const Context&)> make_bearer_token_provider(
    std::shared_ptr<TokenCredential> credential, std::string scope) {
  const auto slot = std::make_shared<detail::TokenSlot>(std::move(credential),
                                                        TokenRequest{.scopes = {std::move(scope)}});
  return [slot](const Context& context) { return slot->get(context).token; };
}

}  // namespace akv::identity
