#include "akv/emulator/identities.hpp"

#include "akv/emulator/access.hpp"
#include "akv/emulator/built_in_roles.hpp"
#include "akv/emulator/extension_store.hpp"
#include "akv/emulator/role_assignments.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <functional>
#include <stdexcept>

namespace akv::emulator {
namespace {

constexpr std::string_view owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

std::string remembered(Store& store, const char* key, const std::function<std::string()>& make) {
  auto value = store.meta(key);
  if (!value) {
    value = make();
    store.set_meta(key, *value);
  }
  return *value;
}

/// An id that the caller wants, or the one from last time, or a new one.
std::string chosen_id(Store& store, const char* key, const std::string& wanted,
                      RandomSource& random) {
  if (wanted.empty()) return remembered(store, key, [&] { return new_uuid(random); });
  if (!is_uuid(wanted))
    throw std::invalid_argument("the emulator's " + std::string(key) + " '" + wanted +
                                "' is no UUID");
  store.set_meta(key, wanted);
  return wanted;
}

/// An RSA key takes a quarter of a second to make. Stores in memory, of which a test has many,
/// share one; a token still holds for no other store, since its tenant and application do not.
/// Lives as long as the program.
const std::string& shared_signing_key() {
  static const std::string& key = *new std::string(TokenService::new_signing_key());
  return key;
}

/// The GUID of a role by its name or GUID. Throws std::invalid_argument.
std::string role_id(Store& store, const std::string& tenant, const std::string& role) {
  if (const BuiltInRole* known = find_built_in_role(role)) return std::string(known->id);
  ExtensionStore extensions(store);
  if (find_role(extensions, tenant, role)) return ascii::lower(role);
  throw std::invalid_argument("the emulator has no role '" + role + "'");
}

}  // namespace

Identity open_identity(Store& store, const Options& options, SystemTime now) {
  RandomSource& random = *options.random;
  Transaction transaction(store.database());
  Identity identity{
      .tenant_id = chosen_id(store, "tenant id", options.tenant_id, random),
      .subscription_id = chosen_id(store, "subscription id", options.subscription_id, random),
      .client_id = remembered(store, "client id", [&] { return new_uuid(random); }),
      .client_secret = remembered(store, "client secret", &TokenService::new_secret),
      .object_id = remembered(store, "object id", [&] { return new_uuid(random); })};
  store.put_subscription({identity.subscription_id, identity.tenant_id});
  own_subscription(store, random, identity, identity.subscription_id, now);
  transaction.commit();
  return identity;
}

std::string open_signing_key(Store& store, const Options& options) {
  Transaction transaction(store.database());
  std::string key = remembered(store, "signing key", [&] {
    return options.store.empty() ? shared_signing_key() : TokenService::new_signing_key();
  });
  transaction.commit();
  return key;
}

std::vector<TokenService::Application> open_applications(Store& store, const Identity& identity) {
  std::vector<TokenService::Application> all = {{.tenant_id = identity.tenant_id,
                                                 .client_id = identity.client_id,
                                                 .client_secret = identity.client_secret,
                                                 .object_id = identity.object_id,
                                                 .name = "akv emulator administrator"}};
  for (StoredPrincipal& stored : principals(store))
    all.push_back({.tenant_id = std::move(stored.tenant_id),
                   .client_id = std::move(stored.client_id),
                   .client_secret = std::move(stored.secret),
                   .object_id = std::move(stored.object_id),
                   .name = std::move(stored.name),
                   .is_user = stored.is_user,
                   .secret_expires = stored.secret_expires});
  return all;
}

void own_subscription(Store& store, RandomSource& random, const Identity& identity,
                      const std::string& subscription, SystemTime now) {
  const std::string key = "owner of " + ascii::lower(subscription);
  if (store.meta(key)) return;
  store.set_meta(key, identity.object_id);
  assign_role(store,
              {.name = new_uuid(random),
               .scope = "/subscriptions/" + subscription,
               .role = std::string(owner),
               .principal = identity.object_id,
               .principal_type = "ServicePrincipal",
               .by = identity.object_id},
              now);
}

TokenService::Application add_principal(Store& store, RandomSource& random,
                                        const Identity& identity, const Principal& principal,
                                        SystemTime now) {
  if (principal.name.empty()) throw std::invalid_argument("a principal needs a name");
  if (principal.is_user)
    for (const StoredPrincipal& known : principals(store))
      if (ascii::equal(known.client_id, principal.name))
        throw std::invalid_argument("there is a user '" + principal.name + "' already");
  Transaction transaction(store.database());
  StoredPrincipal stored{.client_id = principal.is_user ? principal.name : new_uuid(random),
                         .tenant_id = identity.tenant_id,
                         .secret = TokenService::new_secret(),
                         .object_id = new_uuid(random),
                         .name = principal.name,
                         .is_user = principal.is_user};
  if (principal.secret_lifetime.count() > 0)
    stored.secret_expires = now + principal.secret_lifetime;
  put_principal(store, stored);
  for (const RoleGrant& grant : principal.roles) {
    const std::string scope =
        grant.scope.empty() ? "/subscriptions/" + identity.subscription_id : grant.scope;
    if (!ResourceId::parse(scope))
      throw std::invalid_argument("'" + scope + "' is the id of no scope");
    assign_role(store,
                {.name = new_uuid(random),
                 .scope = scope,
                 .role = role_id(store, identity.tenant_id, grant.role),
                 .principal = stored.object_id,
                 .principal_type = principal.is_user ? "User" : "ServicePrincipal",
                 .by = identity.object_id},
                now);
  }
  transaction.commit();
  return {.tenant_id = stored.tenant_id,
          .client_id = stored.client_id,
          .client_secret = stored.secret,
          .object_id = stored.object_id,
          .name = stored.name,
          .is_user = stored.is_user,
          .secret_expires = stored.secret_expires};
}

}  // namespace akv::emulator
