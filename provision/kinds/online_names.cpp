#include "akv/provision/kinds/online_names.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "akv/provision/kinds/role_names.hpp"
#include "akv/provision/kinds/scopes.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Deployment;
using engine::Desired;
using engine::Principal;
using json::Document;

constexpr const char* identities_api_version = "2023-01-31";
constexpr const char* roles_api_version = "2022-04-01";
constexpr std::string_view lists[] = {"accessPolicies", "roleAssignments"};

/// Calls `visit` for each entry of the object's lists that names a principal.
template <class Body, class Visit>
void each_entry(Body& body, const Visit& visit) {
  for (const std::string_view name : lists)
    if (auto* list = body.find(name); list && list->is_array())
      for (auto& entry : list->as_array()) visit(entry);
}

class Resolution {
 public:
  Resolution(const Deployment& deployment, const Connection& connection, const Context& context)
      : deployment_(deployment), connection_(connection), context_(context) {}

  OnlineNames run() {
    resolve_identities();
    resolve_roles();
    if (names_.deployment || !names_.roles.empty())
      find_duplicates(names_.deployment ? *names_.deployment : deployment_);
    if (!mistakes_.empty())
      throw NameMistakes(std::move(mistakes_), deployment_.places.files.size());
    return std::move(names_);
  }

 private:
  // Identities --------------------------------------------------------------------------------

  void resolve_identities() {
    // By placeholder: the objects that use it.
    std::map<std::string, std::vector<std::size_t>, ascii::Less> users;
    for (std::size_t i = 0; i < deployment_.objects.size(); ++i)
      each_entry(deployment_.objects[i].body, [&](const Document& entry) {
        const std::string_view id = entry["objectId"].string_or();
        if (engine::managed_identity_of(id).empty()) return;
        std::vector<std::size_t>& known = users[std::string(id)];
        if (known.empty() || known.back() != i) known.push_back(i);
      });
    if (users.empty()) return;
    std::map<std::string, std::string, ascii::Less> object_ids;  // By placeholder.
    for (const Principal& principal : deployment_.principals) {
      const auto used = users.find(principal.object_id);
      if (used == users.end()) continue;
      try {
        if (std::string id = object_id_of(principal); !id.empty())
          object_ids.emplace(principal.object_id, std::move(id));
      } catch (const AzureError& e) {
        if (!is_closed(e)) throw;
        const std::string& identity = principal.managed_identity;
        const std::string way = dynamic_cast<const ForbiddenError*>(&e) != nullptr
                                    ? "a role with read access on " + identity
                                    : unreadable("managedIdentity", identity, e).remedy;
        for (const std::size_t i : used->second)
          leave_out(deployment_.objects[i], e,
                    "the managed identity of " + manifest::quoted(principal.name),
                    way + ", or its objectId in the manifest");
      }
    }
    fill_in(object_ids);
  }

  /// Empty after a mistake.
  std::string object_id_of(const Principal& principal) {
    const std::string& identity = principal.managed_identity;
    const auto id = ResourceId::parse(identity);
    const bool user_assigned =
        id && ascii::equal(id->type(), "Microsoft.ManagedIdentity/userAssignedIdentities");
    std::string found;
    try {
      const Document raw = read_object(
          connection_.client,
          user_assigned ? identity
                        : identity + "/providers/Microsoft.ManagedIdentity/identities/default",
          identities_api_version,
          user_assigned ? "UserAssignedIdentities.get" : "SystemAssignedIdentities.get_by_scope",
          context_);
      found = ascii::lower(raw["properties"]["principalId"].string_or());
    } catch (const NotFoundError& e) {
      // Each provider has its own words for it.
      if (is_closed(e)) throw;
    }
    const std::string whose = "the managed identity of " + manifest::quoted(principal.name);
    if (found.empty()) {
      mistake(principal.origin, "unknown-identity",
              user_assigned ? whose + " does not exist"
                            : whose +
                                  " does not exist: the resource is not there, or has none of "
                                  "its own",
              "check the id, and that it is made before this manifest is used");
      return found;
    }
    for (const Principal& other : deployment_.principals)
      if (ascii::equal(other.object_id, found))
        mistake(principal.origin, "duplicate-principal",
                whose + " and " + manifest::quoted(other.name) + " are one object id",
                "keep one name");
    return found;
  }

  void fill_in(const std::map<std::string, std::string, ascii::Less>& object_ids) {
    Deployment& filled = names_.deployment.emplace(deployment_);
    for (Principal& principal : filled.principals)
      if (const auto found = object_ids.find(principal.object_id); found != object_ids.end())
        principal.object_id = found->second;
    for (Desired& object : filled.objects)
      each_entry(object.body, [&object_ids](Document& entry) {
        const Document& written = entry["objectId"];
        const auto found = object_ids.find(std::string(written.string_or()));
        if (found == object_ids.end()) return;
        Document id(found->second);
        id.set_origin(written.origin());
        entry.set("objectId", std::move(id));
      });
  }

