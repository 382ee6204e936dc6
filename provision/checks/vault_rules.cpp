#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/checks/detail/judgements.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace akv::checks {
namespace {

constexpr std::int64_t short_retention = 30, default_retention = 90;
constexpr std::size_t many_ip_rules = 100;
constexpr int everywhere = 8, wide = 16;  // Shorter prefixes than these.

bool is(const Document& value, std::string_view word) {
  return ascii::equal(value.string_or(), word);
}

// Absent members are the service's defaults, in a document that a create will send.
bool public_access_is_on(const Seen& seen) {
  const std::string_view access = seen["publicNetworkAccess"].string_or("Enabled");
  return ascii::equal(access, "Enabled");
}

bool denies_by_default(const Seen& seen) {
  return is(seen["networkAcls"]["defaultAction"], "Deny");
}

int prefix_of(std::string_view range) {
  const std::size_t slash = range.rfind('/');
  int bits = 32;
  if (slash != std::string_view::npos)
    std::from_chars(range.data() + slash + 1, range.data() + range.size(), bits);
  return bits;
}

/// Each IP rule whose prefix is in [least, below).
void ranges(const Seen& seen, int least, int below, const Report& report) {
  for (const Document& rule : items(seen["networkAcls"]["ipRules"])) {
    const std::string range(rule.string_or());
    const int bits = prefix_of(range);
    if (bits < least || bits >= below) continue;
    report("networkAcls.ipRules[" + range + "]",
           range + " lets in " + std::to_string(std::int64_t{1} << (32 - bits)) + " addresses",
           &rule);
  }
}

/// `kv-pay-prod`, `Production`: a word of the text, not a part of one.
bool speaks_of_production(std::string_view text) {
  constexpr std::array<std::string_view, 4> words{"prod", "production", "prd", "live"};
  const auto in_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  while (!text.empty()) {
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), in_word) -
                                              text.begin());
    const std::string_view word = text.substr(0, end);
    if (std::any_of(words.begin(), words.end(),
                    [word](std::string_view w) { return ascii::equal(w, word); }))
      return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

/// The group's own entry in the manifest; null where it has none.
const engine::Desired* group_of(const Seen& seen) {
  const engine::Desired& desired = seen.outlook.desired;
  const auto found = seen.estate.groups.find(
      ascii::lower("/subscriptions/" + desired.subscription + "/resourceGroups/" + desired.group));
  return found == seen.estate.groups.end() ? nullptr : found->second;
}

std::string key_of_tag(std::string_view name) {
  std::string key = ascii::lower(name);
  std::erase_if(key, [](char c) { return c == '-' || c == '_' || c == ' ' || c == '.'; });
  return key;
}

bool names_an_owner(const Document& tags) {
  constexpr std::array<std::string_view, 12> keys{
      "owner",     "team",         "contact",       "costcentre",     "costcenter", "responsible",
      "ownerteam", "serviceowner", "businessowner", "technicalowner", "ownedby",    "squad"};
  if (!tags.is_object()) return false;
  return std::any_of(
      tags.as_object().begin(), tags.as_object().end(), [&](const json::Member& tag) {
        return !tag.value.string_or().empty() &&
               std::find(keys.begin(), keys.end(), key_of_tag(tag.name)) != keys.end();
      });
}

/// A value that only carries the place of a word which became a member of Desired.
Document word_at(const engine::Desired& desired, std::string_view word) {
  Document value;
  for (const auto& [name, origin] : desired.word_origins)
    if (name == word) value.set_origin(origin);
  return value;
}

}  // namespace

void purge_protection_off(const Seen& seen, const Report& report) {
  const Document& on = seen["enablePurgeProtection"];
  if (!on.bool_or(false)) report("enablePurgeProtection", "its content can be purged", &on);
}

void retention_short(const Seen& seen, const Report& report) {
  const Document& days = seen["softDeleteRetentionInDays"];
  const std::int64_t kept = days.int_or(default_retention);
  if (kept < short_retention)
    report("softDeleteRetentionInDays", "kept for " + std::to_string(kept) + " days", &days);
}

