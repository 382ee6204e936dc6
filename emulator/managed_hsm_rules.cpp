#include "akv/emulator/managed_hsm_rules.hpp"

#include "akv/emulator/key_vault_errors.hpp"
#include "akv/emulator/known_properties.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"

#include <algorithm>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

struct Sku {
  std::string_view family, name, since;
};
constexpr Sku skus[] = {{"B", "Standard_B1", ""},
                        {"B", "Custom_B32", ""},
                        {"B", "Custom_B6", ""},
                        {"C", "Custom_C42", "2024-11-01"},
                        {"C", "Custom_C10", "2024-11-01"}};

Document acls_of(const Document& sent) {
  Document acls = network_acls_of(sent);
  // Unlike a vault it shows the default too.
  if (acls.is_null())
    acls = Document::object({{"bypass", "AzureServices"},
                             {"defaultAction", "Allow"},
                             {"ipRules", Document::array()},
                             {"virtualNetworkRules", Document::array()}});
  const Document* tags = sent.find("serviceTags");
  if (!tags || !tags->size()) return acls;
  for (const Document& tag : tags->as_array())
    if (tag["tag"].string_or().empty()) throw errors::invalid_value("networkAcls.serviceTags");
  acls.set("serviceTags", *tags);
  return acls;
}

Document region(std::string_view name, const char* state, bool primary) {
  return Document::object({{"name", name}, {"provisioningState", state}, {"isPrimary", primary}});
}

const Document* region_named(const Document& regions, std::string_view name) {
  if (!regions.is_array()) return nullptr;
  for (const Document& candidate : regions.as_array())
    if (short_region(candidate["name"].string_or()) == short_region(name)) return &candidate;
  return nullptr;
}

/// What is new is Provisioning, what is not named any more is Deleting; the primary region stays.
Document regions_of(const Document& stored, const Document& sent, std::string_view location) {
  Document result = Document::array();
  if (!region_named(sent, location)) result.push_back(region(location, "Succeeded", true));
  for (const Document& wanted : sent.as_array()) {
    const std::string_view name = wanted["name"].string_or();
    if (!is_region(name)) throw errors::hsm_region_invalid(name);
    const bool primary = short_region(name) == short_region(location);
    if (region_named(result, name) || wanted["isPrimary"].bool_or(primary) != primary)
      throw errors::invalid_value("regions");
    const Document* old = region_named(stored, name);
    result.push_back(old ? *old : region(name, primary ? "Succeeded" : "Provisioning", primary));
  }
  if (stored.is_array())
    for (const Document& old : stored.as_array())
      if (!region_named(result, old["name"].string_or()))
        result.push_back(region(old["name"].string_or(), "Deleting", false));
  return result;
}

Document administrators_of(const Document& sent) {
  const Document* ids = sent.find("initialAdminObjectIds");
  const bool good = ids && ids->size() &&
                    std::all_of(ids->as_array().begin(), ids->as_array().end(),
                                [](const Document& id) { return is_uuid(id.string_or()); });
  if (!good) throw errors::invalid_value("initialAdminObjectIds");
  return *ids;
}

/// `sent` where it is the first, else what is stored; another one is refused.
Document fixed(const Document& stored, const Document& sent, const char* name,
               const Document& otherwise) {
  const Document* old = stored.find(name);
  const Document* value = sent.find(name);
  if (old && value && !(*old == *value) &&
      !ascii::equal(old->string_or("a"), value->string_or("b")))
    throw errors::cannot_be_modified(name);
  return old ? *old : value ? *value : otherwise;
}

}  // namespace

bool is_hsm_name(std::string_view name) { return is_vault_name(name); }

Document hsm_sku_of(const Document& sent, std::string_view api_version) {
  for (const Sku& sku : skus)
    if (ascii::equal(sku.name, sent["name"].string_or()) &&
        ascii::equal(sku.family, sent["family"].string_or()) &&
        (sku.since.empty() || at_least(api_version, sku.since)))
      return Document::object({{"family", sku.family}, {"name", sku.name}});
  throw errors::invalid_value("sku");
}

Document apply_hsm_properties(Change change, const Document& stored, const Document& sent,
                              std::string_view location) {
  Document result = stored.is_object() ? stored : Document::object();
  const Document tenant = fixed(stored, sent, "tenantId", {});
  if (!is_uuid(tenant.string_or()))
    throw errors::bad_json("The value of 'tenantId' must be a GUID.");
  result.set("tenantId", tenant);
  // They are who may activate it, once: later ones change nothing.
  if (change == Change::create) result.set("initialAdminObjectIds", administrators_of(sent));

  if (!sent["enableSoftDelete"].bool_or(true)) throw errors::soft_delete_stays();
  result.set("enableSoftDelete", true);
  const Document retention = fixed(stored, sent, "softDeleteRetentionInDays", max_retention);
  if (retention.int_or(0) < min_retention || retention.int_or(0) > max_retention)
    throw errors::invalid_value("softDeleteRetentionInDays");
  result.set("softDeleteRetentionInDays", retention);
  // Published as on by default, recorded as off. Unlike a vault's it is shown, and never goes back.
  const bool was_protected = stored["enablePurgeProtection"].bool_or(false);
  const bool is_protected = sent["enablePurgeProtection"].bool_or(was_protected);
  if (was_protected && !is_protected) throw errors::purge_protection_stays();
  result.set("enablePurgeProtection", is_protected);

  if (change != Change::patch || sent.find("networkAcls"))
    result.set("networkAcls", acls_of(sent["networkAcls"]));
  // One of a single region shows an empty list, and may be sent it back.
  if (const Document* regions = sent.find("regions");
      regions && (regions->size() || stored["regions"].size()))
    result.set("regions", regions_of(stored["regions"], *regions, location));
  else if (!result.find("regions"))
    result.set("regions", Document::array());
  if (change != Change::patch || sent.find("publicNetworkAccess")) {
    const std::string_view access = sent["publicNetworkAccess"].string_or("Enabled");
    if (!ascii::equal(access, "Enabled") && !ascii::equal(access, "Disabled"))
      throw errors::invalid_value("publicNetworkAccess");
    result.set("publicNetworkAccess", ascii::equal(access, "Enabled") ? "Enabled" : "Disabled");
  }
  return result;
}

}  // namespace akv::emulator
