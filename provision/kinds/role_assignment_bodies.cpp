#include "akv/mgmt/arm/path.hpp"
#include "akv/mgmt/authorization/role_assignment_name.hpp"
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/mark.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::FieldChange;
using json::Document;

constexpr std::string_view type = "Microsoft.Authorization/roleAssignments";
constexpr std::string_view put_operation = "RoleAssignments.create";
constexpr std::string_view delete_operation = "RoleAssignments.delete";

bool is_of(const Document& live, const Document& key) {
  const std::string_view role = live["properties"]["roleDefinitionId"].string_or();
  return ascii::equal(live["properties"]["principalId"].string_or(), key["objectId"].string_or()) &&
         ascii::equal(role.substr(role.rfind('/') + 1), key["roleDefinitionId"].string_or());
}

const Document* wanted_entry(const Change& change, const Document& key) {
  const Document& list = change.desired["roleAssignments"];
  if (!list.is_array()) return nullptr;
  for (const Document& entry : list.as_array())
    if (entry["objectId"] == key["objectId"] &&
        entry["roleDefinitionId"] == key["roleDefinitionId"] && !entry.find("state"))
      return &entry;
  return nullptr;
}

// Without its type the service looks the principal up in a directory that may not know it yet.
std::string_view principal_type(std::string_view object_id, const RunFacts& facts) {
  for (const engine::Principal& principal : facts.principals)
    if (ascii::equal(principal.object_id, object_id)) return principal.type;
  return {};
}

Document new_properties(const Change& change, const Document& wanted, const RunFacts& facts) {
  const std::string object_id(wanted["objectId"].string_or());
  Document properties = Document::object(
      {{"roleDefinitionId",
        role_definition_id(wanted["roleDefinitionId"].string_or(), change.subscription)},
       {"principalId", object_id}});
  if (const std::string_view kind = principal_type(object_id, facts); !kind.empty())
    properties.set("principalType", kind);
  return properties;
}

// Of a live one only these can be changed; the rest is sent as it stands.
Document kept_properties(const Document& live) {
  Document properties = Document::object();
  for (const char* member : {"roleDefinitionId", "principalId", "principalType", "condition",
                             "conditionVersion", "delegatedManagedIdentityResourceId"})
    if (const Document& value = live["properties"][member]; !value.is_null())
      properties.set(member, value);
  return properties;
}

EntryWrite put_of(const Change& change, const Document& wanted, const Document* live,
                  const RunFacts& facts) {
  Document properties = live ? kept_properties(*live) : new_properties(change, wanted, facts);
  for (const char* member : {"condition", "conditionVersion"}) properties.erase(member);
  if (const Document* condition = wanted.find("condition")) {
    properties.set("condition", *condition);
    properties.set("conditionVersion",
                   wanted["conditionVersion"].string_or(usual_condition_version));
  }
  const MarkedText there =
      read_marked(live ? (*live)["properties"]["description"].string_or() : std::string_view());
  const std::string_view text = wanted["description"].string_or(there.text);
  // Somebody else's assignment does not become ours by being named.
  const std::string_view mark =
      live ? std::string_view(there.deployment) : facts.environment.deployment;
  if (const std::string whole = mark.empty() ? std::string(text) : marked(text, mark);
      !whole.empty())
    properties.set("description", whole);

  const std::string_view parent = parent_of(change.id);
  EntryWrite write;
  if (live) write.id = (*live)["id"].string_or();
  const std::string id = live ? write.id
                              : std::string(parent) + "/providers/" + std::string(type) + "/" +
                                    role_assignment_name(parent, wanted["objectId"].string_or(),
                                                         wanted["roleDefinitionId"].string_or());
  write.path = arm::Path(put_operation).extension("role assignment", type, id).str();
  write.body = Document::object({{"properties", std::move(properties)}});
  return write;
}

std::vector<EntryWrite> writes_of(const Change&, const Change& fresh, const RunFacts& facts) {
  std::vector<EntryWrite> writes;
  const Document& live = fresh.live["roleAssignments"];
  const Document* last = nullptr;
  for (const FieldChange& field : fresh.fields) {
    // The fields of one entry follow each other.
    if (last && *last == field.key) continue;
    last = &field.key;
    const Document* wanted = wanted_entry(fresh, field.key);
    bool found = false;
    if (live.is_array())
      for (const Document& entry : live.as_array()) {
        if (!is_of(entry, field.key)) continue;
        found = true;
        if (wanted) {
          writes.push_back(put_of(fresh, *wanted, &entry, facts));
          continue;
        }
        const std::string id(entry["id"].string_or());
        writes.push_back(
            {.method = http::Method::del,
             .path = arm::Path(delete_operation).extension("role assignment", type, id).str(),
             .id = id});
      }
    if (wanted && !found) writes.push_back(put_of(fresh, *wanted, nullptr, facts));
  }
  // Who changes from one role to another is never without both.
  std::stable_partition(writes.begin(), writes.end(),
                        [](const EntryWrite& write) { return write.method == http::Method::put; });
  return writes;
}

Document absent(const Document& entry) {
  return Document::object(
      {{"objectId", entry["objectId"]}, {"role", entry["roleDefinitionId"]}, {"state", "absent"}});
}

}  // namespace

const CompanionList& role_assignment_list() {
  static constexpr CompanionList list{
      .kind = "roleAssignment",
      .list = "roleAssignments",
      .collection = "/providers/Microsoft.Authorization/roleAssignments",
      .api_version = "2022-04-01",
      .list_operation = "RoleAssignments.list_for_scope",
      .put_operation = put_operation,
      .delete_operation = delete_operation,
      .text = "description",
      .absent = absent,
      .writes = writes_of};
  return list;
}

}  // namespace akv::kinds
