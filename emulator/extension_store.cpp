#include "akv/emulator/extension_store.hpp"

#include "akv/emulator/detail/columns.hpp"
#include "akv/mgmt/core/ascii.hpp"

namespace akv::emulator {
namespace {

constexpr std::string_view columns =
    "SELECT id, type, scope, name, body, principal, detail, since, conditional, key "
    "FROM extensions ";

Extension read(const Query& row) {
  return {.id = std::string(row.text(0)),
          .type = std::string(row.text(1)),
          .scope = std::string(row.text(2)),
          .name = std::string(row.text(3)),
          .body = std::string(row.text(4)),
          .principal = std::string(row.text(5)),
          .detail = std::string(row.text(6)),
          .since = moment(row.number(7)),
          .conditional = row.number(8) != 0};
}

std::optional<Extension> first(Query& row) {
  if (!row.step()) return std::nullopt;
  return read(row);
}

std::vector<Extension> all(Query& row) {
  std::vector<Extension> found;
  while (row.step()) found.push_back(read(row));
  return found;
}

/// All keys that begin with the scope and a slash lie between: '0' is the character after '/'.
struct Range {
  explicit Range(std::string_view scope) : first(scope_key(scope) + "/"), end(first) {
    end.back() = '0';
  }
  std::string first, end;
};

}  // namespace

std::string scope_key(std::string_view scope) {
  if (scope.ends_with('/')) scope.remove_suffix(1);
  return ascii::lower(scope);
}

bool covers(std::string_view outer, std::string_view scope) {
  return scope.starts_with(outer) && (scope.size() == outer.size() || scope[outer.size()] == '/');
}

void ExtensionStore::put(const Extension& extension) {
  const std::string key = ascii::lower(extension.id), type = ascii::lower(extension.type),
                    scope = scope_key(extension.scope), name = ascii::lower(extension.name),
                    principal = ascii::lower(extension.principal),
                    detail = ascii::lower(extension.detail);
  database_.query("INSERT OR REPLACE INTO extensions VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(key)
      .bind(type)
      .bind(scope)
      .bind(name)
      .bind(principal)
      .bind(detail)
      .bind(millis(extension.since))
      .bind(extension.conditional ? 1 : 0)
      .bind(extension.id)
      .bind(extension.scope)
      .bind(extension.name)
      .bind(extension.body)
      .run();
}

void ExtensionStore::remove(std::string_view id) {
  const std::string key = ascii::lower(id);
  database_.query("DELETE FROM extensions WHERE key = ?").bind(key).run();
}

void ExtensionStore::remove_within(std::string_view scope) {
  const Range range(scope);
  database_.query("DELETE FROM extensions WHERE key > ? AND key < ?")
      .bind(range.first)
      .bind(range.end)
      .run();
}

std::optional<Extension> ExtensionStore::find(std::string_view id) {
  const std::string key = ascii::lower(id);
  Query row = database_.query(select(columns, "WHERE key = ?"));
  row.bind(key);
  return first(row);
}

std::optional<Extension> ExtensionStore::named(std::string_view type, std::string_view name) {
  const std::string type_key = ascii::lower(type), key = ascii::lower(name);
  Query row =
      database_.query(select(columns, "WHERE type = ? AND name_key = ? ORDER BY key LIMIT 1"));
  row.bind(type_key).bind(key);
  return first(row);
}

std::vector<Extension> ExtensionStore::at(std::string_view type, std::string_view scope) {
  const std::string type_key = ascii::lower(type), key = scope_key(scope);
  Query row = database_.query(select(columns, "WHERE type = ? AND scope_key = ? ORDER BY key"));
  row.bind(type_key).bind(key);
  return all(row);
}

std::vector<Extension> ExtensionStore::within(std::string_view type, std::string_view scope) {
  const std::string type_key = ascii::lower(type);
  const Range range(scope);
  Query row =
      database_.query(select(columns, "WHERE type = ? AND key > ? AND key < ? ORDER BY key"));
  row.bind(type_key).bind(range.first).bind(range.end);
  return all(row);
}

bool ExtensionStore::any_within(std::string_view type, std::string_view scope) {
  const std::string type_key = ascii::lower(type);
  const Range range(scope);
  Query row = database_.query(
      "SELECT EXISTS(SELECT 1 FROM extensions WHERE type = ? AND key > ? AND key < ?)");
  row.bind(type_key).bind(range.first).bind(range.end).step();
  return row.number(0) != 0;
}

std::size_t ExtensionStore::count_within(std::string_view type, std::string_view scope) {
  const std::string type_key = ascii::lower(type);
  const Range range(scope);
  Query row =
      database_.query("SELECT count(*) FROM extensions WHERE type = ? AND key > ? AND key < ?");
  row.bind(type_key).bind(range.first).bind(range.end).step();
  return static_cast<std::size_t>(row.number(0));
}

void ExtensionStore::scan(
    std::string_view type, std::string_view after,
    const std::function<bool(const std::string& key, const Extension&)>& visit) {
  const std::string type_key = ascii::lower(type);
  Query row = database_.query(select(columns, "WHERE type = ? AND key > ? ORDER BY key"));
  row.bind(type_key).bind(after);
  while (row.step() && visit(std::string(row.text(9)), read(row))) {
  }
}

void put_principal(Store& store, const StoredPrincipal& principal) {
  const bool never = principal.secret_expires == SystemTime::max();
  store.database()
      .query("INSERT OR REPLACE INTO principals VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind(principal.client_id)
      .bind(principal.tenant_id)
      .bind(principal.secret)
      .bind(principal.object_id)
      .bind(principal.name)
      .bind(principal.is_user ? 1 : 0)
      .bind(never ? 0 : millis(principal.secret_expires))
      .run();
}

std::vector<StoredPrincipal> principals(Store& store) {
  std::vector<StoredPrincipal> found;
  Query row = store.database().query(
      "SELECT client_id, tenant_id, secret, object_id, name, is_user, expires FROM principals "
      "ORDER BY client_id");
  while (row.step())
    found.push_back({.client_id = std::string(row.text(0)),
                     .tenant_id = std::string(row.text(1)),
                     .secret = std::string(row.text(2)),
                     .object_id = std::string(row.text(3)),
                     .name = std::string(row.text(4)),
                     .is_user = row.number(5) != 0,
                     .secret_expires = row.number(6) ? moment(row.number(6)) : SystemTime::max()});
  return found;
}

}  // namespace akv::emulator
