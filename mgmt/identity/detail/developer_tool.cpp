#include "akv/mgmt/identity/detail/developer_tool.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/identity/detail/crypto.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/token_answer.hpp"
#include "akv/mgmt/identity/detail/token_client.hpp"
#include "akv/mgmt/identity/detail/variables.hpp"

#include <algorithm>
#include <utility>

namespace akv::identity::detail {
namespace {

using Ending = CommandResult::Ending;

constexpr std::chrono::minutes refresh_ahead{5};

bool is_scope(std::string_view text) {
  return !text.empty() && text.size() <= 1024 && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_' || c == ':' || c == '/';
         });
}

bool is_subscription(std::string_view text) {
  return text.empty() || (text.size() <= 256 && text.front() != '-' &&
                          std::none_of(text.begin(), text.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < ' '; }));
}

std::string in_seconds(std::chrono::milliseconds time) {
  return std::to_string(time.count() / 1000) + "." + std::to_string(time.count() % 1000 / 100) +
         " s";
}

std::string ending_of(const CommandResult& result) {
  switch (result.ending) {
    case Ending::exited:
      return "exit code " + std::to_string(result.exit_code);
    case Ending::signalled:
      return "signal " + std::to_string(result.exit_code);
    case Ending::not_started:
      return "not started";
    case Ending::timed_out:
      return "ended after its time";
    case Ending::too_long:
      return "ended for what it printed";
    case Ending::stopped:
      return "ended on request";
    case Ending::unknown:
      break;
  }
  return "an end that cannot be told";
}

/// What to quote of a failed tool: from its "ERROR" on, as warnings stand before it.
std::string_view reason_in(std::string_view messages, std::string_view err) {
  for (const std::string_view text : {messages, err})
    if (const auto error = text.find("ERROR"); error != std::string_view::npos)
      return text.substr(error);
  return messages.empty() ? err : messages;
}

}  // namespace

DeveloperTool::DeveloperTool(ToolNames names, DeveloperToolOptions tool, CredentialOptions options)
    : names_(names),
      tool_(std::move(tool)),
      options_(with_variables(std::move(options))),
      environment_(options_.environment.empty() ? process_environment() : options_.environment) {}

std::string DeveloperTool::tenant_of(const TokenRequest& request) const {
  const bool other = !options_.disable_multitenant_auth && !request.tenant_id.empty() &&
                     !ascii::equal(request.tenant_id, tool_.tenant_id);
  const std::string& tenant = other ? request.tenant_id : tool_.tenant_id;
  if (!tenant.empty() && (!is_tenant(tenant) || tenant.front() == '-'))
    refuse("the tenant is neither a GUID nor a domain name; check AZURE_TENANT_ID");
  // Without a tenant of its own the tool's user may be asked for any.
  if (other && !tool_.tenant_id.empty() &&
      !is_allowed_tenant(tenant, options_.additionally_allowed_tenants))
    refuse(std::string(names_.title) + " is not to ask for tokens of tenant " + tenant +
           "; name that tenant, or *, in AZURE_ADDITIONALLY_ALLOWED_TENANTS");
  return tenant;
}

const std::string& DeveloperTool::scope_of(const TokenRequest& request) const {
  if (request.scopes.size() != 1 || !is_scope(request.scopes.front()))
    refuse(std::string(names_.title) +
           " gives tokens for one scope at a time; ask for one such as "
           "https://management.azure.com/.default");
  if (!is_subscription(tool_.subscription))
    refuse("the subscription to sign in with is neither an id nor a name; check it");
  return request.scopes.front();
}

void DeveloperTool::refuse_claims(const std::string& command, std::string_view version) const {
  unavailable("the service asks for another sign-in, which " + std::string(names_.title) +
              " cannot do by itself; run " + command + " (needs " + std::string(version) + ")");
}

