#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/kinds/vault_documents.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::FieldChange;
using engine::ListMode;
using json::Member;

bool names(const Change& change, std::string_view property) {
  return std::any_of(change.fields.begin(), change.fields.end(),
                     [property](const FieldChange& field) { return field.property == property; });
}

Document sku_to_send(const Document& name, const Document& live) {
  Document sku = live.is_object() ? live : Document::object({{"family", "A"}});
  sku.set("name", name);
  return sku;
}

// The entry's own identity and its non-empty categories.
Document policy_to_send(const Document& canonical) {
  Document entry = Document::object();
  for (const auto* member : {"tenantId", "objectId", "applicationId"})
    if (const Document* id = canonical.find(member)) entry.set(member, *id);
  Document permissions = Document::object();
  for (const auto category : permission_categories())
    if (const Document& words = canonical["permissions"][category]; words.size() > 0)
      permissions.set(category, words);
  entry.set("permissions", std::move(permissions));
  return entry;
}

bool is_absent(const Document& entry) { return entry["state"].string_or() == "absent"; }

bool same_principal(const Document& live, const Document& key) {
  return ascii::equal(live["objectId"].string_or(), key["objectId"].string_or()) &&
         ascii::equal(live["tenantId"].string_or(), key["tenantId"].string_or()) &&
         ascii::equal(live["applicationId"].string_or(), key["applicationId"].string_or());
}

const Document* find_live_policy(const Document& live, const Document& key) {
  const Document* list = live.at_path({"properties", "accessPolicies"});
  if (!list || !list->is_array()) return nullptr;
  for (const auto& entry : list->as_array())
    if (same_principal(entry, key)) return &entry;
  return nullptr;
}