  // Roles -------------------------------------------------------------------------------------

  struct Use {
    const Desired* object;
    const Document* role;
  };

  void resolve_roles() {
    std::map<std::string, std::vector<Use>, ascii::Less> unknown;  // By subscription.
    for (const Desired& object : deployment_.objects)
      if (object.kind == "roleAssignment")
        each_entry(object.body, [&](const Document& entry) {
          if (role_guid(entry["role"].string_or(), {}).empty())
            unknown[object.subscription].push_back({&object, &entry["role"]});
        });
    for (const auto& [subscription, uses] : unknown) ask_for_roles(subscription, uses);
  }

  void ask_for_roles(const std::string& subscription, const std::vector<Use>& uses) {
    std::map<std::string, std::string, ascii::Less> found;  // GUIDs by name.
    try {
      // A custom role may be assignable in one group only.
      read_pages(
          connection_.client,
          "/subscriptions/" + subscription + "/providers/Microsoft.Authorization/roleDefinitions",
          roles_api_version, "RoleDefinitions.list", context_,
          [&found](const Document& role) {
            found.emplace(role["properties"]["roleName"].string_or(), role["name"].string_or());
          },
          {{"$filter", "atScopeAndBelow()"}});
    } catch (const AzureError& e) {
      if (!is_closed(e)) throw;
      const Desired* last = nullptr;
      for (const Use& use : uses) {
        if (use.object != last)
          leave_out(*use.object, e, "the roles of the subscription",
                    "a role with read access on the subscription, or GUIDs of roles in the "
                    "manifest");
        last = use.object;
      }
      return;
    }
    std::vector<std::string_view> known;
    known.reserve(found.size());
    for (const auto& [name, guid] : found) known.push_back(name);
    for (const Use& use : uses) {
      const std::string_view name = use.role->string_or();
      const auto role = found.find(std::string(name));
      if (role != found.end())
        names_.roles.emplace(role->second, role->first);
      else
        mistake(use.role->origin(), "unknown-role", "unknown role " + manifest::quoted(name),
                manifest::did_you_mean(name, known, "write its GUID, or make the role first"));
    }
  }

  // Both --------------------------------------------------------------------------------------

  /// What turns out to be one principal or one role only here: joined in silence, an entry without
  /// a condition would win over the one that has it.
  void find_duplicates(const Deployment& resolved) {
    std::map<std::string, std::string, ascii::Less> guids;  // Of roles, by name.
    for (const auto& [guid, name] : names_.roles) guids.emplace(name, guid);
    const auto role_of = [&guids](const Document& entry) {
      const std::string_view role = entry["role"].string_or();
      if (const auto found = guids.find(std::string(role)); found != guids.end())
        return found->second;
      return role_guid(role, {});
    };
    for (const Desired& object : resolved.objects) {
      std::map<std::string, std::uint32_t, ascii::Less> known;
      each_entry(object.body, [&](const Document& entry) {
        std::string key;
        for (const char* member : {"objectId", "applicationId", "tenantId"})
          key.append(entry[member].string_or()).append("/");
        if (entry.find("role")) key += role_of(entry);
        const auto [first, is_new] = known.emplace(std::move(key), entry.origin());
        if (is_new) return;
        mistake(entry.origin(), "duplicate-entry",
                "this entry is for the same principal" +
                    std::string(entry.find("role") ? " and role" : "") + " as the one at " +
                    deployment_.places.file_and_line(first->second),
                "keep one of them");
      });
    }
  }

  void leave_out(const Desired& object, const AzureError& e, const std::string& what,
                 std::string remedy) {
    names_.unreadable.push_back({.kind = object.kind,
                                 .name = object.name,
                                 .id = object.id,
                                 .code = e.info().code,
                                 .message = what + ": " + e.info().message,
                                 .remedy = std::move(remedy),
                                 .request_id = e.info().request_id});
  }

  void mistake(std::uint32_t origin, std::string code, std::string message, std::string hint) {
    const engine::Place& place = deployment_.places.at(origin);
    manifest::Diagnostic diagnostic;
    if (place.line != 0) diagnostic.file = deployment_.places.files.at(place.file);
    diagnostic.line = place.line;
    diagnostic.column = place.column;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    mistakes_.push_back(std::move(diagnostic));
  }

  const Deployment& deployment_;
  const Connection& connection_;
  const Context& context_;
  OnlineNames names_;
  std::vector<manifest::Diagnostic> mistakes_;
};

}  // namespace

OnlineNames resolve_names(const Deployment& deployment, const Connection& connection,
                          const Context& context) {
  return Resolution(deployment, connection, context).run();
}

}  // namespace akv::kinds
