#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/time.hpp"
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
    json::Document answer;
    try {
      answer = json::Document::parse(out);
    } catch (const FormatError&) {
      tool_.refuse_output();
    }
    const auto end = time::parse_rfc3339(answer["expiresOn"].string_or());
    if (!end) tool_.refuse_output();
    return tool_.token(answer["token"].string_or(), *end, context);
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
