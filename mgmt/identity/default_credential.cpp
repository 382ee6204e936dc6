#include "akv/mgmt/identity/default_credential.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/identity/detail/chain.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/unavailable_credential.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <utility>

namespace akv::identity {
namespace {

constexpr std::string_view variable = "AZURE_TOKEN_CREDENTIALS";

/// What the variable can say, besides a name.
enum class Group {
  prod,
  dev,
  person,   // with `dev`, but only when the program wants it
  foreign,  // the Azure SDKs' alone
};

struct Member {
  std::string_view name;   // of the class in the Azure SDKs
  std::string_view title;  // for messages
  Group group;
  bool DefaultCredentialOptions::*excluded;
  std::string_view remedy;  // where this is the first of its kind that was asked
};
using Options = DefaultCredentialOptions;
constexpr std::string_view name_another = "name a credential that this library has";
constexpr Member members[] = {
    {"EnvironmentCredential", "environment", Group::prod, &Options::exclude_environment_credential,
     "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"},
    {"WorkloadIdentityCredential", "workload identity", Group::prod,
     &Options::exclude_workload_identity_credential,
     "set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE"},
    {"ManagedIdentityCredential", "managed identity", Group::prod,
     &Options::exclude_managed_identity_credential, "run it where a managed identity is assigned"},
    {"AzureCliCredential", "Azure CLI", Group::dev, &Options::exclude_cli_credential,
     "sign in with az login"},
    {"AzurePowerShellCredential", "Azure PowerShell", Group::dev,
     &Options::exclude_powershell_credential, "sign in with Connect-AzAccount"},
    {"AzureDeveloperCliCredential", "Azure Developer CLI", Group::dev,
     &Options::exclude_developer_cli_credential, "sign in with azd auth login"},
    {"InteractiveBrowserCredential", "browser", Group::person,
     &Options::exclude_interactive_browser_credential, "run it where a browser can be opened"},
    {"VisualStudioCodeCredential", "Visual Studio Code", Group::foreign, nullptr, name_another},
    {"VisualStudioCredential", "Visual Studio", Group::foreign, nullptr, name_another},
    {"SharedTokenCacheCredential", "shared token cache", Group::foreign, nullptr, name_another},
    {"BrokerCredential", "broker", Group::foreign, nullptr, name_another},
};

class RefusingCredential final : public TokenCredential {
 public:
  explicit RefusingCredential(std::string message) : message_(std::move(message)) {}
  AccessToken get_token(const TokenRequest&, const Context&) override { detail::refuse(message_); }
  std::string describe() const override { return "no credential (" + message_ + ")"; }

 private:
  const std::string message_;
};

/// `prod, dev, EnvironmentCredential, … or InteractiveBrowserCredential`
std::string choices() {
  std::string names = "prod, dev";
  for (const Member& member : members)
    if (member.group != Group::foreign)
      names.append(member.group == Group::person ? " or " : ", ").append(member.name);
  return names;
}

class Maker {
 public:
  Maker(const EnvironmentLookup& environment, CredentialOptions options,
        const DefaultCredentialOptions& chain)
      : environment_(environment),
        chain_(chain),
        wanted_(ascii::trim(detail::value_of(environment, variable))),
        options_(detail::with_variables(std::move(options), environment)) {
    // One snapshot for all tools, and not one for each.
    if (options_.environment.empty()) options_.environment = process_environment();
  }

  std::shared_ptr<TokenCredential> make() const {
    if (wanted_.empty() && chain_.require_envvar)
      return refusing(" is not set, and this program wants it to be; set it to " + choices());
    std::vector<detail::ChainLink> links;
    std::string_view first_application, first_person;
    bool known = ascii::equal(wanted_, "prod") || ascii::equal(wanted_, "dev");
    for (const Member& member : members) {
      const bool by_name = ascii::equal(wanted_, member.name);
      known = known || by_name;
      if (!by_name && !is_in_group(member)) continue;
      // The browser's default is no word of the program's.
      if (member.group != Group::person && member.excluded && chain_.*member.excluded) continue;
      std::string_view& first = member.group == Group::prod ? first_application : first_person;
      if (first.empty()) first = member.remedy;
      links.push_back({.name = std::string(member.title),
                       .credential = make(member, !by_name),
                       .lenient = member.group == Group::dev});
    }
    if (!wanted_.empty() && !known)
      return refusing(" names no credential of this library: " + detail::quotable(wanted_) +
                      "; set it to " + choices());
    if (links.empty()) return no_one_left();
    return detail::make_chain(std::move(links), remedy(first_application, first_person));
  }

