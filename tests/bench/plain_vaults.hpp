// What a program without the library would write to read pages of vaults: a struct of what it needs
// and a handler that knows where each value goes. No unknown member is kept, nothing is told of a
// value of the wrong kind, and UTF-8 is not checked (decision 0046).
#pragma once
#include <rapidjson/reader.h>

#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::bench {

struct PlainPolicy {
  std::string tenant_id, object_id;
  std::vector<std::string> keys, secrets, certificates;
};

struct PlainVault {
  std::string id, name, type, location, tenant_id, sku_family, sku_name, vault_uri, state;
  std::string created_by, created_by_type, created_at, public_network_access;
  std::map<std::string, std::string> tags;
  std::vector<PlainPolicy> policies;
  bool enabled_for_deployment = false, enable_soft_delete = false;
};

class PlainReader : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, PlainReader> {
 public:
  std::vector<PlainVault> vaults;

  bool Default() { return true; }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    key_ = {text, size};
    return true;
  }
  bool Bool(bool value) {
    if (path_.back().key != "properties") return true;
    if (key_ == "enabledForDeployment") vaults.back().enabled_for_deployment = value;
    if (key_ == "enableSoftDelete") vaults.back().enable_soft_delete = value;
    return true;
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view in = path_.back().key;
    if (std::vector<std::string>* list = permissions(in))
      list->emplace_back(text, size);
    else if (in == "tags")
      vaults.back().tags.emplace(key_, std::string(text, size));
    else if (std::string* place = string_in(in))
      place->assign(text, size);
    return true;
  }
  bool StartObject() {
    if (!path_.empty() && path_.back().array && path_.back().key == "value") vaults.emplace_back();
    if (!path_.empty() && path_.back().array && path_.back().key == "accessPolicies")
      vaults.back().policies.emplace_back();
    path_.push_back({key_, false});
    return true;
  }
  bool StartArray() {
    path_.push_back({key_, true});
    return true;
  }
  bool EndObject(rapidjson::SizeType) { return leave(); }
  bool EndArray(rapidjson::SizeType) { return leave(); }

 private:
  // An object in an array bears the array's key, which is still the last one that was read, or the
  // one that is restored at the end of the object before it.
  bool leave() {
    key_ = path_.back().key;
    path_.pop_back();
    return true;
  }
  std::vector<std::string>* permissions(std::string_view list) {
    if (list != "keys" && list != "secrets" && list != "certificates") return nullptr;
    PlainPolicy& policy = vaults.back().policies.back();
    return list == "keys"      ? &policy.keys
           : list == "secrets" ? &policy.secrets
                               : &policy.certificates;
  }
  std::string* string_in(std::string_view object) {
    if (vaults.empty()) return nullptr;
    PlainVault& vault = vaults.back();
    if (object == "value")
      return pick({{"id", &vault.id},
                   {"name", &vault.name},
                   {"type", &vault.type},
                   {"location", &vault.location}});
    if (object == "properties")
      return pick({{"tenantId", &vault.tenant_id},
                   {"vaultUri", &vault.vault_uri},
                   {"provisioningState", &vault.state},
                   {"publicNetworkAccess", &vault.public_network_access}});
    if (object == "accessPolicies")
      return pick({{"tenantId", &vault.policies.back().tenant_id},
                   {"objectId", &vault.policies.back().object_id}});
    if (object == "systemData")
      return pick({{"createdBy", &vault.created_by},
                   {"createdByType", &vault.created_by_type},
                   {"createdAt", &vault.created_at}});
    if (object == "sku") return pick({{"family", &vault.sku_family}, {"name", &vault.sku_name}});
    return nullptr;
  }
  std::string* pick(std::initializer_list<std::pair<std::string_view, std::string*>> members) {
    for (const auto& [name, place] : members)
      if (name == key_) return place;
    return nullptr;
  }

  struct Level {
    std::string_view key;
    bool array;
  };
  std::string_view key_;     // into the body, which outlives the parse
  std::vector<Level> path_;  // likewise: what is open
};

/// How many vaults with a name the page has; nullopt where it cannot be read.
inline std::optional<std::size_t> count_plain_vaults(std::string body) {
  PlainReader handler;
  rapidjson::InsituStringStream stream(body.data());
  if (!rapidjson::Reader().Parse<rapidjson::kParseInsituFlag>(stream, handler)) return std::nullopt;
  std::size_t count = 0;
  for (const PlainVault& vault : handler.vaults) count += vault.name.empty() ? 0 : 1;
  return count;
}

}  // namespace akv::bench
