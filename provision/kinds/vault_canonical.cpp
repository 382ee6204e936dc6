#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/kinds/vault_documents.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace akv::kinds {
namespace {

using json::Member;

Document with_origin(Document value, const Document& from) {
  value.set_origin(from.origin());
  return value;
}

Document lower_case(const Document& text) {
  return with_origin(ascii::lower(text.string_or()), text);
}

// "North Central US" and northcentralus are the same place.
Document usual_location(const Document& text) {
  std::string location = ascii::lower(text.string_or());
  std::erase(location, ' ');
  return with_origin(std::move(location), text);
}

// Words whose case the service echoes as it was sent.
Document usual_word(const Document& text, std::initializer_list<std::string_view> words) {
  for (const auto word : words)
    if (ascii::equal(word, text.string_or())) return with_origin(word, text);
  return text;
}

Document usual_sku(const Document& sku) {
  const Document& name = sku.is_object() ? sku["name"] : sku;
  return with_origin(ascii::lower(name.string_or()), sku);
}

Document usual_rights(std::string_view category, const Document& words) {
  Document::Array set;
  if (words.is_array())
    for (const auto& word : words.as_array())
      set.push_back(with_origin(usual_permission(category, word.string_or()), word));
  std::stable_sort(set.begin(), set.end(), [](const Document& a, const Document& b) {
    return a.as_string() < b.as_string();
  });
  set.erase(std::unique(set.begin(), set.end()), set.end());
  return with_origin(Document(std::move(set)), words);
}

// One entry is one value: a category that it does not name has no permissions.
Document usual_policy(const Document& entry, std::string_view tenant) {
  Document usual = Document::object();
  const Document& own_tenant = entry["tenantId"];
  usual.set("tenantId", own_tenant.is_string() ? lower_case(own_tenant) : Document(tenant));
  usual.set("objectId", lower_case(entry["objectId"]));
  if (const Document& application = entry["applicationId"]; application.is_string())
    usual.set("applicationId", lower_case(application));
  const Document& permissions = entry["permissions"];
  Document rights = with_origin(Document::object(), permissions);
  for (const auto category : permission_categories()) {
    const Document* words = permissions.find_ignoring_case(category);
    rights.set(category, words ? usual_rights(category, *words) : Document::array());
  }
  usual.set("permissions", std::move(rights));
  if (const Document* state = entry.find("state")) usual.set("state", *state);
  usual.set_origin(entry.origin());
  return usual;
}

bool gives_nothing(const Document& policy) {
  for (const auto category : permission_categories())
    if (policy["permissions"][category].size() > 0) return false;
  return true;
}

int compare_policies(const Document& a, const Document& b) {
  constexpr std::array<std::string_view, 3> identity{"tenantId", "objectId", "applicationId"};
  for (const auto member : identity)
    if (const int order = a[member].string_or().compare(b[member].string_or())) return order;
  return 0;
}

// The service does not refuse two entries of one principal everywhere; together they are a union.
void join_policies(Document& into, const Document& from) {
  for (const auto category : permission_categories()) {
    Document& words = into.set("permissions").set(category);
    for (const auto& word : from["permissions"][category].as_array()) words.push_back(word);
    words = usual_rights(category, words);
  }
}

Document usual_policies(const Document& list, std::string_view tenant) {
  Document::Array usual;
  if (list.is_array()) {
    usual.reserve(list.size());
    for (const auto& entry : list.as_array()) usual.push_back(usual_policy(entry, tenant));
  }
  std::stable_sort(usual.begin(), usual.end(),
                   [](const Document& a, const Document& b) { return compare_policies(a, b) < 0; });
  Document::Array joined;
  joined.reserve(usual.size());
  for (auto& entry : usual) {
    if (!joined.empty() && compare_policies(joined.back(), entry) == 0)
      join_policies(joined.back(), entry);
    else
      joined.push_back(std::move(entry));
  }
  return with_origin(Document(std::move(joined)), list);
}

constexpr std::string_view ignores_missing = "ignoreMissingVnetServiceEndpoint";

// 1.2.3.4 is answered as 1.2.3.4/32; one published example has quotes inside.
Document usual_address(const Document& rule) {
  const Document& value = rule.is_object() ? rule["value"] : rule;
  std::string address(ascii::trim(value.string_or()));
  std::erase(address, '\'');
  if (address.find('/') == std::string::npos) address += "/32";
  return with_origin(std::move(address), value);
}

Document usual_subnet(const Document& rule) {
  Document usual = Document::object();
  usual.set("id", rule["id"]);
  if (const Document* ignores = rule.find(ignores_missing); ignores && ignores->is_bool())
    usual.set(ignores_missing, *ignores);
  usual.set_origin(rule.origin());
  return usual;
}

std::string address_key(const Document& rule) { return rule.as_string(); }
std::string subnet_key(const Document& rule) { return ascii::lower(rule["id"].string_or()); }

template <class Usual, class Key>
Document usual_rules(const Document& list, Usual usual, Key key) {
  Document::Array rules;
  if (list.is_array())
    for (const auto& rule : list.as_array()) rules.push_back(usual(rule));
  std::stable_sort(rules.begin(), rules.end(),
                   [key](const Document& a, const Document& b) { return key(a) < key(b); });
  rules.erase(std::unique(rules.begin(), rules.end(),
                          [key](const Document& a, const Document& b) { return key(a) == key(b); }),
              rules.end());
  return with_origin(Document(std::move(rules)), list);
}

// Only the members that are there, in a fixed order.
Document usual_network(const Document& acls) {
  Document usual = Document::object();
  if (const Document* bypass = acls.find("bypass"))
    usual.set("bypass", usual_word(*bypass, {"AzureServices", "None"}));
  if (const Document* action = acls.find("defaultAction"))
    usual.set("defaultAction", usual_word(*action, {"Allow", "Deny"}));
  if (const Document* rules = acls.find("ipRules"))
    usual.set("ipRules", usual_rules(*rules, usual_address, address_key));
  if (const Document* rules = acls.find("virtualNetworkRules"))
    usual.set("virtualNetworkRules", usual_rules(*rules, usual_subnet, subnet_key));
  usual.set_origin(acls.origin());
  return usual;
}

void fill(Document& object, std::string_view name, Document value) {
  const Document* there = object.find(name);
  if (!there || there->is_null()) object.set(name, std::move(value));
}

constexpr std::array<std::string_view, 6> switches{
    "enabledForDeployment",    "enabledForDiskEncryption", "enabledForTemplateDeployment",
    "enableRbacAuthorization", "enablePurgeProtection",    "enableSoftDelete"};

// `properties` is the flattened form on either side; only members that are there are taken.
Document usual_members(const Document& location, const Document& properties,
                       std::string_view tenant) {
  Document usual = Document::object();
  if (location.is_string()) usual.set("location", usual_location(location));
  if (const Document* sku = properties.find("sku")) usual.set("sku", usual_sku(*sku));
  if (const Document* id = properties.find("tenantId"); id && id->is_string())
    usual.set("tenantId", lower_case(*id));
  for (const auto name : switches)
    if (const Document* value = properties.find(name); value && value->is_bool())
      usual.set(name, *value);
  if (const Document* days = properties.find("softDeleteRetentionInDays");
      days && days->is_number())
    usual.set("softDeleteRetentionInDays", *days);
  if (const Document* access = properties.find("publicNetworkAccess");
      access && access->is_string())
    usual.set("publicNetworkAccess",
              usual_word(*access, {"Enabled", "Disabled", "SecuredByPerimeter"}));
  if (const Document* acls = properties.find("networkAcls"); acls && acls->is_object())
    usual.set("networkAcls", usual_network(*acls));
  if (const Document* policies = properties.find("accessPolicies");
      policies && policies->is_array())
    usual.set("accessPolicies", usual_policies(*policies, tenant));
  return usual;
}

}  // namespace

