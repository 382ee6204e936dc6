#include "akv/emulator/jobs.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <utility>

namespace akv::emulator {
namespace {

DeletedResource need(const Call& call) {
  auto vault = call.store.deleted(vault_type, call.path["vault"]);
  if (!vault || !ascii::equal(vault->subscription, call.subscription.id) ||
      vault->location != short_region(call.path["location"]))
    throw errors::deleted_resource_not_found();
  return std::move(*vault);
}

http::Response get(Call& call) { return answer(200, need(call).body); }

http::Response list(Call& call) {
  Page page(call, LastPage::empty);
  call.store.scan_deleted(
      call.subscription.id, vault_type, page.after(),
      [&](const DeletedResource& vault) { return page.add(ascii::lower(vault.name), vault.body); });
  return std::move(page).response();
}

http::Response accepted(const Call& call, const std::string& location, const std::string& token) {
  return job_accepted(call, JobKind::purge_vault,
                      "/subscriptions/" + call.subscription.id +
                          "/providers/Microsoft.KeyVault/locations/" + location +
                          "/operationResults/" + token);
}

http::Response purge(Call& call) {
  DeletedResource vault = need(call);
  if (vault.protected_from_purge) throw errors::purge_not_allowed();
  if (vault.purged_by.empty()) {
    vault.purged_by = start_job(call, JobKind::purge_vault, vault.name);
    call.store.put_deleted(vault);
  }
  return accepted(call, vault.location, vault.purged_by);
}

/// Where a connection's answer stands, as `Azure-AsyncOperation` has it: 200 all along.
http::Response connection_status(const Call& call) {
  const Job job = job_of(call, JobKind::update_connection);
  return answer(200, json::Document::object({{"status", job.failed ? "Failed"
                                                        : job.done ? "Succeeded"
                                                                   : "InProgress"}}));
}

http::Response operation_result(Call& call) {
  const auto found = call.store.job(call.path["token"]);
  if (found && found->kind == JobKind::update_connection) return connection_status(call);
  const Job job = job_of(call, JobKind::purge_vault);
  if (job.done) return answer(200, job_status(job));
  http::Response response = accepted(call, std::string(call.path["location"]), job.token);
  set_body(response, job_status(job));
  return response;
}

constexpr Route routes[] = {
    {http::Method::get, "/subscriptions/{subscription}/providers/Microsoft.KeyVault/deletedVaults",
     list},
    {http::Method::get,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/"
     "deletedVaults/{vault}",
     get},
    {http::Method::post,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/"
     "deletedVaults/{vault}/purge",
     purge},
    {http::Method::get,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/"
     "operationResults/{token}",
     operation_result}};

}  // namespace

std::span<const Route> deleted_vault_routes() { return routes; }

}  // namespace akv::emulator
