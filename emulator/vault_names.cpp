#include "akv/emulator/key_vault_errors.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/emulator/vault_rules.hpp"
#include "akv/mgmt/core/ascii.hpp"

namespace akv::emulator {
namespace {

using json::Document;

/// Own, foreign and soft-deleted names are told apart by nothing here.
http::Response check(Call& call) {
  const Document sent = call.read_body(check_name_properties());
  const std::string name(sent["name"].string_or());
  if (!ascii::equal(sent["type"].string_or(), vault_type)) throw errors::invalid_value("type");
  if (!is_vault_name(name))
    return name_unavailable("AccountNameInvalid", vault_name_not_valid_text(name));
  if (call.store.named(vault_type, name) || call.store.deleted(vault_type, name))
    return name_unavailable("AlreadyExists", vault_already_exists_text(name));
  return answer(200, Document::object({{"nameAvailable", true}}));
}

constexpr Route routes[] = {
    {.method = http::Method::post,
     .pattern = "/subscriptions/{subscription}/providers/Microsoft.KeyVault/checkNameAvailability",
     .handler = check,
     .counts_as_read = true}};

}  // namespace

std::span<const Route> vault_name_routes() { return routes; }

}  // namespace akv::emulator
