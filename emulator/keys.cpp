// Keys of vaults and of managed HSMs. Nothing of a key's material exists here: what the answers say
// of it is what was asked for, and the service's defaults.
#include "akv/emulator/children.hpp"
#include "akv/emulator/key_vault_properties.hpp"
#include "akv/emulator/member_order.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr const char* rsa_operations[] = {"encrypt", "decrypt", "sign",
                                          "verify",  "wrapKey", "unwrapKey"};
constexpr const char* curve_operations[] = {"sign", "verify"};
constexpr int rsa_sizes[] = {2048, 3072, 4096};

std::string_view one_of(const Document& sent, std::initializer_list<std::string_view> words,
                        std::string_view property) {
  for (std::string_view word : words)
    if (ascii::equal(word, sent.string_or())) return word;
  throw errors::invalid_value(property);
}

Document operations_of(const Document& sent, bool curve) {
  Document result = Document::array();
  if (const Document* wanted = sent.find("keyOps")) {
    for (const Document& word : wanted->as_array())
      result.push_back(one_of(
          word,
          {"encrypt", "decrypt", "sign", "verify", "wrapKey", "unwrapKey", "import", "release"},
          "keyOps"));
  } else if (curve) {
    for (const char* word : curve_operations) result.push_back(word);
  } else {
    for (const char* word : rsa_operations) result.push_back(word);
  }
  return result;
}

/// What can be undone of a key's deletion: the data plane follows its vault. Customized is what is
/// kept for less than the longest time.
const char* recovery_level(const Resource& parent) {
  const Document body = Document::parse(parent.body);
  const Document& properties = body["properties"];
  const bool customized =
      properties["softDeleteRetentionInDays"].int_or(max_retention) < max_retention;
  if (properties["enablePurgeProtection"].bool_or(false))
    return customized ? "CustomizedRecoverable" : "Recoverable";
  return customized ? "CustomizedRecoverable+Purgeable" : "Recoverable+Purgeable";
}

Document attributes_of(const Document& sent, const Resource& parent, std::int64_t now) {
  Document result = Document::object({{"enabled", sent["enabled"].bool_or(true)}});
  for (const char* name : {"nbf", "exp"})
    if (const Document* value = sent.find(name)) result.set(name, *value);
  result.set("created", now);
  result.set("updated", now);
  result.set("recoveryLevel", recovery_level(parent));
  if (const Document* exportable = sent.find("exportable")) result.set("exportable", *exportable);
  return result;
}

Document rotation_policy_of(const Document& sent, std::int64_t now) {
  Document policy = sent;
  if (const Document* actions = sent.find("lifetimeActions"))
    for (const Document& action : actions->as_array())
      one_of(action["action"]["type"], {"rotate", "notify"}, "rotationPolicy.lifetimeActions");
  Document& attributes = policy.set("attributes");
  attributes.set("created", now);
  attributes.set("updated", now);
  return policy;
}

Document properties_of(const Call& call, const Document& sent, const Resource& parent,
                       const std::string& uri, const std::string& version) {
  const std::string_view kty = one_of(sent["kty"], {"RSA", "RSA-HSM", "EC", "EC-HSM"}, "kty");
  const bool curve = kty.starts_with("EC");
  if (sent.find(curve ? "keySize" : "curveName"))
    throw errors::invalid_value(curve ? "keySize" : "curveName");
  const std::int64_t now = epoch_seconds(call.now);
  Document result =
      Document::object({{"attributes", attributes_of(sent["attributes"], parent, now)},
                        {"kty", kty},
                        {"keyOps", operations_of(sent, curve)}});
  if (curve) {
    const Document* name = sent.find("curveName");
    result.set("curveName",
               name ? one_of(*name, {"P-256", "P-384", "P-521", "P-256K"}, "curveName") : "P-256");
  } else {
    const std::int64_t size = sent["keySize"].int_or(rsa_sizes[0]);
    if (std::find(std::begin(rsa_sizes), std::end(rsa_sizes), size) == std::end(rsa_sizes))
      throw errors::invalid_value("keySize");
    result.set("keySize", size);
  }
  result.set("keyUri", uri);
  result.set("keyUriWithVersion", uri + "/" + version);
  if (const Document* policy = sent.find("rotationPolicy"))
    result.set("rotationPolicy", rotation_policy_of(*policy, now));
  if (const Document* policy = sent.find("release_policy")) {
    Document stored = *policy;
    if (!stored.find("contentType")) stored.set("contentType", "application/json; charset=utf-8");
    result.set("release_policy", std::move(stored));
  }
  return result;
}

Child made(const Call& call, const Resource& parent, Child child, const Document& tags,
           const Document& properties, std::string_view parent_id) {
  Document body = Document::object({{"id", child.id}, {"name", child.name}, {"type", child.type}});
  // A managed HSM's keys are of no region.
  if (!is_hsm(parent)) body.set("location", parent.location);
  if (tags.size()) body.set("tags", tags);
  body.set("properties", properties);
  child.body = body.dump();
  call.store.put_child(parent_id, child);
  return child;
}

