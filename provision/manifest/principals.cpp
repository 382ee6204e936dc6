#include "akv/provision/manifest/principals.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/checks.hpp"
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <utility>

namespace akv::manifest {

void Principals::read(const Tree& tree, NodeId section, const Scope& scope, bool overlay) {
  FieldReader reader(tree, session_, scope);
  if (!reader.expect_map(section, "principals")) return;
  const Word id_word{.name = "objectId", .check = check_guid};
  for (const Entry& entry : tree.entries(section)) {
    const std::string name(tree.text(entry.key));
    const engine::Place place = tree.place(entry.key);
    const auto [found, fresh] = declared_.try_emplace(name);
    Declared& declared = found->second;
    if (!fresh && !overlay) {
      if (declared.place.file != place.file)
        reader.error(entry.key, "duplicate-name", "principal " + quoted(name) + " stands twice",
                     "the first is at " + session_.describe(declared.place));
      continue;
    }
    if (fresh) {
      order_.push_back(name);
      declared.place = place;
    }
    declared.value = tree.place(entry.value);
    if (tree.at(entry.value).kind == NodeKind::map) {
      read_members(tree, entry.value, scope, declared);
    } else if (tree.at(entry.value).kind == NodeKind::null) {
      declared.faulty = true;
      reader.error(entry.value, "no-value", "principal " + quoted(name) + " has no object id",
                   "write NAME: GUID, or NAME: {objectId: GUID, type: Group}");
    } else if (const auto id = reader.value(id_word, entry.value)) {
      declared.object_id = id->string_or();
      declared.managed_identity.clear();
      declared.origin = id->origin();
    } else {
      declared.faulty = true;
    }
  }
}

void Principals::read_members(const Tree& tree, NodeId map, const Scope& scope, Declared& into) {
  FieldReader reader(tree, session_, scope);
  const ReadObject read = reader.object(map, principal_words(), "a principal");
  const NodeId object_id = tree.find(map, "objectId");
  const NodeId identity = tree.find(map, "managedIdentity");
  if (object_id != no_node && identity != no_node) {
    into.faulty = true;
    reader.error(identity, "ambiguous-principal",
                 "a principal has an objectId and a "
                 "managedIdentity",
                 "write one of them");
  } else if (object_id != no_node || identity != no_node) {
    const json::Document& id = read.value[object_id != no_node ? "objectId" : "managedIdentity"];
    into.faulty = into.faulty || !id.is_string();
    into.object_id = object_id != no_node ? id.string_or() : "";
    into.managed_identity = identity != no_node ? id.string_or() : "";
    into.origin = id.origin();
  }
  if (const json::Document* type = read.value.find("type")) into.type = type->string_or();
  into.break_glass = read.value["breakGlass"].bool_or(into.break_glass);
}

void Principals::finish(engine::Deployment& deployment) {
  std::map<std::string, const std::string*> by_id;
  for (const std::string& name : order_) {
    Declared& declared = declared_.at(name);
    std::string id = declared.object_id;
    if (!declared.managed_identity.empty()) {
      id = engine::identity_placeholder(declared.managed_identity);
      // What Microsoft Entra ID calls the principal behind every managed identity.
      if (declared.type.empty()) declared.type = "ServicePrincipal";
    }
    if (id.empty() && !declared.faulty)
      session_.diagnostics.error(declared.value, "missing-key",
                                 "principal " + quoted(name) + " has no object id",
                                 "write objectId: GUID, or managedIdentity: ID");
    if (declared.faulty) id.clear();
    if (!id.empty()) {
      const auto [same, fresh] = by_id.emplace(ascii::lower(id), &name);
      if (!fresh)
        session_.diagnostics.error(
            declared.place, "duplicate-principal",
            quoted(name) + " and " + quoted(*same->second) + " are one object id",
            "keep one name; the other is at " +
                session_.describe(declared_.at(*same->second).place));
      deployment.principals.push_back({name, id, declared.type, declared.break_glass,
                                       declared.managed_identity, declared.origin});
    }
    session_.names.principals.emplace(name, NamedPrincipal{std::move(id)});
  }
}

}  // namespace akv::manifest
