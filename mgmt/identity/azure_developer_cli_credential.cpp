#include "akv/mgmt/identity/detail/developer_tool.hpp"

#include <utility>

namespace akv::identity {
namespace {

class AzureDeveloperCliCredential final : public TokenCredential {
 public:
  AzureDeveloperCliCredential(DeveloperToolOptions tool, CredentialOptions options)
      : tool_({.program = "azd", .title = "the Azure Developer CLI", .sign_in = "azd auth login"},
              std::move(tool), std::move(options)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    std::vector<std::string> arguments{"auth", "token", "--output", "json",
                                       // Else it waits for an answer where one is needed.
                                       "--no-prompt", "--scope", tool_.scope_of(request)};
    if (const std::string tenant = tool_.tenant_of(request); !tenant.empty())
      arguments.insert(arguments.end(), {"--tenant-id", tenant});
    const std::string out =
        tool_.run(std::move(arguments), {"not logged in", "azd auth login"}, context);
    return tool_.token(detail::read_azd_answer(out), context);
  }

  std::string describe() const override {
    return "whoever is signed in to the Azure Developer CLI";
  }

 private:
  const detail::DeveloperTool tool_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_azure_developer_cli_credential(DeveloperToolOptions tool,
                                                                     CredentialOptions options) {
  return std::make_shared<AzureDeveloperCliCredential>(std::move(tool), std::move(options));
}

}  // namespace akv::identity
