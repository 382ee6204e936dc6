#include "akv/emulator/detail/columns.hpp"
#include "akv/emulator/store.hpp"

// What ends by the clock, whether somebody looks or not: deleted resources, and jobs.

namespace akv::emulator {
namespace {

constexpr std::string_view deleted_columns =
    "SELECT id, shown_subscription, grp, type, name, location, resource, body, protected, "
    "purge_at, purged_by FROM deleted ";

DeletedResource read_deleted(const Query& row) {
  return {.id = std::string(row.text(0)),
          .subscription = std::string(row.text(1)),
          .group = std::string(row.text(2)),
          .type = std::string(row.text(3)),
          .name = std::string(row.text(4)),
          .location = std::string(row.text(5)),
          .resource = std::string(row.text(6)),
          .body = std::string(row.text(7)),
          .protected_from_purge = row.number(8) != 0,
          .purge_at = moment(row.number(9)),
          .purged_by = std::string(row.text(10))};
}

constexpr std::string_view job_columns =
    "SELECT token, kind, subscription, subject, created, due, done FROM jobs ";

// In the column `done`, which says 0 or 1 of all others.
constexpr std::int64_t failed_job = 2;

std::optional<Job> read_job(Query& row) {
  if (!row.step()) return std::nullopt;
  return Job{.token = std::string(row.text(0)),
             .kind = static_cast<JobKind>(row.number(1)),
             .subscription = std::string(row.text(2)),
             .subject = std::string(row.text(3)),
             .created = moment(row.number(4)),
             .due = moment(row.number(5)),
             .done = row.number(6) != 0,
             .failed = row.number(6) == failed_job};
}

}  // namespace

void Store::put_deleted(const DeletedResource& resource) {
  const std::string type = key_of(resource.type), key = key_of(resource.name),
                    subscription = key_of(resource.subscription);
  database_.query("INSERT OR REPLACE INTO deleted VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(type)
      .bind(key)
      .bind(resource.id)
      .bind(subscription)
      .bind(resource.subscription)
      .bind(resource.group)
      .bind(resource.type)
      .bind(resource.name)
      .bind(resource.location)
      .bind(resource.resource)
      .bind(resource.body)
      .bind(resource.protected_from_purge ? 1 : 0)
      .bind(millis(resource.purge_at))
      .bind(resource.purged_by)
      .run();
}

void Store::remove_deleted(std::string_view type, std::string_view name) {
  const std::string type_key = key_of(type), key = key_of(name);
  database_.query("DELETE FROM deleted WHERE type_key = ? AND key = ?")
      .bind(type_key)
      .bind(key)
      .run();
}

void Store::purge(std::string_view type, std::string_view name) {
  const auto resource = deleted(type, name);
  if (!resource) return;
  remove_deleted(type, name);
  remove_children(resource->id);
}

std::optional<DeletedResource> Store::deleted(std::string_view type, std::string_view name) {
  const std::string type_key = key_of(type), key = key_of(name);
  Query row = database_.query(select(deleted_columns, "WHERE type_key = ? AND key = ?"));
  if (!row.bind(type_key).bind(key).step()) return std::nullopt;
  return read_deleted(row);
}

void Store::scan_deleted(std::string_view subscription, std::string_view type,
                         std::string_view after,
                         const std::function<bool(const DeletedResource&)>& visit) {
  const std::string key = key_of(subscription), type_key = key_of(type);
  Query row = database_.query(
      select(deleted_columns, "WHERE subscription = ? AND type_key = ? AND key > ? ORDER BY key"));
  row.bind(key).bind(type_key).bind(after);
  while (row.step() && visit(read_deleted(row))) {
  }
}

void Store::purge_due(SystemTime now) {
  std::vector<DeletedResource> due;
  {
    Query row =
        database_.query(select(deleted_columns, "WHERE purge_at <= ? ORDER BY type_key, key"));
    row.bind(millis(now));
    while (row.step()) due.push_back(read_deleted(row));
  }
  for (const DeletedResource& resource : due) purge(resource.type, resource.name);
}

void Store::put_job(const Job& job) {
  const std::string subscription = key_of(job.subscription);
  database_.query("INSERT OR REPLACE INTO jobs VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind(job.token)
      .bind(static_cast<std::int64_t>(job.kind))
      .bind(subscription)
      .bind(job.subject)
      .bind(millis(job.created))
      .bind(millis(job.due))
      .bind(job.failed ? failed_job : std::int64_t{job.done})
      .run();
}

std::optional<Job> Store::job(std::string_view token) {
  Query row = database_.query(select(job_columns, "WHERE token = ?"));
  row.bind(token);
  return read_job(row);
}

std::optional<Job> Store::next_due_job(SystemTime now) {
  Query row = database_.query(
      select(job_columns, "WHERE done = 0 AND due <= ? ORDER BY due, token LIMIT 1"));
  row.bind(millis(now));
  return read_job(row);
}

std::optional<Job> Store::job_on(std::string_view subject) {
  Query row = database_.query(
      select(job_columns, "WHERE done = 0 AND subject = ? ORDER BY due, token LIMIT 1"));
  row.bind(subject);
  return read_job(row);
}

std::optional<Job> Store::job_on(std::string_view subject, JobKind kind) {
  Query row = database_.query(select(
      job_columns, "WHERE done = 0 AND subject = ? AND kind = ? ORDER BY due, token LIMIT 1"));
  row.bind(subject).bind(static_cast<std::int64_t>(kind));
  return read_job(row);
}

bool Store::anything_due(SystemTime now) {
  if (asked_at_version_ != database_.version()) {
    Query row = database_.query(
        "SELECT min(due) FROM (SELECT min(due) AS due FROM jobs WHERE done = 0 "
        "UNION ALL SELECT min(purge_at) FROM deleted)");
    row.step();
    next_due_ = row.is_null(0) ? SystemTime::max() : moment(row.number(0));
    asked_at_version_ = database_.version();
  }
  return next_due_ <= now;
}

void Store::remove_jobs_before(SystemTime time) {
  database_.query("DELETE FROM jobs WHERE done IN (1, 2) AND due < ?").bind(millis(time)).run();
}

}  // namespace akv::emulator