/// Makes a key that is not there yet; one that is there stays as it is, whatever was sent.
http::Response put(Call& call) {
  const Resource parent = parent_of(call);
  const std::string_view name = call.path["key"];
  check_object_name(name, "keyName");
  const Document sent = call.read_body(key_properties());
  const Document tags = checked_tags(sent["tags"]);
  const std::string version = new_version(call.random);
  const Child key = new_child(parent.id, type_of(parent), "keys", name);
  const Document properties = properties_of(call, sent["properties"], parent,
                                            data_plane(parent) + ":443/keys/" + key.name, version);
  if (const auto existing = call.store.child(key.id)) return answer(200, existing->body);
  made(call, parent, new_child(key.id, key.type, "versions", version), tags, properties, key.id);
  return answer(200, made(call, parent, key, tags, properties, parent.id).body);
}

Child need(const Call& call, const Resource& parent) {
  return need_child(call, parent, "keys", call.path["key"]);
}

/// A notice a month before the end, until somebody sets another policy.
Document usual_rotation_policy() {
  return Document::object(
      {{"lifetimeActions", Document::array({Document::object(
                               {{"trigger", Document::object({{"timeBeforeExpiry", "P30D"}})},
                                {"action", Document::object({{"type", "Notify"}})}})})}});
}

/// Only here is the usual rotation policy shown, where there is no other. Managed HSMs have none:
/// nobody could be notified.
http::Response get(Call& call) {
  const Resource parent = parent_of(call);
  Child key = need(call, parent);
  if (is_hsm(parent)) return answer(200, std::move(key.body));
  Document body = Document::parse(key.body);
  Document& properties = body.set("properties");
  if (properties.find("rotationPolicy")) return answer(200, std::move(key.body));
  properties.set("rotationPolicy", usual_rotation_policy());
  put_first(properties, {"attributes", "rotationPolicy"});
  return answer(200, body);
}

bool is_version(std::string_view text) {
  return text.size() == 32 && text.find_first_not_of("0123456789abcdefABCDEF") == text.npos;
}

http::Response get_version(Call& call) {
  const Resource parent = parent_of(call);
  const Child key = need(call, parent);
  if (!is_version(call.path["version"])) throw errors::invalid_value("keyVersion");
  return answer(
      200, need_child(call, parent, "keys/" + key.name + "/versions", call.path["version"]).body);
}

/// Lists say where a key is and whether it may be used, not what it is.
std::string listed(const Child& child, std::initializer_list<const char*> members) {
  Document body = Document::parse(child.body);
  const Document properties = body["properties"];
  Document shown = Document::object();
  for (const char* name : members)
    if (const Document* value = properties.find(name)) shown.set(name, *value);
  body.set("properties", std::move(shown));
  return body.dump();
}

http::Response list(Call& call) {
  const Resource parent = parent_of(call);
  return list_children(call, parent.id, std::string(type_of(parent)) + "/keys",
                       [](const Child& key) {
                         return listed(key, {"attributes", "keyUri"});
                       });
}

http::Response list_versions(Call& call) {
  const Child key = need(call, parent_of(call));
  return list_children(call, key.id, key.type + "/versions", [](const Child& version) {
    return listed(version, {"attributes", "keyUri", "keyUriWithVersion"});
  });
}

constexpr std::string_view all_of_vault =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/keys";
constexpr std::string_view one_of_vault =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/keys/{key}";
constexpr std::string_view versions_of_vault =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/keys/{key}/versions";
constexpr std::string_view version_of_vault =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
    "{vault}/keys/{key}/versions/{version}";
constexpr std::string_view all_of_hsm =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}/keys";
constexpr std::string_view one_of_hsm =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}/keys/{key}";
constexpr std::string_view versions_of_hsm =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}/keys/{key}/versions";
constexpr std::string_view version_of_hsm =
    "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/managedHSMs/"
    "{hsm}/keys/{key}/versions/{version}";
constexpr Route routes[] = {{http::Method::get, all_of_vault, list},
                            {http::Method::get, one_of_vault, get},
                            {http::Method::put, one_of_vault, put},
                            {http::Method::get, versions_of_vault, list_versions},
                            {http::Method::get, version_of_vault, get_version},
                            {http::Method::get, all_of_hsm, list},
                            {http::Method::get, one_of_hsm, get},
                            {http::Method::put, one_of_hsm, put},
                            {http::Method::get, versions_of_hsm, list_versions},
                            {http::Method::get, version_of_hsm, get_version}};

}  // namespace

std::span<const Route> key_routes() { return routes; }

}  // namespace akv::emulator
