#include "akv/provision/kinds/role_assignment.hpp"

#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/role_names.hpp"
#include "akv/provision/kinds/vault_access.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::Desired;
using engine::Environment;
using engine::FieldChange;
using engine::ListMode;
using engine::Rule;
using engine::Shape;
using json::Document;

constexpr std::string_view list_name = "roleAssignments";

// One principal has one role once at a scope, whatever the condition and the assignment's name.
// `role` goes with the id: it is what people call it.
constexpr std::array<std::string_view, 3> assignment_key{"objectId", "roleDefinitionId", "role"};
constexpr std::array<Rule, 4> rules_table{{
    {.path = "roleAssignments", .shape = Shape::keyed, .key = assignment_key},
    // Without a condition a role gives more, so that one that is not written shall not be.
    {.path = "roleAssignments[].condition", .cleared = true},
    {.path = "roleAssignments[].conditionVersion", .cleared = true},
    {.path = "roleAssignments[].description"},
}};

void copy_text(const Document& from, std::string_view member, Document& into) {
  if (const Document* text = from.find(member); text && !text->string_or().empty())
    into.set(member, *text);
}

// The usual one goes without saying, so that a condition that comes or goes is one difference.
void copy_version(const Document& from, Document& into) {
  if (from["conditionVersion"].string_or() != usual_condition_version)
    copy_text(from, "conditionVersion", into);
}

Document sorted(Document::Array entries) {
  const auto less = [](const Document& a, const Document& b) {
    for (const std::string_view member : {"objectId", "roleDefinitionId"})
      if (const int order = a[member].string_or().compare(b[member].string_or())) return order < 0;
    return false;
  };
  std::stable_sort(entries.begin(), entries.end(), less);
  // A role by its name and by its id is one entry; the later one is the nearer one.
  Document::Array once;
  for (Document& entry : entries) {
    if (!once.empty() && !less(once.back(), entry))
      once.back() = std::move(entry);
    else
      once.push_back(std::move(entry));
  }
  return Document(std::move(once));
}

Document identified(std::string_view principal, std::string role, std::string_view known_name) {
  Document entry = Document::object({{"objectId", ascii::lower(principal)}});
  std::string title = role_title(role, known_name);
  entry.set("roleDefinitionId", std::move(role));
  entry.set("role", std::move(title));
  return entry;
}

std::string guid_in(std::string_view role_definition_id) {
  return ascii::lower(role_definition_id.substr(role_definition_id.rfind('/') + 1));
}

Document canonical_live_entry(const Document& raw) {
  const Document& properties = raw["properties"];
  Document entry =
      identified(properties["principalId"].string_or(),
                 guid_in(properties["roleDefinitionId"].string_or()), raw["roleName"].string_or());
  copy_text(properties, "condition", entry);
  copy_version(properties, entry);
  if (const std::string text = read_marked(properties["description"].string_or()).text;
      !text.empty())
    entry.set("description", text);
  return entry;
}

Document canonical_entry(const Document& written, const Environment& environment) {
  std::string guid = role_guid(written["role"].string_or(), environment);
  const auto named = environment.roles.find(guid);
  Document entry =
      identified(written["objectId"].string_or(), std::move(guid),
                 named != environment.roles.end() ? std::string_view(named->second) : "");
  if (const Document* condition = written.find("condition")) {
    entry.set("condition", *condition);
    copy_version(written, entry);
  }
  if (const Document& description = written["description"];
      !own_text(description.string_or()).empty()) {
    Document text(own_text(description.string_or()));
    text.set_origin(description.origin());
    entry.set("description", std::move(text));
  }
  if (const Document* state = written.find("state")) entry.set("state", *state);
  entry.set_origin(written.origin());
  return entry;
}

