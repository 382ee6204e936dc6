#include "akv/mgmt/identity/detail/developer_tool.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"

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
    const std::string tenant = tool_.tenant_of(request);
    if (!tenant.empty()) arguments.insert(arguments.end(), {"--tenant-id", tenant});
    // It keeps them for the sign-in that it then asks the person for.
    if (!request.claims.empty())
      arguments.insert(arguments.end(), {"--claims", detail::claims_option(request)});
    const std::string out = run(std::move(arguments), request, tenant, context);
    return tool_.token(detail::read_azd_answer(out), context);
  }

  std::string describe() const override {
    return "whoever is signed in to the Azure Developer CLI";
  }

 private:
  std::string run(std::vector<std::string> arguments, const TokenRequest& request,
                  const std::string& tenant, const Context& context) const {
    const std::vector<std::string_view> not_signed_in{"not logged in", "azd auth login"};
    if (request.claims.empty()) return tool_.run(std::move(arguments), not_signed_in, context);
    try {
      return tool_.run(std::move(arguments), not_signed_in, context);
    } catch (const AuthenticationError& error) {
      const std::string& why = error.info().message;
      if (why.find("unknown flag: --claims") != std::string::npos)
        tool_.refuse_claims("azd auth login after an update of azd", "azd 1.18.1 or later");
      if (!why.ends_with(tool_.names().sign_in)) throw;
      detail::unavailable("the service asks for another sign-in: " + why +
                          (tenant.empty() ? "" : " --tenant-id " + tenant));
    }
  }

  const detail::DeveloperTool tool_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_azure_developer_cli_credential(DeveloperToolOptions tool,
                                                                     CredentialOptions options) {
  return std::make_shared<AzureDeveloperCliCredential>(std::move(tool), std::move(options));
}

}  // namespace akv::identity
