#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/chain.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace akv::identity {
namespace {

/// What AZURE_TOKEN_CREDENTIALS can say, besides a name.
enum class Group { prod, dev, none };

struct Member {
  std::string_view name;   // of the class in the Azure SDKs
  std::string_view title;  // for messages
  Group group;
};
constexpr Member members[] = {
    {"EnvironmentCredential", "environment", Group::prod},
    {"WorkloadIdentityCredential", "workload identity", Group::prod},
    {"ManagedIdentityCredential", "managed identity", Group::prod},
    {"AzureCliCredential", "Azure CLI", Group::dev},
    {"AzurePowerShellCredential", "Azure PowerShell", Group::dev},
    {"AzureDeveloperCliCredential", "Azure Developer CLI", Group::dev},
    {"InteractiveBrowserCredential", "browser", Group::none},  // only by name
};

class RefusingCredential final : public TokenCredential {
 public:
  explicit RefusingCredential(std::string message) : message_(std::move(message)) {}
  AccessToken get_token(const TokenRequest&, const Context&) override { detail::refuse(message_); }
  std::string describe() const override { return "no credential (" + message_ + ")"; }

 private:
  const std::string message_;
};

class Maker {
 public:
  Maker(const EnvironmentLookup& environment, CredentialOptions options)
      : environment_(environment),
        options_(detail::with_variables(std::move(options), environment)) {
    // One snapshot for all tools, and not one for each.
    if (options_.environment.empty()) options_.environment = process_environment();
  }

  std::shared_ptr<TokenCredential> make() const {
    const std::string wanted(ascii::trim(value("AZURE_TOKEN_CREDENTIALS")));
    std::vector<detail::ChainLink> links;
    for (const Member& member : members) {
      const bool by_name = ascii::equal(wanted, member.name);
      const bool by_group = (ascii::equal(wanted, "prod") && member.group == Group::prod) ||
                            (ascii::equal(wanted, "dev") && member.group == Group::dev) ||
                            (wanted.empty() && member.group != Group::none);
      if (!by_name && !by_group) continue;
      links.push_back({.name = std::string(member.title),
                       .credential = make(member.name, !by_name),
                       .lenient = member.group == Group::dev});
    }
    if (links.empty()) return std::make_shared<RefusingCredential>(unknown(wanted));
    return detail::make_chain(std::move(links),
                              "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or "
                              "sign in with az login");
  }

 private:
  std::string value(std::string_view name) const { return detail::value_of(environment_, name); }

  std::shared_ptr<TokenCredential> make(std::string_view name, bool others_wait) const {
    if (name == "EnvironmentCredential") return make_environment_credential(environment_, options_);
    if (name == "WorkloadIdentityCredential")
      return make_workload_identity_credential({}, environment_, options_);
    if (name == "ManagedIdentityCredential")
      return make_managed_identity_credential(
          {.client_id = value("AZURE_CLIENT_ID"), .probe = others_wait}, environment_, options_);
    // Which tenant the tools are signed in to is theirs to know: with the variable's, meant for an
    // application, az refuses accounts that have none of their own (managed identity, Cloud Shell).
    const DeveloperToolOptions tool;
    if (name == "AzureCliCredential") return make_azure_cli_credential(tool, options_);
    if (name == "AzurePowerShellCredential")
      return make_azure_powershell_credential(tool, options_);
    if (name == "AzureDeveloperCliCredential")
      return make_azure_developer_cli_credential(tool, options_);
    InteractiveBrowserOptions browser;
    if (std::string tenant = value("AZURE_TENANT_ID"); !tenant.empty())
      browser.tenant_id = std::move(tenant);
    return make_interactive_browser_credential(std::move(browser), options_);
  }

  static std::string unknown(const std::string& wanted) {
    std::string names;
    for (const Member& member : members)
      names += (&member == std::prev(std::end(members)) ? " or " : ", ") + std::string(member.name);
    return "AZURE_TOKEN_CREDENTIALS names no credential of this library: " +
           detail::quotable(wanted) + "; set it to prod, dev" + names;
  }

  const EnvironmentLookup& environment_;  // the caller's, for the time of one call
  CredentialOptions options_;
};

/// With AZURE_IDENTITY_DISABLE_MULTITENANTAUTH: the credential's own tenant, whatever is asked for.
class OwnTenantOnly final : public TokenCredential {
 public:
  explicit OwnTenantOnly(std::shared_ptr<TokenCredential> inner) : inner_(std::move(inner)) {}
  AccessToken get_token(const TokenRequest& request, const Context& context) override {
    TokenRequest own = request;
    own.tenant_id.clear();
    return inner_->get_token(own, context);
  }
  std::string describe() const override { return inner_->describe(); }
  std::vector<PassedOver> passed_over() const override { return inner_->passed_over(); }

 private:
  const std::shared_ptr<TokenCredential> inner_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_default_credential(const EnvironmentLookup& environment,
                                                         CredentialOptions options) {
  auto credential = Maker(environment, std::move(options)).make();
  if (detail::value_of(environment, "AZURE_IDENTITY_DISABLE_MULTITENANTAUTH").empty())
    return credential;
  return std::make_shared<OwnTenantOnly>(std::move(credential));
}

std::shared_ptr<TokenCredential> make_default_credential(CredentialOptions options) {
  return make_default_credential(lookup_in(process_environment()), std::move(options));
}

}  // namespace akv::identity
