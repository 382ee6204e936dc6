#include "akv/emulator/jobs.hpp"

#include "akv/emulator/managed_hsm_life.hpp"
#include "akv/emulator/moves.hpp"
#include "akv/emulator/private_endpoint_connections.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/vault_life.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/core/time.hpp"

#include <algorithm>
#include <vector>

namespace akv::emulator {
namespace {

using namespace std::chrono_literals;
using json::Document;

/// How long the result of a job can be asked for.
constexpr auto kept = 24h;

/// What Azure says of each kind; a shorter delay asks for a shorter wait, but never for none: some
/// clients take 0 for absent and wait 30 s.
std::chrono::seconds retry_after(const Options& options, JobKind kind) {
  std::chrono::seconds recorded = 15s;
  if (kind == JobKind::purge_vault) recorded = 5s;
  if (kind == JobKind::delete_connection) recorded = 60s;  // published
  return std::clamp(std::chrono::ceil<std::chrono::seconds>(options.job_delay), 1s, recorded);
}

/// This service writes a blank between day and time.
std::string date_of(SystemTime at) {
  std::string text = time::format_rfc3339(at);
  text[text.find('T')] = ' ';
  return text;
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

/// What the start of a job holds, where only its end lets go of it.
void let_go(Store& store, const Job& job) {
  if (job.kind != JobKind::delete_group) return;
  auto group = store.group(job.subscription, job.subject);
  if (!group) return;
  group->deleted_by.clear();
  store.put_group(*group);
}

void finish(Store& store, const Job& job) {
  switch (job.kind) {
    case JobKind::purge_vault:
      return store.purge(vault_type, job.subject);
    case JobKind::purge_hsm:
      return store.purge(hsm_type, job.subject);
    case JobKind::delete_group:
      return finish_group(store, job);
    case JobKind::update_connection:
    case JobKind::delete_connection:
      return finish_connection(store, job);
    case JobKind::change_hsm:
    case JobKind::delete_hsm:
      return finish_hsm(store, job);
    case JobKind::move_resources:
      return finish_move(store, job);
    case JobKind::write_vault:
      break;
  }
}

void carry_out(Store& store, Job& job) {
  try {
    Savepoint part(store.database());
    finish(store, job);
    part.keep();
  } catch (const SqlError&) {
    throw;  // the store's trouble, not the job's: it stays due
  } catch (const std::exception&) {
    // What it was to work on cannot be worked on; thrown further, it would end each request to
    // come.
    job.failed = true;
    let_go(store, job);
  }
  job.done = true;
  store.put_job(job);
}

/// ARM's own jobs: the deletion of a group, the move of resources.
http::Response operation_result(Call& call) {
  const auto found = call.store.job(call.path["token"]);
  const bool moves = found && found->kind == JobKind::move_resources;
  const Job job = job_of(call, moves ? JobKind::move_resources : JobKind::delete_group);
  if (job.failed && moves) throw errors::move_failed();
  refuse_failed(job);
  if (job.done) return answer(moves ? 204 : 200);
  return job_accepted(call, job.kind, call.url.path);
}

constexpr Route routes[] = {{.method = http::Method::get,
                             .pattern = "/subscriptions/{subscription}/operationresults/{token}",
                             .handler = operation_result,
                             .open = true}};

}  // namespace

std::string start_job(const Call& call, JobKind kind, std::string_view subject) {
  return start_job(call, kind, subject, call.options.job_delay);
}

std::string start_job(const Call& call, JobKind kind, std::string_view subject,
                      std::chrono::milliseconds delay) {
  Job job{.token = new_uuid(call.random),
          .kind = kind,
          .subscription = call.subscription.id,
          .subject = std::string(subject),
          .created = call.now,
          .due = call.now + delay};
  call.store.put_job(job);
  return job.token;
}

Document job_status(const Job& job) {
  Document body = Document::object({{"createdDateTime", date_of(job.created)}});
  if (job.done) body.set("lastActionDateTime", date_of(job.due));
  body.set("status", job.done ? "Succeeded" : "NotStarted");
  return body;
}

void set_body(http::Response& response, const Document& body) {
  response.headers.set("Content-Type", "application/json; charset=utf-8");
  response.body = body.dump();
}

http::Response job_accepted(const Call& call, JobKind kind, const std::string& path) {
  http::Response response = answer(202);
  const char separator = path.find('?') == path.npos ? '?' : '&';
  response.headers.set("Location",
                       call.origin() + path + separator + "api-version=" + call.api_version);
  response.headers.set("Retry-After", std::to_string(retry_after(call.options, kind).count()));
  return response;
}

Job job_of(const Call& call, JobKind kind) {
  auto job = call.store.job(call.path["token"]);
  if (!job || job->kind != kind || !ascii::equal(job->subscription, call.subscription.id))
    throw errors::operation_not_found(call.path["token"]);
  return std::move(*job);
}

void refuse_failed(const Job& job) {
  if (job.failed) throw errors::job_failed();
}

void settle(Store& store, SystemTime now) {
  if (!store.anything_due(now)) return;
  Transaction transaction(store.database());
  while (auto job = store.next_due_job(now)) carry_out(store, *job);
  store.purge_due(now);
  store.remove_jobs_before(now - kept);
  transaction.commit();
}

std::span<const Route> operation_result_routes() { return routes; }

}  // namespace akv::emulator
