#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/detail/developer_tool.hpp"

#include <ctime>
#include <iomanip>
#include <sstream>
#include <utility>

namespace akv::identity {
namespace {

/// `2023-07-17 22:03:55.000000`, in the machine's own time zone: all that versions before 2.54 say.
std::optional<Clock::SystemTime> parse_local_time(std::string_view text) {
  std::tm parts{};
  std::istringstream in{std::string(text.substr(0, text.find('.')))};
  in >> std::get_time(&parts, "%Y-%m-%d %H:%M:%S");
  if (in.fail()) return std::nullopt;
  parts.tm_isdst = -1;
  const std::time_t at = std::mktime(&parts);
  if (at == -1) return std::nullopt;
  return std::chrono::system_clock::from_time_t(at);
}

std::optional<Clock::SystemTime> end_of(const json::Document& answer) {
  const std::int64_t seconds = answer["expires_on"].int_or(0);
  // The year 2200, far from where the clock's own count ends.
  constexpr std::int64_t latest = 7258118400;
  if (seconds > 0 && seconds < latest) return Clock::SystemTime(std::chrono::seconds(seconds));
  return parse_local_time(answer["expiresOn"].string_or());
}

class AzureCliCredential final : public TokenCredential {
 public:
  AzureCliCredential(DeveloperToolOptions tool, CredentialOptions options)
      : tool_({.program = "az", .title = "the Azure CLI", .sign_in = "az login"}, std::move(tool),
              std::move(options)) {}

  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    std::vector<std::string> arguments{"account",    "get-access-token",
                                       "--output",   "json",
                                       "--resource", detail::resource_of(tool_.scope_of(request))};
    if (const std::string tenant = tool_.tenant_of(request); !tenant.empty())
      arguments.insert(arguments.end(), {"--tenant", tenant});
    if (!tool_.subscription().empty())
      arguments.insert(arguments.end(), {"--subscription", tool_.subscription()});
    const std::string out =
        tool_.run(std::move(arguments), {"az login", "az account set"}, context);
    json::Document answer;
    try {
      answer = json::Document::parse(out);
    } catch (const FormatError&) {
      tool_.refuse_output();
    }
    const auto end = end_of(answer);
    if (!end) tool_.refuse_output();
    return tool_.token(answer["accessToken"].string_or(), *end, context);
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
