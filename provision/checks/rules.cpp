#include "akv/provision/checks/rules.hpp"

#include "akv/provision/checks/detail/judgements.hpp"

#include <array>

namespace akv::checks {
namespace {

constexpr auto high = engine::Severity::high;
constexpr auto medium = engine::Severity::medium;
constexpr auto low = engine::Severity::low;

constexpr Rule table[] = {
    // What can be lost or entered at once.
    {{"purge-protection-off", high, "Purge protection is off",
      "Whoever may purge can end a deleted vault, and every key, secret and backup that depends on "
      "it, for ever.",
      "enablePurgeProtection: true; it cannot be switched off again"},
     purge_protection_off},
    {{"network-open", high, "Any network can reach the vault",
      "A token that leaks is enough to read secrets from anywhere.",
      "publicNetworkAccess: Disabled, or networkAcls: {defaultAction: Deny} with the rules needed"},
     network_open},
    {{"ip-range-everywhere", high, "An IP rule lets in much of the Internet",
      "A range shorter than /8 takes in whole providers and countries, so the firewall is one in "
      "name only.",
      "the addresses that callers really have, as /24 or narrower"},
     ip_range_everywhere},
    {{"can-purge", high, "A principal can purge, and purge protection is off",
      "One stolen or mistaken call ends keys and secrets that nothing can bring back.",
      "enablePurgeProtection: true, and take purge (and all) out of the entry, or give a narrower "
      "role"},
     nullptr,
     Of::all_vaults,
     nullptr,
     can_purge},
    {{"foreign-tenant", high, "An access policy is for another tenant",
      "Its principals are governed by somebody else: their joining, leaving and sign-in rules.",
      "take the entry out, or share through a guest or an application of your own tenant"},
     foreign_tenant,
     Of::all_vaults},
    {{"soft-deleted-purge", high, "A deleted vault of that name would be purged",
      "onSoftDeleted: purge ends whatever the deleted vault still holds as soon as the name is "
      "wanted again.",
      "onSoftDeleted: recover, or fail and decide once"},
     soft_deleted_purge},

    // What goes wrong one day.
    {{"retention-short", medium, "Deleted vaults are kept for less than 30 days",
      "A deletion that is noticed after a holiday is noticed too late.",
      "softDeleteRetentionInDays: 90; it can be set only while the vault is made"},
     retention_short},
    {{"ip-range-wide", medium, "An IP rule is wider than /16",
      "Over 65,536 addresses are more than one company's way out.",
      "the addresses that callers really have, as /24 or narrower"},
     ip_range_wide},
    {{"not-protected", medium, "A production vault may be deleted by any run",
      "Without protect a teardown, or an entry that leaves the manifest, is a typed name away from "
      "deleting it.",
      "protect: true"},
     not_protected},
    {{"permissions-all", medium, "A principal has all permissions",
      "`all` takes in purge and whatever Azure adds later.",
      "name the permissions that are needed, or one of the built-in permission sets"},
     permissions_all,
     Of::all_vaults},
    {{"uses-and-manages-keys", medium, "A principal both uses and manages keys",
      "Who can sign or decrypt and also replace or delete keys can cover the tracks of either.",
      "two principals: one that uses keys, one that manages them"},
     uses_and_manages_keys,
     Of::all_vaults},
    {{"nobody-administers", medium, "No principal can administer the vault",
      "Nobody can set a secret or make a key without giving themselves access first.",
      "an entry for a group of administrators"},
     nullptr,
     Of::own_vaults,
     nullptr,
     nobody_administers},
    {{"single-administrator", medium, "One principal alone can administer the vault",
      "When that account or application goes, so does the way in.",
      "an entry for a group (type: Group), or a second administrator"},
     nullptr,
     Of::own_vaults,
     nullptr,
     single_administrator},
    {{"user-direct", medium, "A user has access of their own, not through a group",
      "It stays when the person changes teams, and no review of groups shows it.",
      "an entry for a group that the user is in"},
     user_direct,
     Of::access},
    {{"role-gives-roles", medium, "A role lets its holder give roles",
      "Who may give roles has every other one as well, as soon as they want it.",
      "such roles at the subscription, for administrators of access alone"},
     role_gives_roles,
     Of::roles},
    {{"policies-idle", medium, "Access policies stand on a vault that goes by roles",
      "They do nothing now, and give everything again on the day the vault is switched back.",
      "accessPolicies: [] before the switch, or take them out"},
     policies_idle},
    {{"policies-many", medium, "The vault is near the limit of access policies",
      "Azure takes 1,024; the next ones are refused in the middle of a change.",
      "groups in place of single principals, or enableRbacAuthorization: true"},
     policies_many,
     Of::all_vaults},
    {{"purges-in-many-vaults", medium, "One principal may purge in many vaults",
      "A single credential that leaks could end all of them.",
      "take purge out, and give it for the hour in which it is needed"},
     nullptr,
     Of::estate,
     purges_in_many_vaults},
    {{"role-assignments-many", medium, "A subscription is near the limit of role assignments",
      "Azure takes 4,000; the next ones are refused in the middle of a change.",
      "assignments to groups, or at the resource group in place of each vault"},
     nullptr,
     Of::estate,
     role_assignments_many},

    // What a reader should know.
    {{"access-legacy", low, "Access goes by access policies, not by roles",
      "Roles can be given for one secret, expire, and show in Azure's access reviews.",
      "enableRbacAuthorization: true with roleAssignments"},
     access_legacy},
    {{"trusted-services", low, "Trusted Azure services pass the firewall",
      "Microsoft's list of them is long, and changes without asking.",
      "networkAcls: {bypass: None}, where no such service needs the vault"},
     trusted_services},
    {{"network-rules-idle", low, "Network rules have no effect",
      "They look like a firewall, but access is open, or closed to all of them.",
      "networkAcls: {defaultAction: Deny} with publicNetworkAccess: Enabled, or take them out"},
     network_rules_idle},
    {{"ip-rules-many", low, "The vault has over 100 IP rules",
      "Nobody can say whose they are, and old ones are never taken out.",
      "a private endpoint or a subnet rule in their place"},
     ip_rules_many},
    {{"subnet-unchecked", low, "A subnet rule does without the service endpoint",
      "The rule lets nobody in until the subnet has one, and no error says so.",
      "add the Microsoft.KeyVault endpoint, take ignoreMissingVnetServiceEndpoint out"},
     subnet_unchecked},
    {{"platform-access", low, "Azure itself may fetch secrets",
      "Whoever may deploy machines, disks or templates can read secrets without any access policy.",
      "false, where no deployment uses it"},
     platform_access},
    {{"purge-idle", low, "A principal may purge what is protected against it",
      "Purge protection refuses it until the retention ends; then it works.",
      "take purge out of the entry, or give a role without it"},
     nullptr,
     Of::all_vaults,
     nullptr,
     purge_idle},
    {{"policies-merged", low, "Access policies of others are left alone",
      "manage: {accessPolicies: merge} keeps every entry that somebody adds by hand.",
      "exact, once all of them are in the manifest"},
     policies_merged},
    {{"application-compound", low, "An access policy binds a user to an application",
      "Few applications sign in that way today, and portals hide such entries.",
      "an entry for the application alone"},
     application_compound,
     Of::all_vaults},
    {{"principal-unnamed", low, "An access policy is for an id that has no name",
      "Whose it is shows in no review, and nobody notices when its owner is gone.",
      "give the id a name under principals, or take the entry out"},
     principal_unnamed,
     Of::all_vaults},
    {{"principal-unused", low, "A principal is declared and not used",
      "It reads as if it had access.", "take it out of principals"},
     nullptr,
     Of::estate,
     principal_unused},
    {{"owner-unknown", low, "No tag says who owns the vault",
      "When it breaks, or must be rotated, nobody knows whom to ask.",
      "tags: {owner: ...} (or team, contact, cost-centre), also in defaults"},
     owner_unknown},
    {{"location-open", low, "The manifest does not say where the vault is",
      "Made anew, it goes wherever its resource group is by then.",
      "location, on the vault, its group or in defaults"},
     location_open},
    {{"adopt-left-in", low, "adopt is still there after the vault was taken over",
      "It would take the next stranger of that name over without asking.", "take adopt: true out"},
     adopt_left_in},
};

constexpr auto ids = [] {
  std::array<std::string_view, std::size(table)> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = table[i].info.id;
  return out;
}();

}  // namespace

const Document::Array& items(const Document& list) {
  static const auto* const none = new Document::Array;
  return list.is_array() ? list.as_array() : *none;
}

std::span<const Rule> rules() { return table; }
std::span<const std::string_view> rule_ids() { return ids; }

}  // namespace akv::checks
