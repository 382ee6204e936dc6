#include "akv/mgmt/identity/detail/crypto.hpp"
#include "akv/mgmt/identity/detail/developer_tool.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"

#include <utility>

namespace akv::identity {
namespace {

constexpr std::string_view no_module = "akv-no-az-accounts";

/// Prints the token and its end on a line that nothing else prints. Newer modules give the token as
/// a SecureString. Neither resource nor tenant can hold a quote: scope_of and tenant_of see to
/// that.
std::string script(const std::string& resource, const std::string& tenant) {
  return "$ErrorActionPreference = 'Stop'\n"
         "$ProgressPreference = 'SilentlyContinue'\n"
         "$module = Import-Module Az.Accounts -MinimumVersion 2.2.0 -PassThru -ErrorAction "
         "SilentlyContinue\n"
         "if (-not $module) { Write-Output '" +
         std::string(no_module) +
         "'; exit 0 }\n"
         "$question = @{ ResourceUrl = '" +
         resource + "'; WarningAction = 'Ignore'" +
         (tenant.empty() ? "" : "; TenantId = '" + tenant + "'") +
         " }\n"
         "if ((Get-Command Get-AzAccessToken).Parameters.ContainsKey('AsSecureString')) "
         "{ $question['AsSecureString'] = $true }\n"
         "$answer = Get-AzAccessToken @question\n"
         "$token = $answer.Token\n"
         "if ($token -is [System.Security.SecureString]) "
         "{ $token = [System.Net.NetworkCredential]::new('', $token).Password }\n"
         "Write-Output \"" +
         std::string(detail::pwsh_mark) + "$token $($answer.ExpiresOn.ToUnixTimeSeconds())\"\n";
}

/// What -EncodedCommand takes: base64 of UTF-16, little-endian. The script is ASCII.
std::string encoded(const std::string& script) {
  std::string wide;
  for (const char c : script) {
    wide += c;
    wide += '\0';
  }
  return detail::base64(wide);
}

class AzurePowerShellCredential final : public TokenCredential {
 public:
  AzurePowerShellCredential(DeveloperToolOptions tool, CredentialOptions options)
      : tool_({.program = "pwsh", .title = "Azure PowerShell", .sign_in = "Connect-AzAccount"},
              std::move(tool), std::move(options)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    const std::string resource = detail::resource_of(tool_.scope_of(request));
    const std::string tenant = tool_.tenant_of(request);
    if (!request.claims.empty())
      tool_.refuse_claims("Connect-AzAccount -ClaimsChallenge " + detail::claims_option(request) +
                              (tenant.empty() ? "" : " -Tenant " + tenant),
                          "Az.Accounts 5.2.0 or later");
    const std::string out = tool_.run(
        {"-NoProfile", "-NonInteractive", "-EncodedCommand", encoded(script(resource, tenant))},
        {"Connect-AzAccount"}, context);
    if (out.find(no_module) != std::string::npos)
      detail::unavailable("the PowerShell module Az.Accounts is not installed (2.2.0 or later)");
    return tool_.token(detail::read_pwsh_answer(out), context);
  }

  std::string describe() const override { return "whoever is signed in to Azure PowerShell"; }

 private:
  const detail::DeveloperTool tool_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_azure_powershell_credential(DeveloperToolOptions tool,
                                                                  CredentialOptions options) {
  return std::make_shared<AzurePowerShellCredential>(std::move(tool), std::move(options));
}

}  // namespace akv::identity
