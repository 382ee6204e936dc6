#include "akv/emulator/jobs.hpp"
#include "akv/emulator/key_vault_errors.hpp"
#include "akv/emulator/managed_hsm_life.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"

#include <utility>

namespace akv::emulator {
namespace {

DeletedResource need(const Call& call) {
  auto hsm = call.store.deleted(hsm_type, call.path["hsm"]);
  if (!hsm || !ascii::equal(hsm->subscription, call.subscription.id) ||
      hsm->location != short_region(call.path["location"]))
    throw errors::deleted_resource_not_found();
  return std::move(*hsm);
}

http::Response get(Call& call) { return answer(200, need(call).body); }

http::Response list(Call& call) {
  Page page(call, LastPage::full);
  call.store.scan_deleted(
      call.subscription.id, hsm_type, page.after(),
      [&](const DeletedResource& hsm) { return page.add(ascii::lower(hsm.name), hsm.body); });
  return std::move(page).response();
}

http::Response purge(Call& call) {
  DeletedResource hsm = need(call);
  if (hsm.protected_from_purge) throw errors::hsm_purge_not_allowed();
  if (hsm.purged_by.empty()) {
    hsm.purged_by = start_job(call, JobKind::purge_hsm, hsm.name);
    call.store.put_deleted(hsm);
  }
  return job_accepted(call, JobKind::purge_hsm,
                      hsm_result_path(call.subscription.id, hsm.location, hsm.purged_by));
}

bool is_hsm_job(JobKind kind) {
  return kind == JobKind::change_hsm || kind == JobKind::delete_hsm || kind == JobKind::purge_hsm;
}

/// Empty, but for the end of an update or a recovery, which is the managed HSM itself.
http::Response result(Call& call) {
  const auto job = call.store.job(call.path["token"]);
  if (!job || !is_hsm_job(job->kind) || !ascii::equal(job->subscription, call.subscription.id))
    throw errors::operation_not_found(call.path["token"]);
  refuse_failed(*job);
  if (!job->done)
    return job_accepted(call, job->kind,
                        hsm_result_path(call.subscription.id, call.path["location"], job->token));
  if (job->kind == JobKind::change_hsm)
    if (const auto hsm = call.store.resource(job->subject))
      return answer(200, shown_hsm(hsm->body, call.api_version));
  return answer(200);
}

constexpr Route routes[] = {
    {http::Method::get,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/deletedManagedHSMs", list},
    {http::Method::get,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/"
     "deletedManagedHSMs/{hsm}",
     get},
    {http::Method::post,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/"
     "deletedManagedHSMs/{hsm}/purge",
     purge},
    {http::Method::get,
     "/subscriptions/{subscription}/providers/Microsoft.KeyVault/locations/{location}/"
     "managedHsmOperationResults/{token}",
     result}};

}  // namespace

std::span<const Route> deleted_managed_hsm_routes() { return routes; }

}  // namespace akv::emulator
