#include "akv/provision/kinds/deleted_vaults.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/mark.hpp"

#include <set>

namespace akv::kinds {
namespace {

using engine::Action;
using json::Document;

std::string date_of(const Document& text) {
  const auto at = time::parse_rfc3339(text.string_or());
  return at ? time::format_date(*at) : std::string(text.string_or());
}

}  // namespace

engine::DeletedTwin twin_of(const Document& raw) {
  const Document& properties = raw["properties"];
  const Document* mark = properties["tags"].find_ignoring_case(deployment_tag);
  return {.kind = "vault",
          .name = std::string(raw["name"].string_or()),
          .id = std::string(properties["vaultId"].string_or()),
          .location = std::string(properties["location"].string_or()),
          .deleted_on = date_of(properties["deletionDate"]),
          .gone_on = date_of(properties["scheduledPurgeDate"]),
          .deleted_at = std::string(properties["deletionDate"].string_or()),
          .owner = mark ? std::string(mark->string_or()) : std::string(),
          .purge_protected = properties["purgeProtectionEnabled"].bool_or(false)};
}

engine::SoftDeleted soft_deleted_of(const Document& raw) {
  const engine::DeletedTwin twin = twin_of(raw);
  return {.name = twin.name,
          .id = twin.id,
          .location = twin.location,
          .deleted_on = twin.deleted_on,
          .gone_on = twin.gone_on,
          .purge_protected = twin.purge_protected};
}

void read_deleted_vaults(const std::string& subscription, const Connection& connection,
                         const Context& context, const std::function<void(Document)>& sink) {
  read_pages(connection.client,
             "/subscriptions/" + subscription + "/providers/Microsoft.KeyVault/deletedVaults",
             connection.keyvault_api_version, "Vaults.list_deleted", context, sink);
}

std::vector<engine::SoftDeleted> soft_deleted_after(const Planned& planned,
                                                    const Connection& connection,
                                                    const Context& context) {
  std::set<std::string, ascii::Less> ids;
  std::set<std::string> subscriptions;
  const auto want = [&](const std::string& id) {
    ids.insert(id);
    if (const auto parsed = ResourceId::parse(id))
      subscriptions.insert(ascii::lower(parsed->subscription));
  };
  for (const auto& change : planned.plan.changes)
    if (change.kind == "vault" && (change.action == Action::del || change.action == Action::purge))
      want(change.id);
  for (const auto& vault : planned.plan.soft_deleted) want(vault.id);
  // A vault that goes with its group is in the inventory only.
  for (const auto& item : planned.plan.inventory)
    if (ascii::equal(item.type, "Microsoft.KeyVault/vaults")) want(item.id);

  std::vector<engine::SoftDeleted> found;
  for (const auto& subscription : subscriptions)
    read_deleted_vaults(subscription, connection, context, [&](const Document& raw) {
      auto vault = soft_deleted_of(raw);
      if (ids.contains(vault.id)) found.push_back(std::move(vault));
    });
  return found;
}

}  // namespace akv::kinds
