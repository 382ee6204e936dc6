// From an error of the library to a cause and a remedy: the table of remedies.
#include "akv/mgmt/core/redact.hpp"
#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/report.hpp"

#include <algorithm>
#include <optional>

namespace akv::report {
namespace {

constexpr std::size_t longest_message = 400;

/// In a cause, `{word}` stands for the quoted text that follows `word` in the service's message
/// (`action 'x'`), `{scope}` for that after "scope", shortened. Where one is not found, `plainly`
/// is said instead. `{message}` is the service's own text, `{target}` what was addressed.
struct Entry {
  std::string_view code, cause, plainly, remedy;
};

constexpr Entry by_code[] = {
    // Signing in.
    {"AADSTS7000215", "sign-in failed: the secret of application {app} is wrong",
     "sign-in failed: the application's secret is wrong",
     "set AZURE_CLIENT_SECRET to the secret's value, not to its id"},
    {"AADSTS7000222", "sign-in failed: the secret of application {app} has expired",
     "sign-in failed: the application's secret has expired",
     "make a new secret for the application and put its value in AZURE_CLIENT_SECRET"},
    {"AADSTS700016", "sign-in failed: the tenant has no application {identifier}",
     "sign-in failed: the tenant does not know the application",
     "check AZURE_CLIENT_ID and AZURE_TENANT_ID: the application must exist in that tenant"},
    {"AADSTS90002", "sign-in failed: there is no tenant {tenant}",
     "sign-in failed: there is no such tenant",
     "check AZURE_TENANT_ID, and --cloud if the tenant is in another cloud"},
    {"AADSTS900023", "sign-in failed: {message}", "",
     "set AZURE_TENANT_ID to the tenant's id or one of its domains"},
    {"AADSTS7000112", "sign-in failed: application {identifier} is disabled",
     "sign-in failed: the application is disabled",
     "have an administrator enable the application, or use another one"},
    {"AADSTS53003", "sign-in failed: a Conditional Access policy forbids it", "",
     "ask the tenant's administrators to let this application in from here"},
    {"InvalidAuthenticationToken", "Azure does not accept the token: {message}", "",
     "check that --cloud names the cloud that the credential belongs to"},
    {"ExpiredAuthenticationToken", "Azure says that the token has expired", "",
     "check this machine's clock, then run the command again"},
    {"InvalidAuthenticationTokenTenant",
     "the subscription is in another tenant than the one that was signed in to", "",
     "set AZURE_TENANT_ID to the tenant of the subscription"},
    {"AuthenticationFailed", "Azure does not accept the sign-in: {message}", "",
     "run akv whoami to see which credential is used"},
    // Rights, policies and locks.
    {"AuthorizationFailed", "{client} lacks {action} on {scope}",
     "this sign-in lacks the right to do that",
     "a role with that action, such as Key Vault Contributor, on that scope; a new role takes "
     "minutes to hold"},
    {"LinkedAuthorizationFailed", "{client} lacks {action} on a linked resource",
     "this sign-in lacks a right on a linked resource",
     "a role with that action on the subnet or other resource that the vault names"},
    {"InsufficientPermissions", "{message}", "",
     "switching the access model needs Microsoft.Authorization/roleAssignments/write, such as from "
     "Owner or User Access Administrator"},
    {"RequestDisallowedByPolicy", "an Azure Policy forbids it: {message}", "",
     "change the manifest to what the policy asks for, or ask its owner for an exemption"},
    {"ScopeLocked", "a lock on {locked} forbids it", "a lock forbids it",
     "where the manifest names the lock, take it out, apply, and put it back; else ask its owner"},
    {"ReadOnlyDisabledSubscription", "the subscription is disabled and can only be read", "",
     "have the subscription enabled again, which is a matter of its billing"},
    // Where it acts.
    {"SubscriptionNotFound", "there is no subscription {subscription} for this sign-in",
     "there is no such subscription for this sign-in",
     "check --subscription or AZURE_SUBSCRIPTION_ID, and that the sign-in has a role there"},
    {"InvalidSubscriptionId", "the subscription id is not one: {message}", "",
     "check --subscription or AZURE_SUBSCRIPTION_ID: it is a GUID"},
    {"MissingSubscriptionRegistration",
     "the subscription is not registered to use namespace {namespace}",
     "the subscription is not registered for this kind of resource",
     "az provider register --namespace Microsoft.KeyVault, once, by somebody with Contributor"},
    {"NoRegisteredProviderFound", "this cloud does not know the kind or its api-version: {message}",
     "", "check --cloud"},
    {"InvalidApiVersionParameter", "this cloud does not know the api-version: {message}", "",
     "check --cloud"},
    {"LocationNotAvailableForResourceType", "{message}", "",
     "choose a location of that list in the manifest"},
    {"InvalidResourceGroupLocation", "{message}", "",
     "a group cannot move: write its location into the manifest as it is, or use another name"},
    {"ResourceGroupNotFound", "there is no resource group {group}",
     "there is no such resource group",
     "check its name and the subscription; akv makes it where the manifest does not say existing: "
     "true"},
    {"ResourceGroupBeingDeleted", "resource group {group} is being deleted",
     "the resource group is being deleted", "wait until it is gone, then run the command again"},
    {"ResourceNotFound", "{target} does not exist", "it does not exist",
     "somebody may have deleted it meanwhile; plan again"},
    // Vaults.
    {"VaultAlreadyExists", "the vault name {name} is in use somewhere in Azure",
     "the vault name is in use somewhere in Azure",
     "names of vaults are global, and deleted vaults keep theirs: choose another, such as one with "
     "${unique:6}"},
    {"VaultNameNotValid", "{message}", "", "choose another name in the manifest"},
    {"SoftDeletedVaultDoesNotExist", "there is no deleted vault to recover", "",
     "plan again: it was recovered or purged meanwhile"},
    {"MethodNotAllowed", "Azure does not allow it: {message}", "",
     "a vault with purge protection cannot be purged; Azure frees its name on the day shown"},
    {"ConditionNotMet", "somebody else wrote the vault at the same moment", "",
     "run the command again"},
    // Passing.
    {"SubscriptionRequestsThrottled", "Azure takes no more requests for now", "",
     "wait as long as it says, or use fewer: --parallel 4"},
    {"ResourceRequestsThrottled", "Azure takes no more requests for now: {message}", "",
     "wait as long as it says, or use fewer: --parallel 4"},
    {"TooManyRequests", "Azure takes no more requests for now", "",
     "wait a while, or use fewer: --parallel 4"},
};

/// For what has no answer from the service: found by a word in the library's own message, which
/// names the host and the reason already.
struct Symptom {
  std::string_view word, code, remedy;
};

constexpr Symptom without_answer[] = {
    {"disk is full", "disk-full", "make room for the emulator's store, then run the command again"},
    {"disk i/o error", "disk", "look after the disk of the emulator's store, then run it again"},
    {"cannot read trusted", "ca-file", "check --ca-file and AKV_CA_FILE: a file in PEM form"},
    {"certificate", "certificate-not-trusted",
     "name the authority that signed it: --ca-file FILE or AKV_CA_FILE"},
    {"tls", "no-tls", "check --cloud and AZURE_AUTHORITY_HOST: both must be https"},
    {"not http", "no-http", "check --cloud: something else listens there"},
    {"refused", "connection-refused",
     "check --cloud and AZURE_AUTHORITY_HOST, and that the service (or akv emulator) runs"},
    {"resolve", "host-not-found", "check --cloud, AZURE_AUTHORITY_HOST and this machine's DNS"},
    {"cannot connect", "connection-failed", "check --cloud and this machine's network"},
    {"deadline", "deadline", "run the command again"},
    {"stop", "interrupted", "run the command again"},
    {"no answer from", "timeout", "check the network, then run the command again"},
    {"reset", "connection-lost", "run the command again: it reads first and goes on from there"},
    {"closed", "connection-lost", "run the command again: it reads first and goes on from there"},
    {"lost", "connection-lost", "run the command again: it reads first and goes on from there"},
    {"before it was complete", "answer-cut-off",
     "run the command again; if it stays, a proxy may be in the way"},
};

struct ByStatus {
  int from, to;
  std::string_view cause, remedy;
};

constexpr ByStatus by_status[] = {
    {401, 401, "Azure does not accept the sign-in: {message}",
     "run akv whoami to see which credential is used"},
    {403, 403, "Azure forbids it: {message}",
     "ask for a role with that right, or for an exception to what forbids it"},
    {404, 404, "it does not exist: {message}", "plan again"},
    {408, 408, "Azure did not get the request in time", "run the command again"},
    {409, 409, "it conflicts with the present state: {message}", "plan again and look"},
    {412, 412, "somebody else wrote it at the same moment: {message}", "run the command again"},
    {429, 429, "Azure takes no more requests for now: {message}",
     "wait a while, or use fewer: --parallel 4"},
    {500, 599, "Azure has trouble of its own: {message}",
     "run the command again in a few minutes; if it stays, give Azure's support the request id"},
};

/// `rg-a/kv-b`, `rg-a`, `subscription 9c0d…`: an ARM id as people say it.
std::string short_scope(std::string_view id) {
  std::vector<std::string_view> parts;
  for (std::size_t i = 0; i < id.size();) {
    const std::size_t end = std::min(id.find('/', i), id.size());
    if (end > i) parts.push_back(id.substr(i, end - i));
    i = end + 1;
  }
  if (parts.size() < 2 || !ascii::equal(parts[0], "subscriptions")) return std::string(id);
  if (parts.size() == 2) return "subscription " + std::string(parts[1]);
  if (parts.size() < 4 || !ascii::equal(parts[2], "resourceGroups")) return std::string(id);
  std::string text(parts[3]);
  if (parts.size() > 4) text += "/" + std::string(parts.back());
  return text;
}

/// The text in quotes behind `word`: `scope '/subscriptions/…'`, also `name: 'x'`.
std::string quoted_after(std::string_view message, std::string_view word) {
  const std::string folded = ascii::lower(message);
  for (std::size_t at = folded.find(word); at != std::string::npos;
       at = folded.find(word, at + 1)) {
    // The end of a name, `kv-locked`, is no such word.
    if (at > 0 && message[at - 1] != ' ' && message[at - 1] != '(') continue;
    const std::size_t open = message.find_first_of("'\"", at + word.size());
    if (open == std::string_view::npos) return {};
    // A few words may stand between (`scope(s) are locked: '…'`), a sentence may not.
    if (open - at - word.size() > 12) continue;
    const std::size_t close = message.find(message[open], open + 1);
    if (close == std::string_view::npos) return {};
    return std::string(message.substr(open + 1, close - open - 1));
  }
  return {};
}

/// One line, no secret, no commands for a terminal, and not longer than people read.
std::string service_text(const ErrorInfo& error) {
  std::string flat = redact::text(error.message);
  // What follows the first line is Trace ID, Correlation ID and the like.
  flat.erase(std::min(flat.find_first_of("\r\n"), flat.size()));
  if (const std::size_t colon = flat.find(": ");
      flat.starts_with("AADSTS") && colon != std::string::npos)
    flat.erase(0, colon + 2);
  std::string text = printable(ascii::trim(flat));
  if (text.empty()) text = "it gave no reason";
  return clipped(text, longest_message);
}

/// Fills the holes of a cause; empty when the message lacks what one asks for.
std::string filled(std::string_view cause, const ErrorInfo& error) {
  std::string text;
  while (!cause.empty()) {
    const std::size_t open = cause.find('{');
    text += cause.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = cause.find('}', open);
    const std::string_view hole = cause.substr(open + 1, close - open - 1);
    std::string value;
    if (hole == "message") {
      value = service_text(error);
      if (close + 1 == cause.size() && value.ends_with(".")) value.pop_back();
    } else if (hole == "target") {
      value = short_scope(error.target);
    } else {
      value = short_scope(quoted_after(error.message, hole));
    }
    if (value.empty()) return {};
    text += printable(redact::text(value));
    cause.remove_prefix(close + 1);
  }
  return text;
}

/// `AADSTS7000215` wherever it stands: as the code, or at the head of the message.
std::string sign_in_code(const ErrorInfo& error) {
  for (const std::string* text : {&error.code, &error.message}) {
    const std::size_t at = text->find("AADSTS");
    if (at == std::string::npos) continue;
    const std::size_t end = text->find_first_not_of("0123456789", at + 6);
    if (end != at + 6) return text->substr(at, end == std::string::npos ? end : end - at);
  }
  return {};
}

/// Two different things have this code; only the text tells them apart.
Trouble conflict(const ErrorInfo& error, Trouble trouble) {
  if (ascii::lower(error.message).find("deleted state") != std::string::npos) {
    trouble.message = "a vault of that name is soft-deleted and keeps the name";
    trouble.remedy =
        "onSoftDeleted: recover brings it back, purge ends it for ever; or another name";
  } else {
    trouble.message = "somebody else is writing the same object: " + service_text(error);
    trouble.remedy = "run the command again";
  }
  return trouble;
}

Trouble from_message(const ErrorInfo& error, Trouble trouble) {
  const std::string folded = ascii::lower(error.message);
  trouble.message = service_text(error);
  for (const Symptom& symptom : without_answer) {
    if (folded.find(symptom.word) == std::string::npos) continue;
    if (trouble.code.empty()) trouble.code = symptom.code;
    trouble.remedy = symptom.remedy;
    return trouble;
  }
  if (trouble.code.empty()) trouble.code = "no-answer";
  trouble.remedy = "check the network and --cloud, then run the command again";
  return trouble;
}

Trouble common(const ErrorInfo& error) {
  Trouble trouble;
  trouble.code = printable(error.code);
  trouble.request_id = printable(error.request_id);
  return trouble;
}

Trouble unreadable_answer(const ErrorInfo& error) {
  Trouble trouble = common(error);
  // The library's own code has the form of the service's, which this is none of.
  if (trouble.code.empty() || trouble.code == "UnreadableAnswer")
    trouble.code = "unreadable-answer";
  const std::string from =
      error.target.empty() ? "" : " from " + printable(redact::url(error.target));
  trouble.message = "the answer" + from + " cannot be read: " + service_text(error);
  trouble.remedy =
      "a proxy may be in the way, or --cloud names something that is no Azure; try again";
  return trouble;
}

/// Credentials say cause and remedy themselves: `the secret of … is wrong; set …`.
std::optional<Trouble> from_credential(const ErrorInfo& error, Trouble trouble) {
  if (error.operation != "sign-in") return std::nullopt;
  const std::size_t split = error.message.rfind("; ");
  if (split == std::string::npos) return std::nullopt;
  ErrorInfo part;
  part.message = error.message.substr(0, split);
  trouble.message = "sign-in failed: " + service_text(part);
  part.message = error.message.substr(split + 2);
  trouble.remedy = service_text(part);
  if (trouble.code.empty()) trouble.code = error.status == 0 ? "no-credential" : "no-token";
  return trouble;
}

}  // namespace

Trouble explain(const ErrorInfo& error) {
  Trouble trouble = common(error);
  if (const std::string code = sign_in_code(error); !code.empty()) trouble.code = code;
  if (auto told = from_credential(error, trouble)) return *std::move(told);
  if (trouble.code == "UnreadableAnswer") return unreadable_answer(error);
  if (ascii::equal(trouble.code, "ConflictError")) return conflict(error, std::move(trouble));

  for (const Entry& entry : by_code) {
    if (!ascii::equal(entry.code, trouble.code)) continue;
    trouble.message = filled(entry.cause, error);
    if (trouble.message.empty()) trouble.message = entry.plainly;
    trouble.remedy = entry.remedy;
    return trouble;
  }
  if (trouble.code.starts_with("AADSTS")) {
    trouble.message = "sign-in failed: " + service_text(error);
    trouble.remedy = "check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET";
    return trouble;
  }
  for (const ByStatus& entry : by_status) {
    if (error.status < entry.from || error.status > entry.to) continue;
    trouble.message = filled(entry.cause, error);
    trouble.remedy = entry.remedy;
    if (trouble.code.empty()) trouble.code = "http-" + std::to_string(error.status);
    return trouble;
  }
  if (error.status == 0) return from_message(error, std::move(trouble));
  if (trouble.code.empty()) trouble.code = "http-" + std::to_string(error.status);
  trouble.message = "Azure refuses it: " + service_text(error);
  trouble.remedy = "mend what the message names, then plan again";
  return trouble;
}

Trouble explain(const AzureError& error) {
  if (dynamic_cast<const FormatError*>(&error) != nullptr) return unreadable_answer(error.info());
  return explain(error.info());
}

}  // namespace akv::report
