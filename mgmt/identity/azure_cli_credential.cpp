#include "akv/mgmt/identity/detail/developer_tool.hpp"

#include <utility>

namespace akv::identity {
namespace {

class AzureCliCredential final : public TokenCredential {
 public:
  AzureCliCredential(DeveloperToolOptions tool, CredentialOptions options)
      : tool_({.program = "az", .title = "the Azure CLI", .sign_in = "az login"}, std::move(tool),
              std::move(options)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    const std::string& scope = tool_.scope_of(request);
    const std::string tenant = tool_.tenant_of(request);
    if (!request.claims.empty())
      tool_.refuse_claims("az login --claims-challenge " + detail::claims_option(request) +
                              (tenant.empty() ? "" : " --tenant " + tenant) + " --scope " + scope,
                          "az 2.76.0 or later");
    std::vector<std::string> arguments{"account", "get-access-token", "--output",
                                       "json",    "--resource",       detail::resource_of(scope)};
    if (!tenant.empty()) arguments.insert(arguments.end(), {"--tenant", tenant});
    if (!tool_.subscription().empty())
      arguments.insert(arguments.end(), {"--subscription", tool_.subscription()});
    const std::string out =
        tool_.run(std::move(arguments), {"az login", "az account set"}, context);
    return tool_.token(detail::read_az_answer(out), context);
  }

  std::string describe() const override { return "whoever is signed in to the Azure CLI"; }

 private:
  const detail::DeveloperTool tool_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_azure_cli_credential(DeveloperToolOptions tool,
                                                           CredentialOptions options) {
  return std::make_shared<AzureCliCredential>(std::move(tool), std::move(options));
}

}  // namespace akv::identity
