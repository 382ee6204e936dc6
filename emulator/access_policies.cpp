#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/emulator/slow_writes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

Document changed(std::string_view kind, Document stored, const Document& sent) {
  if (!stored.is_array()) stored = Document::array();
  if (ascii::equal(kind, "add")) return add_access_policies(std::move(stored), sent);
  if (ascii::equal(kind, "remove")) return remove_access_policies(std::move(stored), sent);
  if (ascii::equal(kind, "replace")) return sent;
  throw errors::invalid_value("operationKind");
}

http::Response update(Call& call) {
  auto vault =
      call.store.resource(vault_id(call.subscription.id, call.group.name, call.path["vault"]));
  if (!vault)
    throw errors::resource_not_found(
        std::string(vault_type) + "/" + std::string(call.path["vault"]), call.group.name);
  const Document sent = call.read_body(access_policy_properties());
  const Document* policies = sent.at_path({"properties", "accessPolicies"});
  if (!policies) throw errors::invalid_value("accessPolicies");

  begin_write(call, *vault);
  Document body = Document::parse(vault->body);
  Document& properties = body.set("properties");
  const std::string tenant(properties["tenantId"].string_or());
  Document result = changed(call.path["kind"], properties["accessPolicies"],
                            check_access_policies(*policies, tenant));
  if (result.size() > max_access_policies)
    throw errors::too_many("accessPolicies", result.size(), max_access_policies);
  properties.set("accessPolicies", result);
  touch(call, body);
  vault->body = body.dump();
  call.store.put_resource(*vault);
  return answer(200,
                Document::object(
                    {{"id", vault->id + "/accessPolicies/"},
                     {"type", "Microsoft.KeyVault/vaults/accessPolicies"},
                     {"properties", Document::object({{"accessPolicies", std::move(result)}})}}));
}

constexpr Route routes[] = {
    {http::Method::put,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
     "{vault}/accessPolicies/{kind}",
     update}};

}  // namespace

std::span<const Route> access_policy_routes() { return routes; }

}  // namespace akv::emulator
