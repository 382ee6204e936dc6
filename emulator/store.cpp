#include "akv/emulator/store.hpp"

#include "akv/emulator/detail/columns.hpp"
#include "akv/emulator/detail/store_file.hpp"
#include "akv/emulator/emulator.hpp"
#include "akv/emulator/store_error.hpp"

#include <sqlite3.h>

namespace akv::emulator {
namespace {

Group read_group(const Query& row) {
  return {.subscription = std::string(row.text(0)),
          .name = std::string(row.text(1)),
          .location = std::string(row.text(2)),
          .body = std::string(row.text(3)),
          .deleted_by = std::string(row.text(4))};
}

constexpr std::string_view group_columns =
    "SELECT shown_subscription, name, location, body, deleted_by FROM groups ";

constexpr std::string_view resource_columns =
    "SELECT id, shown_subscription, grp, type, name, location, body, summary, ready_at "
    "FROM resources ";

std::optional<Resource> read_resource(Query& row) {
  if (!row.step()) return std::nullopt;
  return Resource{.id = std::string(row.text(0)),
                  .subscription = std::string(row.text(1)),
                  .group = std::string(row.text(2)),
                  .type = std::string(row.text(3)),
                  .name = std::string(row.text(4)),
                  .location = std::string(row.text(5)),
                  .body = std::string(row.text(6)),
                  .summary = std::string(row.text(7)),
                  .ready_at = moment(row.number(8))};
}

constexpr std::string_view row_columns =
    "SELECT key, type, name, location, body, summary, ready_at FROM resources ";

void visit_rows(Query& row, const Store::Visit& visit) {
  while (row.step()) {
    if (!visit({.key = row.text(0),
                .type = row.text(1),
                .name = row.text(2),
                .location = row.text(3),
                .body = row.text(4),
                .summary = row.text(5),
                .ready_at = moment(row.number(6))}))
      return;
  }
}

constexpr std::string_view child_columns = "SELECT id, type, name, body FROM children ";

Child read_child(const Query& row) {
  return {.id = std::string(row.text(0)),
          .type = std::string(row.text(1)),
          .name = std::string(row.text(2)),
          .body = std::string(row.text(3))};
}

// Where texts are short, the answer's own size says enough.
constexpr auto size_of_nothing = [](const auto&) { return std::size_t{0}; };

template <typename Stored>
std::size_t size_of_body(const std::optional<Stored>& stored) {
  return stored ? 2 * stored->body.size() : 0;  // a summary is no longer than its body
}

}  // namespace

Store::Store(const std::filesystem::path& path) try : database_(prepare_store_file(path)) {
  open_store_schema(database_, path);
} catch (const SqlError& error) {
  if (error.code() == SQLITE_BUSY || error.code() == SQLITE_LOCKED)
    throw StoreBusy("the emulator's store " + path.string() +
                    " is in use by another process; stop that one, or use another file");
  throw StoreError("cannot use the emulator's store " + path.string() + ": " + error.what());
} catch (const ForeignFile& error) {
  throw StoreError("cannot use the emulator's store " + path.string() + ": " + error.what());
}

std::optional<std::string> Store::meta(std::string_view key) {
  Query row = database_.query("SELECT value FROM meta WHERE key = ?");
  if (!row.bind(key).step()) return std::nullopt;
  return std::string(row.text(0));
}

void Store::set_meta(std::string_view key, std::string_view value) {
  database_.query("INSERT OR REPLACE INTO meta VALUES(?, ?)").bind(key).bind(value).run();
}

void Store::forget_everything() {
  std::vector<std::string> tables;
  {
    Query names = database_.query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('meta', "
        "'principals') "
        "AND name NOT LIKE 'sqlite_%'");
    while (names.step()) tables.emplace_back(names.text(0));
  }
  for (const std::string& table : tables) database_.execute(("DELETE FROM " + table).c_str());
  database_.execute("DELETE FROM meta WHERE key LIKE 'owner of %'");
}

void Store::put_subscription(const Subscription& subscription) {
  const std::string key = key_of(subscription.id);
  database_.query("INSERT OR REPLACE INTO subscriptions VALUES(?, ?, ?)")
      .bind(key)
      .bind(subscription.id)
      .bind(subscription.tenant_id)
      .run();
}

std::optional<Subscription> Store::subscription(std::string_view id) {
  const std::string key = key_of(id);
  const auto read = [&]() -> std::optional<Subscription> {
    Query row = database_.query("SELECT id, tenant_id FROM subscriptions WHERE key = ?");
    if (!row.bind(key).step()) return std::nullopt;
    return Subscription{std::string(row.text(0)), std::string(row.text(1))};
  };
  return subscriptions_.at(database_.version(), key, read, size_of_nothing);
}

std::vector<Subscription> Store::subscriptions() {
  std::vector<Subscription> all;
  Query row = database_.query("SELECT id, tenant_id FROM subscriptions ORDER BY key");
  while (row.step()) all.push_back({std::string(row.text(0)), std::string(row.text(1))});
  return all;
}

Registration Store::registration(std::string_view subscription, std::string_view name_space) {
  const std::string key = key_of(subscription), name_key = key_of(name_space);
  Query row = database_.query(
      "SELECT registered, since FROM registrations WHERE subscription = ? AND name_space = ?");
  Registration found{.name_space = std::string(name_space)};
  if (row.bind(key).bind(name_key).step()) {
    found.registered = row.number(0) != 0;
    found.since = moment(row.number(1));
  }
  return found;
}

void Store::put_registration(std::string_view subscription, const Registration& registration) {
  const std::string key = key_of(subscription), name_key = key_of(registration.name_space);
  database_.query("INSERT OR REPLACE INTO registrations VALUES(?, ?, ?, ?)")
      .bind(key)
      .bind(name_key)
      .bind(registration.registered ? 1 : 0)
      .bind(millis(registration.since))
      .run();
}

const std::vector<HeldRole>& Store::roles_of(std::string_view principal) {
  const std::string key = key_of(principal);
  const auto read = [&] {
    std::vector<HeldRole> held;
    Query row = database_.query(
        "SELECT key, scope_key, detail, since, conditional FROM extensions "
        "WHERE principal = ? AND principal <> '' ORDER BY key");
    row.bind(key);
    while (row.step())
      held.push_back({.key = std::string(row.text(0)),
                      .scope_key = std::string(row.text(1)),
                      .role = std::string(row.text(2)),
                      .since = moment(row.number(3)),
                      .conditional = row.number(4) != 0});
    return held;
  };
  return roles_.at(database_.version(), key, read, [](const std::vector<HeldRole>& held) {
    std::size_t bytes = 0;
    for (const HeldRole& each : held)
      bytes += sizeof(HeldRole) + each.key.size() + each.scope_key.size() + each.role.size();
    return bytes;
  });
}

void Store::put_group(const Group& group) {
  const std::string subscription = key_of(group.subscription), key = key_of(group.name);
  database_.query("INSERT OR REPLACE INTO groups VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind(subscription)
      .bind(key)
      .bind(group.subscription)
      .bind(group.name)
      .bind(group.location)
      .bind(group.body)
      .bind(group.deleted_by)
      .run();
}

void Store::remove_group(std::string_view subscription, std::string_view name) {
  const std::string subscription_key = key_of(subscription), key = key_of(name);
  database_.query("DELETE FROM groups WHERE subscription = ? AND key = ?")
      .bind(subscription_key)
      .bind(key)
      .run();
}

std::optional<Group> Store::group(std::string_view subscription, std::string_view name) {
  const std::string subscription_key = key_of(subscription), key = key_of(name);
  const auto read = [&]() -> std::optional<Group> {
    Query row = database_.query(select(group_columns, "WHERE subscription = ? AND key = ?"));
    if (!row.bind(subscription_key).bind(key).step()) return std::nullopt;
    return read_group(row);
  };
  return groups_.at(database_.version(), subscription_key + '/' + key, read, size_of_body<Group>);
}

void Store::scan_groups(std::string_view subscription, std::string_view after,
                        const std::function<bool(const Group&)>& visit) {
  const std::string key = key_of(subscription);
  Query row =
      database_.query(select(group_columns, "WHERE subscription = ? AND key > ? ORDER BY key"));
  row.bind(key).bind(after);
  while (row.step() && visit(read_group(row))) {
  }
}

void Store::put_resource(const Resource& resource) {
  const std::string key = key_of(resource.id), subscription = key_of(resource.subscription),
                    type = key_of(resource.type), name = key_of(resource.name);
  database_.query("INSERT OR REPLACE INTO resources VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(key)
      .bind(resource.id)
      .bind(subscription)
      .bind(resource.subscription)
      .bind(resource.group)
      .bind(type)
      .bind(resource.type)
      .bind(name)
      .bind(resource.name)
      .bind(resource.location)
      .bind(resource.body)
      .bind(resource.summary)
      .bind(millis(resource.ready_at))
      .run();
}

void Store::remove_resource(std::string_view id) {
  const std::string key = key_of(id);
  database_.query("DELETE FROM resources WHERE key = ?").bind(key).run();
}

std::optional<Resource> Store::resource(std::string_view id) {
  const std::string key = key_of(id);
  const auto read = [&] {
    Query row = database_.query(select(resource_columns, "WHERE key = ?"));
    row.bind(key);
    return read_resource(row);
  };
  return resources_.at(database_.version(), key, read, size_of_body<Resource>);
}

std::optional<Resource> Store::named(std::string_view type, std::string_view name) {
  const std::string type_key = key_of(type), key = key_of(name);
  Query row =
      database_.query(select(resource_columns, "WHERE type_key = ? AND name_key = ? LIMIT 1"));
  row.bind(type_key).bind(key);
  return read_resource(row);
}

void Store::scan_below(std::string_view id, std::string_view after, const Visit& visit) {
  // '0' is the character after '/': all keys that begin with the id and a slash lie between.
  const std::string first = key_of(id) + "/", end = key_of(id) + "0";
  Query row = database_.query(select(row_columns, "WHERE key > ? AND key < ? ORDER BY key"));
  row.bind(after > first ? after : std::string_view(first)).bind(end);
  visit_rows(row, visit);
}

void Store::scan_type(std::string_view subscription, std::string_view type, std::string_view after,
                      const Visit& visit) {
  const std::string subscription_key = key_of(subscription), type_key = key_of(type);
  Query row = database_.query(
      select(row_columns, "WHERE subscription = ? AND type_key = ? AND key > ? ORDER BY key"));
  row.bind(subscription_key).bind(type_key).bind(after);
  visit_rows(row, visit);
}

void Store::put_child(std::string_view parent_id, const Child& child) {
  const std::string key = key_of(child.id), parent = key_of(parent_id), type = key_of(child.type);
  database_.query("INSERT OR REPLACE INTO children VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind(key)
      .bind(child.id)
      .bind(parent)
      .bind(type)
      .bind(child.type)
      .bind(child.name)
      .bind(child.body)
      .run();
}

void Store::remove_child(std::string_view id) {
  const std::string key = key_of(id);
  database_.query("DELETE FROM children WHERE key = ?").bind(key).run();
  remove_children(id);
}

std::optional<Child> Store::child(std::string_view id) {
  const std::string key = key_of(id);
  Query row = database_.query(select(child_columns, "WHERE key = ?"));
  if (!row.bind(key).step()) return std::nullopt;
  return read_child(row);
}

void Store::scan_children(std::string_view parent_id, std::string_view type, std::string_view after,
                          const std::function<bool(const Child&)>& visit) {
  const std::string parent = key_of(parent_id), type_key = key_of(type);
  Query row = database_.query(
      select(child_columns, "WHERE parent = ? AND type_key = ? AND key > ? ORDER BY key"));
  row.bind(parent).bind(type_key).bind(after);
  while (row.step() && visit(read_child(row))) {
  }
}

void Store::remove_children(std::string_view id) {
  const std::string first = key_of(id) + "/", end = key_of(id) + "0";
  database_.query("DELETE FROM children WHERE key > ? AND key < ?").bind(first).bind(end).run();
}

void Store::move_children(std::string_view from, std::string_view to) {
  const std::string from_key = key_of(from), to_key = key_of(to);
  // Ids are in bodies as well, in the same spelling: a key's versions, a connection's own.
  database_
      .query(
          "UPDATE children SET key = ?2 || substr(key, length(?1) + 1), parent = ?2 || "
          "substr(parent, length(?1) + 1), id = ?4 || substr(id, length(?3) + 1), body = "
          "replace(body, '\"' || ?3 || '/', '\"' || ?4 || '/') WHERE key > ?1 || '/' AND key < ?1 "
          "|| "
          "'0'")
      .bind(from_key)
      .bind(to_key)
      .bind(from)
      .bind(to)
      .run();
}

}  // namespace akv::emulator
