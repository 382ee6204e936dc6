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

/// How the service names a type once it is soft-deleted.
struct SoftDeleted {
  std::string_view type, collection, id_member;
};
constexpr SoftDeleted soft_deleted[] = {{vault_type, "deletedVaults", "vaultId"},
                                        {hsm_type, "deletedManagedHSMs", "mhsmId"}};

constexpr std::size_t max_tag_name = 512, max_tag_value = 256;

/// `2022-06-27T10:53:22.72Z`: this provider's times end with the last digit that is not zero.
std::string milliseconds_of(SystemTime at) {
  std::string text = time::format_rfc3339_ticks(at);
  text.resize(std::string_view("2022-06-27T10:53:22.720").size());
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text + 'Z';
}

std::size_t characters(std::string_view text) {
  // A continuation byte is no character of its own.
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80;
  }));
}

/// One without a retention of its own has the longest.
DeletedResource deleted(const Resource& resource, const SoftDeleted& names, SystemTime at) {
  // Azure's dates are whole seconds, and the retention lies exactly between them.
  at = std::chrono::floor<std::chrono::seconds>(at);
  const Document body = Document::parse(resource.body);
  const Document& properties = body["properties"];
  const auto days = std::clamp<std::int64_t>(
      properties["softDeleteRetentionInDays"].int_or(max_retention), 0, max_retention);
  const SystemTime purge_at = at + std::chrono::hours(24) * days;
  const bool is_protected = properties["enablePurgeProtection"].bool_or(false);
  const std::string collection(names.collection);

  const Document& tags = body["tags"];
  Document shown = Document::object(
      {{std::string(names.id_member), resource.id},
       {"location", body["location"].is_string() ? body["location"] : Document(resource.location)},
       {"tags", tags.is_object() ? tags : Document::object()},
       {"deletionDate", time::format_rfc3339(at)},
       {"scheduledPurgeDate", time::format_rfc3339(purge_at)}});
  if (is_protected) shown.set("purgeProtectionEnabled", true);
  Document whole =
      Document::object({{"id", "/subscriptions/" + resource.subscription +
                                   "/providers/Microsoft.KeyVault/locations/" + resource.location +
                                   "/" + collection + "/" + resource.name},
                        {"name", resource.name},
                        {"type", "Microsoft.KeyVault/" + collection},
                        {"properties", std::move(shown)}});
  return {.id = resource.id,
          .subscription = resource.subscription,
          .group = resource.group,
          .type = std::string(names.type),
          .name = resource.name,
          .location = resource.location,
          .resource = resource.body,
          .body = whole.dump(),
          .protected_from_purge = is_protected,
          .purge_at = purge_at};
}

}  // namespace

std::string shown_vault(std::string_view body, SystemTime ready_at, SystemTime now,
                        std::string_view api_version) {
  const bool has_system_data = at_least(api_version, "2021-04-01");
  // The newest of those that are not in every version.
  const bool has_public_access = at_least(api_version, "2021-06-01");
  const bool ready = now >= ready_at;
  // What is stored is what most requests want: lists of a thousand are not read and written again.
  if (has_system_data && has_public_access && ready) return std::string(body);
  Document vault = Document::parse(body);
  if (!has_system_data) vault.erase("systemData");
  if (!has_public_access) hide_newer(vault, vault_properties(), api_version);
  Document& properties = vault.set("properties");
  if (!ready) properties.set("provisioningState", "RegisteringDns");
  return vault.dump();
}

void touch(const Call& call, Document& body) {
  Document& data = body.set("systemData");
  if (!data.is_object()) data = Document::object();
  data.set("lastModifiedBy", call.caller.by());
  data.set("lastModifiedByType", call.caller.kind());
  data.set("lastModifiedAt", milliseconds_of(call.now));
}

Document created_by(const Call& call) {
  return Document::object({{"createdBy", call.caller.by()},
                           {"createdByType", call.caller.kind()},
                           {"createdAt", milliseconds_of(call.now)}});
}

void check_tags(const Document& tags) {
  if (tags.size() > max_tags) throw errors::too_many_tags(tags.size(), max_tags);
  if (!tags.is_object()) return;
  for (const json::Member& tag : tags.as_object()) {
    if (characters(tag.name) > max_tag_name)
      throw errors::bad_tag("its name is longer than " + std::to_string(max_tag_name) +
                            " characters.");
    if (tag.name.find_first_of("<>%&\\?/") != tag.name.npos)
      throw errors::bad_tag("its name must not hold any of <, >, %, &, \\, ?, /.");
    if (characters(tag.value.string_or()) > max_tag_value)
      throw errors::bad_tag("the value of '" + tag.name + "' is longer than " +
                            std::to_string(max_tag_value) + " characters.");
  }
}

Document checked_tags(const Document& sent) {
  check_tags(sent);
  return sent.is_object() ? sent : Document::object();
}

std::string summary_of(const Document& body, std::string_view location) {
  Document summary = Document::object(
      {{"id", body["id"]}, {"name", body["name"]}, {"type", body["type"]}, {"location", location}});
  for (const char* name : {"sku", "tags"})
    if (const Document* value = body.find(name)) summary.set(name, *value);
  return summary.dump();
}

void delete_resource(Store& store, const Resource& resource, SystemTime at) {
  store.remove_resource(resource.id);
  // A vault that is recovered comes back without them, as Azure says.
  ExtensionStore(store).remove_within(resource.id);
  for (const SoftDeleted& names : soft_deleted)
    if (ascii::equal(resource.type, names.type))
      return store.put_deleted(deleted(resource, names, at));
}

}  // namespace akv::emulator