std::string DeveloperTool::run(std::vector<std::string> arguments,
                               const std::vector<std::string_view>& not_signed_in,
                               const Context& context) const {
  const std::string program(names_.program), title(names_.title);
  context.check();
  const auto file = find_program(names_.program, environment_);
  if (!file) unavailable(program + " is not installed (not found on PATH)");
  Command command{
      .arguments = std::move(arguments), .environment = environment_, .timeout = tool_.timeout};
  command.arguments.insert(command.arguments.begin(), *file);
  command.environment["NO_COLOR"] = "true";
  command.environment["AZURE_CORE_NO_COLOR"] = "true";
  const auto begun = context.clock->steady_now();
  CommandResult result = run_command(command, context);
  log_run(result, begun, context);

  switch (result.ending) {
    case Ending::not_started:
      unavailable(*file + " cannot be run: " + result.reason);
    case Ending::timed_out:
      unavailable(program + " did not answer within " + in_seconds(tool_.timeout));
    case Ending::too_long:
      unavailable(program + " printed more than " + std::to_string(command.max_output) +
                  " bytes in place of a token");
    case Ending::signalled:
      unavailable(program + " was ended by signal " + std::to_string(result.exit_code));
    case Ending::stopped:
      throw CancelledError({.message = program + " was ended: the deadline has passed, or a stop "
                                                 "was requested",
                            .operation = "sign-in",
                            .attempts = 0});
    case Ending::unknown:  // then what it printed has to tell
    case Ending::exited:
      break;
  }
  const bool known = result.ending == Ending::exited;
  if (known ? result.exit_code == 0 : !result.out.empty()) return std::move(result.out);
  // What env and shells say of an interpreter that is missing.
  if (result.exit_code == 127)
    unavailable(program + " is not installed completely (exit code 127)");
  // News may stand in JSON, and the reason beside it.
  const std::string messages = read_tool_messages(result.out + '\n' + result.err);
  const auto says = [&](std::string_view word) {
    return messages.find(word) != std::string::npos || result.err.find(word) != std::string::npos;
  };
  // Entra ID's own refusals advise a new sign-in too; their reason is what counts.
  const bool refused_by_entra = says("AADSTS");
  for (const std::string_view sign : not_signed_in)
    if (!refused_by_entra && says(sign))
      unavailable("nobody is signed in to " + title + "; run " + std::string(names_.sign_in));
  if (!known)
    unavailable(program +
                " printed nothing, and how it ended cannot be told: this program ignores SIGCHLD "
                "or waits for children that are not its own; let it wait for its own only");
  const std::string said = quotable(reason_in(messages, result.err));
  refuse(title + " gives no token (exit code " + std::to_string(result.exit_code) + ")" +
         (said.empty() ? "" : ": " + said) + "; run " + std::string(names_.sign_in));
}

void DeveloperTool::log_run(const CommandResult& result, Clock::SteadyTime begun,
                            const Context& context) const {
  if (!options_.log) return;
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(context.clock->steady_now() - begun);
  const bool good = result.ending == Ending::exited && result.exit_code == 0;
  options_.log->write(good ? LogLevel::info : LogLevel::warning,
                      "sign-in: " + std::string(names_.program) + " -> " + ending_of(result) +
                          " in " + std::to_string(took.count()) + " ms");
}

AccessToken DeveloperTool::token(std::optional<ToolToken> printed, const Context& context) const {
  const auto now = context.clock->now();
  // What it printed may be most of a token, and is not shown.
  if (!printed || !is_token_text(printed->token) || printed->expires_on <= now)
    refuse(std::string(names_.title) + " printed no token that can be read; update it, and run " +
           std::string(names_.sign_in));
  const auto end = printed->expires_on;
  const auto ahead = std::min<Clock::SystemTime::duration>(refresh_ahead, (end - now) / 2);
  return {.token = std::move(printed->token), .expires_on = end, .refresh_on = end - ahead};
}

std::string claims_option(const TokenRequest& request) { return base64(request.claims); }

std::string resource_of(const std::string& scope) {
  constexpr std::string_view ending = "/.default";
  return scope.ends_with(ending) ? scope.substr(0, scope.size() - ending.size()) : scope;
}

}  // namespace akv::identity::detail
