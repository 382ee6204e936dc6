#include "akv/emulator/key_vault_errors.hpp"
#include "akv/emulator/key_vault_properties.hpp"
#include "akv/emulator/managed_hsm_rules.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/emulator/vault_life.hpp"

namespace akv::emulator {
namespace {

using json::Document;

/// Names of managed HSMs and of vaults are apart: each may be the other's.
http::Response check(Call& call) {
  const Document sent = call.read_body(hsm_name_properties());
  const std::string name(sent["name"].string_or());
  if (!is_hsm_name(name))
    return name_unavailable("AccountNameInvalid", hsm_name_not_valid_text(name));
  if (call.store.named(hsm_type, name) || call.store.deleted(hsm_type, name))
    return name_unavailable("AlreadyExists", hsm_already_exists_text(name));
  return answer(200, Document::object({{"nameAvailable", true}}));
}

constexpr Route routes[] = {
    {.method = http::Method::post,
     .pattern =
         "/subscriptions/{subscription}/providers/Microsoft.KeyVault/checkMhsmNameAvailability",
     .handler = check,
     .counts_as_read = true}};

}  // namespace

std::span<const Route> managed_hsm_name_routes() { return routes; }

}  // namespace akv::emulator
