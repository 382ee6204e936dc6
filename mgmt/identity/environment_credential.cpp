#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/unavailable_credential.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <utility>

namespace akv::identity {
namespace {

class EnvironmentCredential final : public TokenCredential {
 public:
  explicit EnvironmentCredential(std::shared_ptr<TokenCredential> inner)
      : inner_(std::move(inner)) {}
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    return inner_->get_token(request, context);
  }
  std::string describe() const override { return inner_->describe() + ", from the environment"; }

 private:
  const std::shared_ptr<TokenCredential> inner_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_environment_credential(const EnvironmentLookup& environment,
                                                             CredentialOptions options) {
  const auto value = [&](std::string_view name) { return detail::value_of(environment, name); };
  std::string tenant_id = value("AZURE_TENANT_ID"), client_id = value("AZURE_CLIENT_ID");
  std::string secret = value("AZURE_CLIENT_SECRET");
  std::string certificate = value("AZURE_CLIENT_CERTIFICATE_PATH");
  const bool half = !tenant_id.empty() && !client_id.empty();
  if (std::string reason = detail::missing(
          {{"AZURE_TENANT_ID", tenant_id},
           {"AZURE_CLIENT_ID", client_id},
           {half ? "AZURE_CLIENT_SECRET (or AZURE_CLIENT_CERTIFICATE_PATH)" : "AZURE_CLIENT_SECRET",
            secret.empty() ? certificate : secret}});
      !reason.empty())
    return detail::make_unavailable_credential("the environment", std::move(reason));
  options = detail::with_variables(std::move(options), environment);
  if (!secret.empty())
    return std::make_shared<EnvironmentCredential>(make_client_secret_credential(
        std::move(tenant_id), std::move(client_id), std::move(secret), std::move(options)));
  const std::string chain = value("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN");
  return std::make_shared<EnvironmentCredential>(make_client_certificate_credential(
      std::move(tenant_id), std::move(client_id),
      {.path = std::move(certificate),
       .password = value("AZURE_CLIENT_CERTIFICATE_PASSWORD"),
       .send_chain = chain == "1" || ascii::equal(chain, "true")},
      std::move(options)));
}

}  // namespace akv::identity