 private:
  std::string value(std::string_view name) const { return detail::value_of(environment_, name); }

  bool is_in_group(const Member& member) const {
    switch (member.group) {
      case Group::prod:
        return wanted_.empty() || ascii::equal(wanted_, "prod");
      case Group::dev:
        return wanted_.empty() || ascii::equal(wanted_, "dev");
      case Group::person:
        return !(chain_.*member.excluded) && (wanted_.empty() || ascii::equal(wanted_, "dev"));
      case Group::foreign:
        break;
    }
    return false;
  }

  std::shared_ptr<TokenCredential> make(const Member& member, bool others_wait) const {
    if (member.name == "EnvironmentCredential")
      return make_environment_credential(environment_, options_);
    if (member.name == "WorkloadIdentityCredential")
      return make_workload_identity_credential(
          {.tenant_id = chain_.tenant_id,
           .client_id = chain_.workload_identity_client_id.empty()
                            ? chain_.managed_identity_client_id
                            : chain_.workload_identity_client_id},
          environment_, options_);
    if (member.name == "ManagedIdentityCredential") return managed_identity(others_wait);
    // Which tenant the tools are signed in to is theirs to know: with the variable's, meant for an
    // application, az refuses accounts that have none of their own (managed identity, Cloud Shell).
    const DeveloperToolOptions tool{.tenant_id = chain_.tenant_id,
                                    .timeout = chain_.process_timeout};
    if (member.name == "AzureCliCredential") return make_azure_cli_credential(tool, options_);
    if (member.name == "AzurePowerShellCredential")
      return make_azure_powershell_credential(tool, options_);
    if (member.name == "AzureDeveloperCliCredential")
      return make_azure_developer_cli_credential(tool, options_);
    if (member.group == Group::person) return browser();
    return detail::make_unavailable_credential(
        std::string(member.title),
        std::string(member.name) +
            " needs a library of its vendor's or a keyring, and this library uses neither");
  }

  std::shared_ptr<TokenCredential> managed_identity(bool others_wait) const {
    ManagedIdentityOptions identity{.client_id = chain_.managed_identity_client_id,
                                    .resource_id = chain_.managed_identity_resource_id,
                                    .probe = others_wait};
    if (identity.client_id.empty() && identity.resource_id.empty())
      identity.client_id = value("AZURE_CLIENT_ID");
    return make_managed_identity_credential(std::move(identity), environment_, options_);
  }

  std::shared_ptr<TokenCredential> browser() const {
    InteractiveBrowserOptions browser;
    if (std::string tenant = detail::given_or(chain_.tenant_id, environment_, "AZURE_TENANT_ID");
        !tenant.empty())
      browser.tenant_id = std::move(tenant);
    if (!chain_.interactive_browser_client_id.empty())
      browser.client_id = chain_.interactive_browser_client_id;
    return make_interactive_browser_credential(std::move(browser), options_);
  }

  static std::shared_ptr<TokenCredential> refusing(const std::string& why) {
    return std::make_shared<RefusingCredential>(std::string(variable) + why);
  }
  std::shared_ptr<TokenCredential> no_one_left() const {
    const std::string why = "this program leaves out every credential";
    return std::make_shared<RefusingCredential>(
        wanted_.empty() ? why + "; exclude fewer of them"
                        : why + " that " + std::string(variable) + " allows (" +
                              detail::quotable(wanted_) + "); clear it, or exclude fewer of them");
  }

  std::string remedy(std::string_view application, std::string_view person) const {
    std::string text(application);
    if (!person.empty()) text.append(text.empty() ? "" : ", or ").append(person);
    if (!wanted_.empty()) text.append(", or clear ").append(variable);
    return text;
  }

  // Both are the caller's, for the time of one call.
  const EnvironmentLookup& environment_;
  const DefaultCredentialOptions& chain_;
  const std::string wanted_;  // without blanks around it
  CredentialOptions options_;
};

}  // namespace

std::shared_ptr<TokenCredential> make_default_credential(const EnvironmentLookup& environment,
                                                         CredentialOptions options,
                                                         const DefaultCredentialOptions& chain) {
  return make_cached_credential(Maker(environment, std::move(options), chain).make());
}

std::shared_ptr<TokenCredential> make_default_credential(CredentialOptions options,
                                                         const DefaultCredentialOptions& chain) {
  return make_default_credential(lookup_in(process_environment()), std::move(options), chain);
}

}  // namespace akv::identity
