#include "akv/emulator/vault_rules.hpp"

#include "akv/emulator/arm_errors.hpp"
#include "akv/emulator/known_properties.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <iterator>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

/// `sent` in the spelling of `words`. Throws the refusal for `property` where it is none of them.
std::string_view one_of(const Document& sent, std::initializer_list<std::string_view> words,
                        std::string_view property) {
  for (std::string_view word : words)
    if (ascii::equal(word, sent.string_or())) return word;
  throw errors::invalid_value(property);
}

Document sku_of(const Document& sent) {
  const Document& family = sent["family"];
  const Document& name = sent["name"];
  return Document::object({{"family", one_of(family, {"A"}, "sku")},
                           {"name", one_of(name, {"standard", "premium"}, "sku")}});
}

bool is_octets(std::string_view text) {
  for (int part = 0; part < 4; ++part) {
    unsigned value = 0;
    const char* end = text.data() + text.size();
    const auto [next, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || value > 255) return false;
    text = {next, static_cast<std::size_t>(end - next)};
    if (part == 3) return text.empty();
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
  }
  return false;
}

/// An address or range as it comes back: a single address as /32.
Document ip_rule_of(const Document& sent) {
  const std::string_view value = sent["value"].string_or();
  // The service takes, and keeps, a value in quotes; its published example shows one.
  std::string_view bare = value;
  if (bare.size() > 2 && bare.front() == '\'' && bare.back() == '\'')
    bare = bare.substr(1, bare.size() - 2);
  const std::size_t slash = bare.find('/');
  bool good = is_octets(bare.substr(0, slash));
  if (slash != bare.npos) {
    unsigned bits = 0;
    const char* end = bare.data() + bare.size();
    const auto [next, error] = std::from_chars(bare.data() + slash + 1, end, bits);
    good = good && error == std::errc{} && next == end && bits <= 32;
  }
  if (!good) throw errors::invalid_value("networkAcls.ipRules");
  return Document::object(
      {{"value", slash == bare.npos ? std::string(value) + "/32" : std::string(value)}});
}

bool all_of_tenant(const Document& policies, std::string_view tenant) {
  if (!policies.is_array()) return true;
  return std::all_of(
      policies.as_array().begin(), policies.as_array().end(),
      [&](const Document& policy) { return ascii::equal(policy["tenantId"].string_or(), tenant); });
}

/// What Key Vault itself fills in or checks; everything else in `stored` is unknown to it.
constexpr std::string_view own_members[] = {"sku",
                                            "tenantId",
                                            "networkAcls",
                                            "accessPolicies",
                                            "enabledForDeployment",
                                            "enabledForDiskEncryption",
                                            "enabledForTemplateDeployment",
                                            "enableSoftDelete",
                                            "softDeleteRetentionInDays",
                                            "enableRbacAuthorization",
                                            "enablePurgeProtection",
                                            "vaultUri",
                                            "provisioningState",
                                            "publicNetworkAccess"};

}  // namespace

Document network_acls_of(const Document& sent) {
  std::string_view bypass = "AzureServices", action = "Allow";
  if (const Document* value = sent.find("bypass"))
    bypass = one_of(*value, {"AzureServices", "None"}, "networkAcls.bypass");
  if (const Document* value = sent.find("defaultAction"))
    action = one_of(*value, {"Allow", "Deny"}, "networkAcls.defaultAction");
  Document ip_rules = Document::array(), subnet_rules = Document::array();
  if (const Document* rules = sent.find("ipRules")) {
    if (rules->size() > max_ip_rules)
      throw errors::too_many("networkAcls.ipRules", rules->size(), max_ip_rules);
    for (const Document& rule : rules->as_array()) ip_rules.push_back(ip_rule_of(rule));
  }
  if (const Document* rules = sent.find("virtualNetworkRules")) {
    if (rules->size() > max_subnet_rules)
      throw errors::too_many("networkAcls.virtualNetworkRules", rules->size(), max_subnet_rules);
    for (const Document& rule : rules->as_array()) {
      if (!rule["id"].string_or().starts_with('/'))
        throw errors::invalid_value("networkAcls.virtualNetworkRules");
      subnet_rules.push_back(rule);
    }
  }
  if (bypass == "AzureServices" && action == "Allow" && !ip_rules.size() && !subnet_rules.size())
    return {};
  return Document::object({{"bypass", bypass},
                           {"defaultAction", action},
                           {"ipRules", std::move(ip_rules)},
                           {"virtualNetworkRules", std::move(subnet_rules)}});
}

