#include "akv/emulator/jobs.hpp"

#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <algorithm>
#include <vector>

namespace akv::emulator {
namespace {

using namespace std::chrono_literals;

/// How long the result of a job can be asked for.
constexpr auto kept = 24h;

/// What Azure says of each kind; a shorter delay asks for a shorter wait, but never for none: some
/// clients take 0 for absent and wait 30 s.
std::chrono::seconds retry_after(const Options& options, JobKind kind) {
  const std::chrono::seconds recorded = kind == JobKind::purge_vault ? 5s : 15s;
  return std::clamp(std::chrono::ceil<std::chrono::seconds>(options.job_delay), 1s, recorded);
}

void finish_group(Store& store, const Job& job) {
  const auto group = store.group(job.subscription, job.subject);
  if (!group) return;
  std::vector<std::string> ids;
  store.scan_below(resource_group_id(group->subscription, group->name), {},
                   [&](const Store::Row& row) {
                     ids.emplace_back(row.key);
                     return true;
                   });
  for (const std::string& id : ids) delete_resource(store, *store.resource(id), job.due);
  store.remove_group(group->subscription, group->name);
  ExtensionStore(store).remove_within(resource_group_id(group->subscription, group->name));
}

http::Response group_result(Call& call) {
  const Job job = job_of(call, JobKind::delete_group);
  if (job.done) return answer(200);
  return job_accepted(call, JobKind::delete_group, call.url.path);
}

constexpr Route routes[] = {{.method = http::Method::get,
                             .pattern = "/subscriptions/{subscription}/operationresults/{token}",
                             .handler = group_result,
                             .open = true}};

}  // namespace

std::string start_job(const Call& call, JobKind kind, std::string_view subject) {
  Job job{.token = new_uuid(call.random),
          .kind = kind,
          .subscription = call.subscription.id,
          .subject = std::string(subject),
          .created = call.now,
          .due = call.now + call.options.job_delay};
  call.store.put_job(job);
  return job.token;
}

http::Response job_accepted(const Call& call, JobKind kind, const std::string& path) {
  http::Response response = answer(202);
  response.headers.set("Location", call.origin() + path + "?api-version=" + call.api_version);
  response.headers.set("Retry-After", std::to_string(retry_after(call.options, kind).count()));
  return response;
}

Job job_of(const Call& call, JobKind kind) {
  auto job = call.store.job(call.path["token"]);
  if (!job || job->kind != kind || !ascii::equal(job->subscription, call.subscription.id))
    throw errors::operation_not_found(call.path["token"]);
  return std::move(*job);
}

void settle(Store& store, SystemTime now) {
  if (!store.anything_due(now)) return;
  Transaction transaction(store.database());
  while (auto job = store.next_due_job(now)) {
    if (job->kind == JobKind::delete_group) finish_group(store, *job);
    if (job->kind == JobKind::purge_vault) store.remove_deleted_vault(job->subject);
    job->done = true;
    store.put_job(*job);
  }
  store.remove_deleted_vaults_due(now);
  store.remove_jobs_before(now - kept);
  transaction.commit();
}

std::span<const Route> operation_result_routes() { return routes; }

}  // namespace akv::emulator