void network_open(const Seen& seen, const Report& report) {
  if (!public_access_is_on(seen) || denies_by_default(seen)) return;
  const Document& action = seen["networkAcls"]["defaultAction"];
  const bool written = action.origin() != 0;
  report("networkAcls.defaultAction",
         "publicNetworkAccess is Enabled and networkAcls.defaultAction is Allow",
         written ? &action : &seen["publicNetworkAccess"]);
}

void trusted_services(const Seen& seen, const Report& report) {
  const Document& bypass = seen["networkAcls"]["bypass"];
  const bool closed = !public_access_is_on(seen) || denies_by_default(seen);
  if (closed && ascii::equal(bypass.string_or("AzureServices"), "AzureServices"))
    report("networkAcls.bypass", "networkAcls.bypass is AzureServices", &bypass);
}

void ip_range_everywhere(const Seen& seen, const Report& report) {
  ranges(seen, 0, everywhere, report);
}

void ip_range_wide(const Seen& seen, const Report& report) {
  ranges(seen, everywhere, wide, report);
}

void ip_rules_many(const Seen& seen, const Report& report) {
  const Document& rules = seen["networkAcls"]["ipRules"];
  if (rules.size() > many_ip_rules)
    report("networkAcls.ipRules", std::to_string(rules.size()) + " IP rules", &rules);
}

void network_rules_idle(const Seen& seen, const Report& report) {
  const Document& acls = seen["networkAcls"];
  const std::size_t rules = acls["ipRules"].size() + acls["virtualNetworkRules"].size();
  if (rules == 0) return;
  if (!public_access_is_on(seen))
    report("networkAcls", "publicNetworkAccess is not Enabled, so nobody comes to the rules",
           &acls);
  else if (!denies_by_default(seen))
    report("networkAcls", "defaultAction is Allow, so everybody else comes in too", &acls);
}

void subnet_unchecked(const Seen& seen, const Report& report) {
  for (const Document& rule : items(seen["networkAcls"]["virtualNetworkRules"])) {
    const Document& ignores = rule["ignoreMissingVnetServiceEndpoint"];
    if (!ignores.bool_or(false)) continue;
    const std::string id(rule["id"].string_or());
    report("networkAcls.virtualNetworkRules[" + ascii::lower(id) + "]",
           "ignoreMissingVnetServiceEndpoint is true for " + id, &ignores);
  }
}

void platform_access(const Seen& seen, const Report& report) {
  constexpr std::array<std::string_view, 3> switches{
      "enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"};
  for (const std::string_view name : switches)
    if (const Document& on = seen[name]; on.bool_or(false))
      report(std::string(name), std::string(name) + " is true", &on);
}

void owner_unknown(const Seen& seen, const Report& report) {
  const engine::Desired* group = group_of(seen);
  if (names_an_owner(seen["tags"]) || (group && names_an_owner(group->body["tags"]))) return;
  report("tags", "neither it nor its group has such a tag", &seen["tags"]);
}

void not_protected(const Seen& seen, const Report& report) {
  const Document& protect = seen["protect"];
  if (protect.bool_or(false)) return;
  const Document& tags = seen["tags"];
  const bool tagged =
      tags.is_object() &&
      std::any_of(tags.as_object().begin(), tags.as_object().end(), [](const json::Member& tag) {
        return key_of_tag(tag.name).starts_with("env") &&
               speaks_of_production(tag.value.string_or());
      });
  if (tagged || speaks_of_production(seen.outlook.desired.name) ||
      speaks_of_production(seen.estate.deployment.name))
    report("protect", "it looks like production and is not protected", &protect);
}

void location_open(const Seen& seen, const Report& report) {
  const engine::Desired* group = group_of(seen);
  if (seen.outlook.desired.body.find("location") || (group && group->body.find("location"))) return;
  report("location", "neither it nor its group says a location", nullptr);
}

void soft_deleted_purge(const Seen& seen, const Report& report) {
  const engine::Desired& desired = seen.outlook.desired;
  const Document place = word_at(desired, "onSoftDeleted");
  if (desired.on_soft_deleted == engine::OnSoftDeleted::purge)
    report("onSoftDeleted", "onSoftDeleted is purge", &place);
}

void adopt_left_in(const Seen& seen, const Report& report) {
  const Document place = word_at(seen.outlook.desired, "adopt");
  if (seen.outlook.desired.adopt && seen.outlook.ours)
    report("adopt", "it carries the mark of this deployment", &place);
}

}  // namespace akv::checks