/// What a role lets people do, as the end of `app can now …`.
std::string_view ability(std::string_view role) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 18> abilities{{
      {role_id::key_vault_administrator, "do everything with keys, secrets and certificates"},
      {role_id::key_vault_reader, "see which keys, secrets and certificates there are"},
      {role_id::key_vault_secrets_officer, "read, change and delete secrets"},
      {role_id::key_vault_secrets_user, "read secrets"},
      {role_id::key_vault_crypto_officer, "use, change and delete keys"},
      {role_id::key_vault_crypto_user, "use keys"},
      {role_id::key_vault_crypto_service_encryption_user, "wrap and unwrap with keys"},
      {role_id::key_vault_crypto_service_release_user, "release keys"},
      {role_id::key_vault_certificates_officer, "read, change and delete certificates"},
      {role_id::key_vault_certificate_user, "read certificates with their private keys"},
      {role_id::key_vault_contributor, "change and delete vaults, and write access policies"},
      {role_id::key_vault_purge_operator, "purge deleted vaults"},
      {role_id::key_vault_data_access_administrator,
       "give others access to keys, secrets and certificates"},
      {role_id::owner, "do everything with the resources, and give others access"},
      {role_id::contributor, "change and delete the resources"},
      {role_id::reader, "see the resources"},
      {role_id::user_access_administrator, "give anybody any role"},
      {role_id::role_based_access_control_administrator, "give anybody any role"},
  }};
  for (const auto& [id, text] : abilities)
    if (id == role) return text;
  return {};
}

std::string who(const FieldChange& field) {
  const std::size_t role = field.key["role"].string_or().size() + 1;
  return field.entry.substr(0, field.entry.size() - std::min(role, field.entry.size()));
}

std::string effect_of(const FieldChange& field) {
  const bool gained = field.before.is_null(), lost = field.after.is_null();
  if (field.leaf == "condition")
    return who(field) + (gained ? " has the role only under a condition now"
                         : lost ? " has the role without a condition now"
                                : " has the role under another condition now");
  const std::string_view what = ability(field.key["roleDefinitionId"].string_or());
  if (!field.leaf.empty() || what.empty() || gained == lost) return {};
  return (who(field) + (gained ? " can now " : " can no longer ")).append(what);
}

class RoleAssignmentKind final : public engine::Kind {
 public:
  std::string_view name() const override { return "roleAssignment"; }
  engine::Rules rules() const override { return rules_table; }
  ListMode default_mode(std::string_view) const override { return ListMode::merge; }
  bool is_companion() const override { return true; }

  Document canonical_live(const Document& live) const override {
    return canonical_list(live, list_name, canonical_live_entry, sorted);
  }

  Document canonical_desired(const Document& body, const Desired&,
                             const Environment& environment) const override {
    return canonical_list(
        body, list_name,
        [&environment](const Document& written) { return canonical_entry(written, environment); },
        sorted);
  }

  void complete_create(Document&, const Desired&, const Environment&,
                       std::vector<std::string>&) const override {}

  // Each principal with a role is one pair.
  void assess(Change& change, const Document& before, const Document& after) const override {
    change.impact = {};
    change.impact.before.grants = role_grants(before[list_name]);
    change.impact.after.grants = role_grants(after[list_name]);
    change.risks.clear();
    change.effects.clear();
    engine::Impact& impact = change.impact;
    impact.pairs_before = before[list_name].size();
    bool wider = false, narrower = false;
    for (const FieldChange& field : change.fields) {
      const bool condition = field.leaf == "condition";
      if (!field.leaf.empty() && !condition) continue;
      const bool comes = field.before.is_null(), goes = field.after.is_null();
      impact.pairs_gained += comes && !condition ? 1 : 0;
      impact.pairs_lost += goes && !condition ? 1 : 0;
      // Whether another condition lets more pass or less, only the service can tell.
      wider |= condition ? !comes : comes;
      narrower |= condition ? !goes : goes;
      if (before.is_null()) continue;
      if (std::string effect = effect_of(field); !effect.empty())
        change.effects.emplace_back(field.path, std::move(effect));
    }
    impact.access_emptied = impact.pairs_before > 0 && impact.pairs_gained == 0 &&
                            impact.pairs_lost == impact.pairs_before;
    if (wider) change.risks.emplace_back("access-added");
    if (narrower) change.risks.emplace_back("access-removed");
    if (impact.access_emptied) change.risks.emplace_back("access-emptied");
  }

  std::string owner(const Document& live) const override {
    return std::string(live["owner"].string_or());
  }
  bool is_protected(const Document&) const override { return false; }

  std::size_t writes(const Change& change) const override {
    std::size_t entries = 0;
    const FieldChange* last = nullptr;
    for (const FieldChange& field : change.fields) {
      if (!last || last->entry != field.entry) ++entries;
      last = &field;
    }
    return entries;
  }
  std::vector<engine::Need> needs(const Change& change) const override {
    return companion_needs(role_assignment_list(), change,
                           "Role Based Access Control Administrator");
  }
};

}  // namespace

std::unique_ptr<engine::Kind> make_role_assignment_kind() {
  return std::make_unique<RoleAssignmentKind>();
}

}  // namespace akv::kinds