bool is_vault_name(std::string_view name) {
  auto letter = [](char c) { return ascii::to_lower(c) >= 'a' && ascii::to_lower(c) <= 'z'; };
  auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.size() < 3 || name.size() > 24 || !letter(name.front()) || name.back() == '-')
    return false;
  return name.find("--") == name.npos && std::all_of(name.begin(), name.end(), [&](char c) {
           return letter(c) || digit(c) || c == '-';
         });
}

Document apply_properties(Change change, const Document& stored, const Document& sent,
                          std::string_view vault, std::string_view api_version) {
  Document result = Document::object();
  // A PUT replaces what it may; a PATCH keeps what it does not name, unseen: another writer's hand
  // may have left what we would not take.
  auto kept = [&](std::string_view name) -> const Document* {
    return change == Change::patch ? stored.find(name) : nullptr;
  };
  auto take = [&](std::string_view name) {
    const Document* value = sent.find(name);
    if (!value) value = kept(name);
    if (value) result.set(name, *value);
  };

  if (const Document* sku = sent.find("sku"))
    result.set("sku", sku_of(*sku));
  else if (const Document* old = kept("sku"))
    result.set("sku", *old);
  else
    throw errors::invalid_value("sku");

  take("tenantId");
  const std::string tenant(result["tenantId"].string_or());
  if (tenant.empty()) throw errors::invalid_value("tenantId");
  if (sent.find("tenantId") && !is_uuid(tenant))
    throw errors::bad_json("The value of 'tenantId' must be a GUID.");

  if (const Document* sent_acls = sent.find("networkAcls")) {
    Document acls = network_acls_of(*sent_acls);
    if (!acls.is_null()) result.set("networkAcls", std::move(acls));
  } else {
    take("networkAcls");
  }

  result.set("accessPolicies", Document::array());
  if (const Document* policies = sent.find("accessPolicies")) {
    result.set("accessPolicies", check_access_policies(*policies, tenant));
  } else {
    take("accessPolicies");
    if (!all_of_tenant(result["accessPolicies"], tenant))
      throw errors::invalid_value("accessPolicies");
  }

  result.set("enabledForDeployment", false);
  take("enabledForDeployment");
  take("enabledForDiskEncryption");
  take("enabledForTemplateDeployment");

  if (!sent["enableSoftDelete"].bool_or(true)) throw errors::soft_delete_stays();
  result.set("enableSoftDelete", true);

  const Document* retention = stored.find("softDeleteRetentionInDays");
  if (const Document* days = sent.find("softDeleteRetentionInDays")) {
    const auto number = days->int_or(0);
    if (number < min_retention || number > max_retention)
      throw errors::invalid_value("softDeleteRetentionInDays");
    if (retention && !(*retention == *days)) throw errors::retention_stays();
    retention = days;
  }
  if (retention) result.set("softDeleteRetentionInDays", *retention);

  // Updates leave it alone, whatever the api-version.
  const Document* rbac = sent.find("enableRbacAuthorization");
  if (!rbac) rbac = stored.find("enableRbacAuthorization");
  if (rbac)
    result.set("enableRbacAuthorization", *rbac);
  else if (change == Change::create && at_least(api_version, "2026-02-01"))
    result.set("enableRbacAuthorization", true);

  if (!sent["enablePurgeProtection"].bool_or(true)) throw errors::purge_protection_stays();
  if (sent["enablePurgeProtection"].bool_or(stored["enablePurgeProtection"].bool_or(false)))
    result.set("enablePurgeProtection", true);

  result.set("vaultUri", "https://" + ascii::lower(vault) + ".vault.azure.net/");
  result.set("provisioningState", "Succeeded");

  result.set("publicNetworkAccess", "Enabled");
  if (const Document* access = sent.find("publicNetworkAccess"))
    result.set("publicNetworkAccess", one_of(*access, {"Enabled", "Disabled", "SecuredByPerimeter"},
                                             "publicNetworkAccess"));
  else if (const Document* old = stored.find("publicNetworkAccess");
           old && (change == Change::patch || !at_least(api_version, "2021-06-01")))
    // An api-version that does not know it cannot reset it either.
    result.set("publicNetworkAccess", *old);

  if (stored.is_object())
    for (const json::Member& member : stored.as_object())
      if (std::find(std::begin(own_members), std::end(own_members), member.name) ==
          std::end(own_members))
        result.set(member.name, member.value);
  put_first(result, {"sku", "tenantId", "privateEndpointConnections"});
  return result;
}

}  // namespace akv::emulator