Document canonical_vault(const Document& live) {
  const Document& properties = live["properties"];
  const std::string_view tenant = properties["tenantId"].string_or();
  Document usual = usual_members(live["location"], properties, tenant);

  // What the service leaves out where it has its default. A null access model of an old vault means
  // access policies, whatever the default of a newer api-version is.
  for (const auto name : switches) fill(usual, name, name == "enableSoftDelete");
  const bool retention_is_set = usual.find("softDeleteRetentionInDays") != nullptr;
  fill(usual, "softDeleteRetentionInDays", 90);
  fill(usual, "publicNetworkAccess", "Enabled");
  fill(usual, "accessPolicies", Document::array());
  // An entry without any permission gives nobody anything: it equals no entry, on both sides.
  std::erase_if(usual.set("accessPolicies").as_array(), gives_nothing);
  Document& acls = usual.set("networkAcls");
  fill(acls, "bypass", "AzureServices");
  fill(acls, "defaultAction", "Allow");
  fill(acls, "ipRules", Document::array());
  fill(acls, "virtualNetworkRules", Document::array());
  for (Document& rule : acls.set("virtualNetworkRules").as_array())
    fill(rule, ignores_missing, false);

  usual.set("tags", foreign_tags(live));
  usual.set("protect", protect_stands(live));
  // Not a property of the manifest, so never compared: once set, a retention is fixed.
  usual.set("retentionIsSet", retention_is_set);
  return usual;
}

Document canonical_vault_body(const Document& body, std::string_view tenant) {
  const std::string own_tenant = ascii::lower(body["tenantId"].string_or(tenant));
  Document usual = usual_members(body["location"], body, own_tenant);
  if (Document* policies = usual.find("accessPolicies"))
    for (auto& entry : policies->as_array())
      if (gives_nothing(entry)) entry.set("state", "absent");
  if (const Document* tags = body.find("tags")) usual.set("tags", *tags);
  if (const Document* protect = body.find("protect")) usual.set("protect", *protect);
  usual.set_origin(body.origin());
  return usual;
}

}  // namespace akv::kinds
