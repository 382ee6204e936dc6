// Preview. A perimeter takes a vault in through the network provider; here such configurations are
// seeded, and reconciling one finds nothing to do.
#include "akv/emulator/children.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"

namespace akv::emulator {
namespace {

constexpr std::string_view collection = "networkSecurityPerimeterConfigurations";

http::Response get(Call& call) {
  return answer(200,
                need_child(call, parent_of(call), collection, call.path["configuration"]).body);
}

http::Response list(Call& call) {
  return list_children(call, parent_of(call).id,
                       std::string(vault_type) + "/" + std::string(collection), as_stored);
}

http::Response reconcile(Call& call) {
  need_child(call, parent_of(call), collection, call.path["configuration"]);
  return answer(204);
}

constexpr Route routes[] = {
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
     "{vault}/networkSecurityPerimeterConfigurations",
     list},
    {http::Method::get,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
     "{vault}/networkSecurityPerimeterConfigurations/{configuration}",
     get},
    {http::Method::post,
     "/subscriptions/{subscription}/resourcegroups/{group}/providers/Microsoft.KeyVault/vaults/"
     "{vault}/networkSecurityPerimeterConfigurations/{configuration}/reconcile",
     reconcile}};

}  // namespace

std::span<const Route> network_security_perimeter_routes() { return routes; }

}  // namespace akv::emulator
