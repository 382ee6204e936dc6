#include "akv/mgmt/identity/detail/unavailable_credential.hpp"

#include "akv/mgmt/identity/detail/refusal.hpp"

#include <utility>

namespace akv::identity::detail {
namespace {

class UnavailableCredential final : public TokenCredential {
 public:
  UnavailableCredential(std::string description, std::string reason)
      : description_(std::move(description)), reason_(std::move(reason)) {}
  AccessToken get_token(const TokenRequest&, const Context&) override { unavailable(reason_); }
  std::string describe() const override { return description_; }

 private:
  const std::string description_;
  const std::string reason_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_unavailable_credential(std::string description,
                                                             std::string reason) {
  return std::make_shared<UnavailableCredential>(std::move(description), std::move(reason));
}

}  // namespace akv::identity::detail
