#include "akv/emulator/children.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"

namespace akv::emulator {
namespace {

using json::Document;

/// What a private endpoint can be made for: there is one such thing of each type.
struct Target {
  std::string_view type, name, group, zone;
};
constexpr Target vault_target{vault_type, "vault", "vault", "privatelink.vaultcore.azure.net"};
constexpr Target hsm_target{hsm_type, "managedhsm", "managedhsm",
                            "privatelink.managedhsm.azure.net"};

http::Response list(Call& call) {
  const Resource parent = parent_of(call);
  const Target& target = is_hsm(parent) ? hsm_target : vault_target;
  const Child shown = new_child(parent.id, target.type, "privateLinkResources", target.name);
  Document item = Document::object(
      {{"id", shown.id},
       {"name", shown.name},
       {"type", shown.type},
       {"properties", Document::object({{"groupId", target.group},
                                        {"requiredMembers", Document::array({"default"})},
                                        {"requiredZoneNames", Document::array({target.zone})}})}});
  return answer(200, Document::object({{"value", Document::array({std::move(item)})}}));
}

constexpr Route routes[] = {
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
     "{vault}/privateLinkResources",
     list},
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/"
     "managedHSMs/{hsm}/privateLinkResources",
     list}};

}  // namespace

std::span<const Route> private_link_resource_routes() { return routes; }

}  // namespace akv::emulator
