// Access policies: principals and permission sets by name, or written out.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace akv::manifest {

using json::Document;

namespace {

/// Gives every node of a copied set the place where the set is named.
void set_origins(Document& permissions, std::uint32_t origin) {
  permissions.set_origin(origin);
  for (json::Member& category : permissions.as_object()) {
    category.value.set_origin(origin);
    for (Document& word : category.value.as_array()) word.set_origin(origin);
  }
}

void unite(Document& into, const Document& set) {
  for (const json::Member& category : set.as_object()) {
    Document& list = into.set(category.name);
    if (list.is_null()) list = Document::array();
    for (const Document& word : category.value.as_array()) {
      const auto& there = list.as_array();
      if (std::find(there.begin(), there.end(), word) == there.end()) list.push_back(word);
    }
  }
}

}  // namespace

bool FieldReader::add_permission_set(NodeId node, Document& permissions) {
  const auto name = text(node, "a permission set");
  if (!name) return false;
  const auto found = session_.names.permission_sets.find(*name);
  if (found == session_.names.permission_sets.end()) {
    if (!session_.names.complete) return false;
    std::vector<std::string_view> known;
    for (const auto& [set_name, set] : session_.names.permission_sets) known.push_back(set_name);
    error(node, "unknown-permission-set", "unknown permission set " + quoted(*name),
          did_you_mean(*name, known,
                       "declare it under permissionSets, or write a map of "
                       "permissions: {secrets: [get, list]}"));
    return false;
  }
  if (found->second.is_null()) return false;
  unite(permissions, found->second);
  return true;
}

std::optional<Document> FieldReader::permissions(const Word& word, NodeId node) {
  const NodeKind kind = tree_.at(node).kind;
  if (kind == NodeKind::map) return object(node, word.members, word.name).value;
  if (kind == NodeKind::null) {
    error(node, "no-value", "permissions has no value",
          "write a permission set, a list of sets, or a map such as {secrets: [get, list]}");
    return std::nullopt;
  }
  Document united = Document::object();
  bool good = true;
  if (kind == NodeKind::scalar) {
    good = add_permission_set(node, united);
  } else {
    if (tree_.at(node).size == 0) {
      error(node, "no-value", "permissions names no set", "write {} for no permission at all");
      return std::nullopt;
    }
    for (const NodeId item : tree_.items(node)) good = add_permission_set(item, united) && good;
  }
  if (!good) return std::nullopt;
  set_origins(united, session_.places.add(place(node)));
  return united;
}

/// Fills in the object id. False after a mistake.
bool FieldReader::principal_of(NodeId node, std::string_view what, const Document& written,
                               Document& entry) {
  const NodeId principal = tree_.find(node, "principal");
  const NodeId object_id = tree_.find(node, "objectId");
  if (principal == no_node && object_id == no_node) {
    error(node, "missing-key", std::string(what) + " needs a principal",
          "write principal: NAME, or objectId: GUID");
    return false;
  }
  if (principal != no_node && object_id != no_node) {
    error(node, "ambiguous-principal", std::string(what) + " names a principal and an objectId",
          "write one of them");
    return false;
  }
  if (object_id != no_node) {
    const Document* id = written.find("objectId");
    if (id != nullptr) entry.set("objectId", *id);
    return id != nullptr;
  }
  const Document* name = written.find("principal");
  if (name == nullptr) return false;
  const auto& principals = session_.names.principals;
  const auto found = principals.find(name->string_or());
  if (found == principals.end()) {
    if (!session_.names.complete) return false;
    std::vector<std::string_view> known;
    known.reserve(principals.size());
    for (const auto& [known_name, value] : principals) known.push_back(known_name);
    const bool is_id = check_guid(name->string_or()).empty();
    error(principal, "unknown-principal", "unknown principal " + quoted(name->string_or()),
          is_id ? "write objectId: for an id"
                : did_you_mean(name->string_or(), known,
                               "declare it under principals, or write objectId: GUID"));
    return false;
  }
  if (found->second.object_id.empty()) return false;
  Document id(found->second.object_id);
  id.set_origin(name->origin());
  entry.set("objectId", std::move(id));
  return true;
}

std::optional<Document> FieldReader::policy(const Word& word, NodeId node) {
  if (!expect_map(node, "an entry of " + std::string(word.name))) return std::nullopt;
  Document written = object(node, word.members, "an access policy").value;
  Document entry = Document::object();
  entry.set_origin(written.origin());
  bool good = principal_of(node, "an access policy", written, entry);

  const bool absent = written["state"].string_or() == "absent";
  const NodeId permissions = tree_.find(node, "permissions");
  if (absent && permissions != no_node) {
    error(permissions, "absent-with-permissions",
          "an entry with state: absent is removed, so it has no permissions",
          "remove permissions, or state");
    good = false;
  } else if (!absent && permissions == no_node && tree_.find(node, "state") == no_node) {
    error(node, "missing-key", "an access policy needs permissions",
          "write a permission set, or a map such as {secrets: [get, list]}");
    good = false;
  } else if (!absent && written.find("permissions") == nullptr) {
    good = false;
  }
  if (!good) return std::nullopt;
  for (const std::string_view member : {"tenantId", "applicationId"})
    if (Document* value = written.find(member)) entry.set(member, std::move(*value));
  Document* granted = written.find("permissions");
  entry.set("permissions", granted != nullptr ? std::move(*granted) : Document::object());
  if (absent) entry.set("state", std::move(*written.find("state")));
  return entry;
}

std::optional<Document> FieldReader::entry(const Word& word, NodeId node) {
  const std::string what = "an entry of " + std::string(word.name);
  if (!expect_map(node, what)) return std::nullopt;
  const std::size_t before = session_.diagnostics.errors();
  Document written = object(node, word.members, what).value;
  const auto knows = [&](std::string_view name) {
    return std::any_of(word.members.begin(), word.members.end(),
                       [name](const Word& member) { return member.name == name; });
  };
  Document result = Document::object();
  result.set_origin(written.origin());
  const bool good = !knows("principal") || principal_of(node, what, written, result);
  if (!good || session_.diagnostics.errors() > before) return std::nullopt;
  for (json::Member& member : written.as_object())
    if (member.name != "principal" && result.find(member.name) == nullptr)
      result.set(member.name, std::move(member.value));
  return result;
}

}  // namespace akv::manifest
