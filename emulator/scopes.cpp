#include "akv/emulator/scopes.hpp"

#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/core/time.hpp"

namespace akv::emulator {

using json::Document;

std::string scope_of(const Call& call) {
  const std::string_view scope = call.path["scope"];
  if (scope.empty()) return {};
  if (call.subscription.id.empty()) throw errors::missing_subscription();
  std::string whole = "/subscriptions/" + call.subscription.id;
  if (scope.size() == whole.size()) return whole;
  std::string group = resource_group_id(call.subscription.id, call.group.name);
  if (!call.group.name.empty() && scope.size() == group.size()) return group;

  const auto id = ResourceId::parse(scope);
  if (!id || call.group.name.empty()) throw errors::missing_subscription();
  if (const auto resource = call.store.resource(scope)) return resource->id;
  ResourceId above = *id;
  std::string rest;
  while (above.types.size() > 1) {
    const auto& [type, name] = above.types.back();
    rest.insert(0, std::string("/").append(type).append("/").append(name));
    above.types.pop_back();
    const auto vault = call.store.resource(above.to_string());
    if (vault && ascii::equal(vault->type, vault_type)) return vault->id + rest;
  }
  throw errors::resource_not_found(id->type() + "/" + id->name(), call.group.name);
}

std::string extension_id(std::string_view scope, std::string_view type, std::string_view name) {
  return std::string(scope) + "/providers/" + std::string(type) + "/" + std::string(name);
}

Document touched(const Call& call, const Document& stored) {
  const std::string now = time::format_rfc3339_ticks(call.now);
  Document data = stored;
  if (!data.is_object())
    data = Document::object({{"createdBy", call.caller.by()},
                             {"createdByType", call.caller.kind()},
                             {"createdAt", now}});
  data.set("lastModifiedBy", call.caller.by());
  data.set("lastModifiedByType", call.caller.kind());
  data.set("lastModifiedAt", now);
  return data;
}

}  // namespace akv::emulator
