/// What stands beside resources: role assignments and definitions, locks, diagnostic settings; and
/// the principals that assignments speak of.
#pragma once
#include "akv/emulator/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::emulator {

/// An object at a scope (a subscription, group or resource; empty: the whole tenant).
struct Extension {
  std::string id;  ///< As shown; `scope` + "/providers/…/" + `name`.
  std::string type, scope, name;
  std::string body;         ///< JSON as GET shows it.
  std::string principal{};  ///< Of a role assignment: the object id.
  /// Of a role assignment the role's id (the last name), of a lock its level, of a role definition
  /// the tenant.
  std::string detail{};
  SystemTime since{};        ///< A role assignment gives nothing before.
  bool conditional = false;  ///< A role assignment with a condition.
};

/// The lower-case form in which scopes are compared, without a slash at the end.
std::string scope_key(std::string_view scope);
/// Whether a scope is `outer` or lies within it. Both are scope keys.
bool covers(std::string_view outer, std::string_view scope);

/// For one thread at a time, like the Store whose database it shares. Types, scopes and names
/// compare without case.
class ExtensionStore {
 public:
  /// `store` outlives it.
  explicit ExtensionStore(Store& store) : database_(store.database()) {}

  void put(const Extension& extension);
  void remove(std::string_view id);
  /// All at this scope or within it.
  void remove_within(std::string_view scope);
  std::optional<Extension> find(std::string_view id);
  /// The first of that type and name at any scope.
  std::optional<Extension> named(std::string_view type, std::string_view name);
  std::vector<Extension> at(std::string_view type, std::string_view scope);
  std::vector<Extension> within(std::string_view type, std::string_view scope);
  /// Whether there is one of that type at this scope or within it.
  bool any_within(std::string_view type, std::string_view scope);
  std::size_t count_within(std::string_view type, std::string_view scope);
  /// All of a type in the order of their keys (lower-case ids), from after `after`, until `visit`
  /// says no.
  void scan(std::string_view type, std::string_view after,
            const std::function<bool(const std::string& key, const Extension&)>& visit);

 private:
  Database& database_;
};

/// Somebody who can sign in beside the store's own application.
struct StoredPrincipal {
  std::string client_id, tenant_id, secret, object_id, name;
  bool is_user = false;
  SystemTime secret_expires = SystemTime::max();
};

void put_principal(Store& store, const StoredPrincipal& principal);
std::vector<StoredPrincipal> principals(Store& store);

}  // namespace akv::emulator