// The whole list that shall be, each entry built upon the live one so that members which we do not
// know survive.
Document exact_policies(const Change& change) {
  Document list = Document::array();
  for (const auto& wanted : change.desired["accessPolicies"].as_array()) {
    if (is_absent(wanted)) continue;
    Document entry = policy_to_send(wanted);
    if (const Document* live = find_live_policy(change.live, wanted)) {
      Document kept = *live;
      kept.set("permissions", entry["permissions"]);
      entry = std::move(kept);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

Document address_to_send(const Document& rule) { return Document::object({{"value", rule}}); }

Document subnet_to_send(const Document& rule) {
  Document sent = Document::object({{"id", rule["id"]}});
  if (rule["ignoreMissingVnetServiceEndpoint"].bool_or(false))
    sent.set("ignoreMissingVnetServiceEndpoint", true);
  return sent;
}

std::string_view rule_key(const Document& rule, std::string_view member) {
  return rule.is_object() ? rule[member].string_or() : rule.string_or();
}

std::string comparable(std::string_view key, std::string_view member) {
  std::string text = ascii::lower(key);
  if (member == "value" && text.find('/') == std::string::npos) text += "/32";
  return text;
}

// exact: the wanted rules, each live one as it stands. merge: the live ones, then what is new.
Document rules_to_send(const Document& wanted, const Document& live, std::string_view member,
                       ListMode mode, Document (*to_send)(const Document&)) {
  Document list = Document::array();
  std::set<std::string> wanted_keys;
  for (const auto& rule : wanted.as_array())
    wanted_keys.insert(comparable(rule_key(rule, member), member));
  std::set<std::string> live_keys;
  if (live.is_array())
    for (const auto& rule : live.as_array()) {
      const std::string key = comparable(rule_key(rule, member), member);
      if (mode == ListMode::exact && !wanted_keys.contains(key)) continue;
      live_keys.insert(key);
      Document kept = rule;
      if (member == "id")
        for (const auto& w : wanted.as_array())
          if (const Document* ignores = w.find("ignoreMissingVnetServiceEndpoint");
              ignores && comparable(rule_key(w, member), member) == key)
            kept.set("ignoreMissingVnetServiceEndpoint", *ignores);
      list.push_back(std::move(kept));
    }
  for (const auto& rule : wanted.as_array())
    if (!live_keys.contains(comparable(rule_key(rule, member), member)))
      list.push_back(to_send(rule));
  return list;
}

// networkAcls are replaced whole by the service: start from the live ones.
Document network_to_send(const Document& wanted, const Document& live, ListMode mode) {
  Document acls = live.is_object()
                      ? live
                      : Document::object({{"bypass", "AzureServices"}, {"defaultAction", "Allow"}});
  for (const auto* member : {"bypass", "defaultAction"})
    if (const Document* value = wanted.find(member)) acls.set(member, *value);
  if (const Document* rules = wanted.find("ipRules"))
    acls.set("ipRules", rules_to_send(*rules, live["ipRules"], "value", mode, address_to_send));
  if (const Document* rules = wanted.find("virtualNetworkRules"))
    acls.set("virtualNetworkRules",
             rules_to_send(*rules, live["virtualNetworkRules"], "id", mode, subnet_to_send));
  return acls;
}

// Tags that the fields change, null for a removal.
Document changed_tags(const Change& change) {
  Document tags = Document::object();
  for (const auto& field : change.fields)
    if (field.property == "tags" && !field.entry.empty()) tags.set(field.entry, field.after);
  return tags;
}

ListMode mode_of(const Change& change, std::string_view property, ListMode fallback) {
  if (change.adopts || change.source.existing) return ListMode::merge;
  const auto found = change.source.manage.find(property);
  return found != change.source.manage.end() ? found->second : fallback;
}

bool is_switched_off_protection(std::string_view name, const Document& value) {
  return name == "enablePurgeProtection" && !value.bool_or(false);
}

// An add or remove request's entries, one for each principal that the fields name.
template <class Words>
Document policies_of_fields(const Change& change, Words words) {
  Document list = Document::array();
  for (const auto& field : change.fields) {
    if (field.property != "accessPolicies" || !field.leaf.starts_with("permissions.")) continue;
    const std::string category = field.leaf.substr(std::string_view("permissions.").size());
    Document set = words(field, category);
    if (set.size() == 0) continue;
    Document* entry = nullptr;
    for (auto& known : list.as_array())
      if (same_principal(known, field.key)) entry = &known;
    if (!entry) {
      Document fresh = Document::object();
      for (const auto* member : {"tenantId", "objectId", "applicationId"})
        if (const Document& id = field.key[member]; id.is_string()) fresh.set(member, id);
      fresh.set("permissions", Document::object());
      list.push_back(std::move(fresh));
      entry = &list.as_array().back();
    }
    entry->set("permissions").set(category, std::move(set));
  }
  if (list.size() == 0) return {};
  return Document::object({{"properties", Document::object({{"accessPolicies", list}})}});
}

bool contains_word(const Document& set, std::string_view word) {
  if (!set.is_array()) return false;
  return std::any_of(set.as_array().begin(), set.as_array().end(), [word](const Document& other) {
    return ascii::equal(other.string_or(), word);
  });
}

}  // namespace

ListMode policies_mode(const Change& change) {
  return mode_of(change, "accessPolicies", ListMode::exact);
}

Document create_body(const Document& canonical, std::string_view deployment) {
  Document properties = Document::object();
  properties.set("tenantId", canonical["tenantId"]);
  properties.set("sku", sku_to_send(canonical["sku"], {}));
  Document policies = Document::array();
  if (const Document* list = canonical.find("accessPolicies"))
    for (const auto& entry : list->as_array())
      if (!is_absent(entry)) policies.push_back(policy_to_send(entry));
  properties.set("accessPolicies", std::move(policies));
  for (const auto* name :
       {"enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment",
        "enableSoftDelete", "softDeleteRetentionInDays", "enableRbacAuthorization",
        "enablePurgeProtection", "publicNetworkAccess"})
    if (const Document* value = canonical.find(name))
      if (!is_switched_off_protection(name, *value)) properties.set(name, *value);
  if (const Document* acls = canonical.find("networkAcls"))
    properties.set("networkAcls", network_to_send(*acls, {}, ListMode::exact));

  Document body = Document::object();
  body.set("location", canonical["location"]);
  body.set("tags", tags_to_send({}, canonical["tags"], deployment, canonical["protect"]));
  body.set("properties", std::move(properties));
  return body;
}

Document patch_body(const Change& change, ListMode policies_mode, std::string_view deployment) {
  const Document& live = change.live["properties"];
  Document properties = Document::object();
  std::string done;
  for (const auto& field : change.fields) {
    const std::string& name = field.property;
    if (name == done || name == "tags" || name == "protect") continue;
    done = name;
    const Document& wanted = change.desired[name];
    if (name == "accessPolicies") {
      if (policies_mode == ListMode::exact) properties.set(name, exact_policies(change));
    } else if (name == "networkAcls") {
      properties.set(name,
                     network_to_send(wanted, live[name], mode_of(change, name, ListMode::exact)));
    } else if (name == "sku") {
      properties.set(name, sku_to_send(wanted, live[name]));
    } else if (!is_switched_off_protection(name, wanted)) {
      properties.set(name, wanted);
    }
  }
  Document body = Document::object();
  if (change.adopts || names(change, "tags") || names(change, "protect"))
    body.set("tags",
             tags_to_send(change.live, changed_tags(change),
                          change.source.existing ? std::string_view() : deployment,
                          names(change, "protect") ? change.desired["protect"] : Document()));
  if (properties.size() > 0) body.set("properties", std::move(properties));
  return body.size() > 0 ? body : Document();
}

Document recover_body(const Document& canonical) {
  return Document::object(
      {{"location", canonical["location"]},
       {"properties", Document::object({{"tenantId", canonical["tenantId"]},
                                        {"sku", sku_to_send(canonical["sku"], {})},
                                        {"createMode", "recover"}})}});
}

Document policies_to_add(const Change& change) {
  return policies_of_fields(change, [](const FieldChange& field, const std::string&) {
    Document gained = Document::array();
    if (field.after.is_array())
      for (const auto& word : field.after.as_array())
        if (!contains_word(field.before, word.string_or())) gained.push_back(word);
    return gained;
  });
}

Document policies_to_remove(const Change& change) {
  return policies_of_fields(change, [&change](const FieldChange& field,
                                              const std::string& category) {
    Document lost = Document::array();
    const Document* live = find_live_policy(change.live, field.key);
    const Document* words = live ? (*live)["permissions"].find_ignoring_case(category) : nullptr;
    if (words && words->is_array())
      for (const auto& word : words->as_array())
        if (!contains_word(field.after, word.string_or())) lost.push_back(word);
    return lost;
  });
}

}  // namespace akv::kinds
