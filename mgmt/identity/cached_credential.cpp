#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/token_cache.hpp"

#include <utility>

namespace akv::identity {
namespace {

class CachedCredential final : public TokenCredential {
 public:
  explicit CachedCredential(std::shared_ptr<TokenCredential> inner)
      : inner_(std::move(inner)), tokens_(inner_) {}
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    return tokens_.get(request, context);
  }
  std::string describe() const override { return inner_->describe(); }
  std::vector<PassedOver> passed_over() const override { return inner_->passed_over(); }

 private:
  const std::shared_ptr<TokenCredential> inner_;
  detail::TokenCache tokens_;  // locks for itself
};

}  // namespace

std::shared_ptr<TokenCredential> make_cached_credential(std::shared_ptr<TokenCredential> inner) {
  return std::make_shared<CachedCredential>(std::move(inner));
}

}  // namespace akv::identity
