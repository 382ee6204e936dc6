#include "akv/emulator/vault_life.hpp"

#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/known_properties.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/time.hpp"

#include <algorithm>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

/// A vault without a retention of its own has the longest.
DeletedVault deleted(const Resource& vault, SystemTime at) {
  // Azure's dates are whole seconds, and the retention lies exactly between them.
  at = std::chrono::floor<std::chrono::seconds>(at);
  const Document body = Document::parse(vault.body);
  const Document& properties = body["properties"];
  const auto days = std::clamp<std::int64_t>(
      properties["softDeleteRetentionInDays"].int_or(max_retention), 0, max_retention);
  const SystemTime purge_at = at + std::chrono::hours(24) * days;
  const bool is_protected = properties["enablePurgeProtection"].bool_or(false);

  const Document& tags = body["tags"];
  Document shown = Document::object(
      {{"vaultId", vault.id},
       {"location", body["location"].is_string() ? body["location"] : Document(vault.location)},
       {"tags", tags.is_object() ? tags : Document::object()},
       {"deletionDate", time::format_rfc3339(at)},
       {"scheduledPurgeDate", time::format_rfc3339(purge_at)}});
  if (is_protected) shown.set("purgeProtectionEnabled", true);
  Document whole = Document::object(
      {{"id", "/subscriptions/" + vault.subscription + "/providers/Microsoft.KeyVault/locations/" +
                  vault.location + "/deletedVaults/" + vault.name},
       {"name", vault.name},
       {"type", "Microsoft.KeyVault/deletedVaults"},
       {"properties", std::move(shown)}});
  return {.subscription = vault.subscription,
          .group = vault.group,
          .name = vault.name,
          .location = vault.location,
          .vault = vault.body,
          .body = whole.dump(),
          .protected_from_purge = is_protected,
          .purge_at = purge_at};
}

}  // namespace

std::string shown_vault(std::string_view body, SystemTime ready_at, SystemTime now,
                        std::string_view api_version) {
  const bool has_system_data = at_least(api_version, "2021-04-01");
  const bool has_public_access = at_least(api_version, "2021-06-01");
  const bool ready = now >= ready_at;
  // What is stored is what most requests want: lists of a thousand are not read and written again.
  if (has_system_data && has_public_access && ready) return std::string(body);
  Document vault = Document::parse(body);
  if (!has_system_data) vault.erase("systemData");
  Document& properties = vault.set("properties");
  if (!has_public_access) properties.erase("publicNetworkAccess");
  if (!ready) properties.set("provisioningState", "RegisteringDns");
  return vault.dump();
}

std::string summary_of(const Document& body, std::string_view location) {
  Document summary = Document::object(
      {{"id", body["id"]}, {"name", body["name"]}, {"type", body["type"]}, {"location", location}});
  if (const Document* tags = body.find("tags")) summary.set("tags", *tags);
  return summary.dump();
}

void delete_resource(Store& store, const Resource& resource, SystemTime at) {
  store.remove_resource(resource.id);
  // A vault that is recovered comes back without them, as Azure says.
  ExtensionStore(store).remove_within(resource.id);
  if (ascii::equal(resource.type, vault_type)) store.put_deleted_vault(deleted(resource, at));
}

}  // namespace akv::emulator
