/// What the credentials of developers' tools have in common.
#pragma once
#include "akv/mgmt/identity/detail/command.hpp"
#include "akv/mgmt/identity/detail/tool_answer.hpp"
#include "akv/mgmt/identity/developer_credentials.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::identity::detail {

/// A tool: how it is called in messages, and how one signs in to it.
struct ToolNames {
  std::string_view program;  ///< `az`; these three view literals.
  std::string_view title;    ///< `the Azure CLI`
  std::string_view sign_in;  ///< `az login`
};

class DeveloperTool {
 public:
  DeveloperTool(ToolNames names, DeveloperToolOptions tool, CredentialOptions options);

  /// The tenant to ask for; empty for the tool's own. Throws AuthenticationError for one that may
  /// not be asked for, and for what is no tenant.
  std::string tenant_of(const TokenRequest& request) const;
  /// The one scope, of which nothing can be taken for an option or code.
  const std::string& scope_of(const TokenRequest& request) const;
  const std::string& subscription() const { return tool_.subscription; }

  /// For claims that the tool cannot ask for by itself: throws CredentialUnavailableError, which
  /// tells the person to run `command`, that knows them since `version`.
  [[noreturn]] void refuse_claims(const std::string& command, std::string_view version) const;

  /// What it prints when it exits with 0. Throws CredentialUnavailableError where it cannot be run
  /// or `not_signed_in` is in what it says, and AuthenticationError for other failures.
  std::string run(std::vector<std::string> arguments,
                  const std::vector<std::string_view>& not_signed_in, const Context& context) const;
  /// What it printed. Throws AuthenticationError where that is no token, or one whose end has come.
  AccessToken token(std::optional<ToolToken> printed, const Context& context) const;
  const ToolNames& names() const { return names_; }

 private:
  void log_run(const CommandResult& result, Clock::SteadyTime begun, const Context& context) const;

  const ToolNames names_;
  const DeveloperToolOptions tool_;
  const CredentialOptions options_;
  const Environment environment_;
};

/// A claims challenge as the tools' options take it.
std::string claims_option(const TokenRequest& request);

/// `https://management.azure.com` of `https://management.azure.com/.default`.
std::string resource_of(const std::string& scope);

}  // namespace akv::identity::detail
