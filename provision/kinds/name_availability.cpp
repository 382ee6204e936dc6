#include "akv/provision/kinds/name_availability.hpp"

#include "akv/mgmt/keyvault/vaults.hpp"
#include "akv/provision/kinds/at_once.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Desired;
using engine::HeldName;

constexpr std::size_t shown = 3;  // Names in a warning.

/// What was said of a name; nothing where it is free.
struct Answer {
  std::optional<HeldName> held{};
  std::optional<ErrorInfo> error{};
};

std::string_view last_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }

HeldName held_by_another(std::string name) {
  std::string message = "names of vaults are global, and " + name +
                        " is held by someone else: by a vault that you cannot see, live or "
                        "soft-deleted";
  return {
      .kind = "vault",
      .name = std::move(name),
      .code = "name-taken",
      .message = std::move(message),
      .remedy = "choose another name; ${unique:6} in it makes one that hardly anybody else has"};
}

HeldName held_by_nobody(std::string name, const std::string& why) {
  std::string message = "Azure takes " + name + " for no name of a vault";
  if (!why.empty()) message += ": " + why;
  return {.kind = "vault",
          .name = std::move(name),
          .code = "name-invalid",
          .message = std::move(message),
          .remedy =
              "3 to 24 letters, digits and single hyphens; the first is a letter, the last no "
              "hyphen"};
}

Answer ask(const Desired& desired, const Connection& connection, const Context& context) {
  const VaultsOperations vaults(connection.client, desired.subscription,
                                connection.keyvault_api_version);
  std::string name(last_name(desired.name));
  try {
    const CheckNameAvailabilityResult said =
        vaults.check_name_availability({.name = name}, {.context = context});
    if (!said.name_available)
      return {.error = ErrorInfo{.message = "the answer does not say whether it is available"}};
    if (*said.name_available) return {};
    if (said.reason.value_or("") == name_unavailable_reason::account_name_invalid)
      return {.held = held_by_nobody(std::move(name), said.message.value_or(""))};
    return {.held = held_by_another(std::move(name))};
  } catch (const CancelledError&) {
    throw;
  } catch (const AzureError& e) {
    return {.error = e.info()};
  }
}

std::string not_asked(const std::vector<const Desired*>& names, std::size_t first) {
  return "whether the names of " + std::to_string(names.size() - first) + " of " +
         std::to_string(names.size()) +
         " new vaults are free was not asked; --preflight asks for "
         "all";
}

/// Those that fail do so for one reason, mostly.
std::string unknown(const std::vector<std::string>& names, const ErrorInfo& why) {
  std::string text = "could not ask whether ";
  for (std::size_t i = 0; i < std::min(names.size(), shown); ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
  text += names.size() == 1 ? " is free: " : " are free: ";
  if (!why.code.empty()) text += why.code + ", ";
  text += why.message;
  return text + (text.ends_with(".") ? " A" : ". A") +
         " name that someone else holds would show only when apply creates the vault";
}

}  // namespace

std::size_t ask_for_names(engine::Planner& planner, const Connection& connection, std::size_t most,
                          const Context& context, std::vector<std::string>& warnings) {
  const std::vector<const Desired*> names = planner.names_to_claim();
  const std::size_t asked = std::min(names.size(), most);
  const std::vector<Answer> answers =
      at_once(asked, [&](std::size_t i) { return ask(*names[i], connection, context); });
  std::vector<std::string> failed;
  const ErrorInfo* why = nullptr;
  for (std::size_t i = 0; i < asked; ++i) {
    if (answers[i].held) planner.observe(*answers[i].held);
    if (!answers[i].error) continue;
    failed.emplace_back(last_name(names[i]->name));
    if (why == nullptr) why = &*answers[i].error;
  }
  if (why != nullptr) warnings.push_back(unknown(failed, *why));
  if (asked < names.size() && most > 0) warnings.push_back(not_asked(names, asked));
  return asked;
}

}  // namespace akv::kinds
