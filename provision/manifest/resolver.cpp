#include "akv/provision/manifest/resolver.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/manifest/inheritance.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akv::manifest {

using engine::ListMode;
using engine::OnSoftDeleted;
using json::Document;

namespace {

/// Stands in for a name that could not be read, so that the rest of its object is still checked.
constexpr std::string_view unreadable = "-";

const Word* find_word(std::span<const Word> words, std::string_view name) {
  const auto found =
      std::find_if(words.begin(), words.end(), [name](const Word& w) { return w.name == name; });
  return found == words.end() ? nullptr : &*found;
}

std::string_view property_of(const Word& word) {
  return word.writes.empty() ? word.name : word.writes;
}

const Word* find_property(std::span<const Word> words, std::string_view property) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Word& w) { return property_of(w) == property; });
  return found == words.end() ? nullptr : &*found;
}

}  // namespace

Resolver::Resolver(const Vocabulary& vocabulary, const ParameterValues& parameters,
                   DefaultsAt group, DefaultsAt vault, Session& session,
                   engine::Deployment& deployment)
    : vocabulary_(vocabulary),
      parameters_(parameters),
      session_(session),
      deployment_(deployment),
      group_defaults_{group, vocabulary.resource_group, "resourceGroup"},
      vault_defaults_{vault, vocabulary.vault, "vault"} {}

const Document& Resolver::read(Defaults& defaults, const Scope& scope) {
  if (defaults.value && defaults.everywhere) return *defaults.value;
  if (defaults.at.node == no_node) return defaults.value.emplace(Document::object());
  FieldReader reader(*defaults.at.tree, session_, scope);
  std::vector<std::string_view> elsewhere;
  for (const Word& word : defaults.words)
    if (!word.in_defaults) elsewhere.push_back(word.name);
  session_.interpolator.forget_unique();
  ReadObject object = reader.object(defaults.at.node, defaults.words, defaults.kind, elsewhere);
  defaults.everywhere = !session_.interpolator.used_unique();
  for (const Entry& entry : reader.tree().entries(defaults.at.node))
    if (std::find(elsewhere.begin(), elsewhere.end(), reader.tree().text(entry.key)) !=
        elsewhere.end())
      reader.error(entry.key, "not-in-defaults",
                   quoted(reader.tree().text(entry.key)) + " cannot stand in defaults",
                   "write it where it belongs to one object");
  return defaults.value.emplace(std::move(object.value));
}

void Resolver::check_defaults() {
  // Any group will do to fill in ${unique:N}.
  const Scope scope{&parameters_, unreadable};
  for (Defaults* defaults : {&group_defaults_, &vault_defaults_})
    if (!defaults->value) read(*defaults, scope);
}

bool Resolver::claim(std::map<std::string, engine::Place>& names, std::string key, std::string what,
                     engine::Place place) {
  const auto [found, fresh] = names.emplace(std::move(key), place);
  if (!fresh)
    session_.diagnostics.error(place, "duplicate-object", std::move(what) + " stands here twice",
                               "the first is at " + session_.describe(found->second));
  return fresh;
}

std::string Resolver::subscription_of(FieldReader& reader, NodeId node, const ReadObject& own,
                                      std::string_view of_file) {
  std::string subscription(own.value["subscription"].string_or(of_file));
  const bool written = reader.tree().find(node, "subscription") != no_node;
  if (subscription.empty() && !written && session_.names.complete &&
      !missing_subscription_reported_) {
    missing_subscription_reported_ = true;
    reader.error(node, "no-subscription", "no subscription is named for this resource group",
                 "write subscription: ID in the manifest, give --subscription ID, or set "
                 "AZURE_SUBSCRIPTION_ID");
  }
  return subscription;
}

void Resolver::resource_group(const Tree& tree, NodeId node, std::string_view subscription) {
  const std::span<const Word> words = vocabulary_.resource_group;
  const Scope outside{&parameters_};
  FieldReader naming(tree, session_, outside);
  if (!naming.expect_map(node, "a resource group")) return;

  // Name and subscription first: everything else may use ${unique:N}, which is made of them.
  ReadObject identity;
  for (const std::string_view member : {"name", "subscription"}) {
    const NodeId written = tree.find(node, member);
    const Word* word = find_word(words, member);
    if (word == nullptr) continue;
    if (written == no_node) {
      if (word->required)
        naming.error(node, "missing-key", "a resource group needs " + quoted(member));
      continue;
    }
    if (auto value = naming.value(*word, written)) identity.value.set(member, std::move(*value));
  }
  Group group;
  group.subscription = subscription_of(naming, node, identity, subscription);
  group.name = identity.value["name"].string_or(unreadable);
  group.unique_in = group.subscription + "/" + group.name;
  const Scope inside{&parameters_, group.unique_in};
  FieldReader reader(tree, session_, inside);
  constexpr std::array<std::string_view, 3> done{"name", "subscription", "vaults"};
  ReadObject own = reader.object(node, words, "a resource group", done);
  group.existing = own.value["existing"].bool_or(false);

  if (!group.subscription.empty() &&
      std::none_of(deployment_.subscriptions.begin(), deployment_.subscriptions.end(),
                   [&](const auto& known) { return ascii::equal(known, group.subscription); }))
    deployment_.subscriptions.push_back(group.subscription);

  Document inherited = Document::object();
  if (group.existing) {
    reject_properties_of_existing(own, words);
  } else {
    inherited = read(group_defaults_, inside);
    drop_unmanaged(own.value, inherited, words);
  }
  engine::Desired desired =
      take_words(inherit(inherited, std::move(own), words, session_.names.tenant), words);
  desired.kind = "resourceGroup";
  desired.name = desired.group = group.name;
  desired.subscription = group.subscription;
  desired.id = resource_group_id(group.subscription, group.name);
  desired.existing = group.existing;
  if (const Document* name = identity.value.find("name")) {
    desired.origin = name->origin();
    check_tags(desired);
    if (claim(groups_, ascii::lower(group.unique_in), "resource group " + quoted(group.name),
              session_.places.at(desired.origin)))
      deployment_.objects.push_back(std::move(desired));
  }

  const NodeId vaults = tree.find(node, "vaults");
  if (vaults == no_node || !reader.expect_list(vaults, "vaults")) return;
  for (const NodeId item : tree.items(vaults)) vault(tree, item, group);
}

void Resolver::vault(const Tree& tree, NodeId node, const Group& group) {
  const std::span<const Word> words = vocabulary_.vault;
  const Scope scope{&parameters_, group.unique_in};
  FieldReader reader(tree, session_, scope);
  if (!reader.expect_map(node, "a vault")) return;
  ReadObject own = reader.object(node, words, "a vault");
  const Document name = own.value["name"];
  const bool existing = own.value["existing"].bool_or(false);

  Document inherited = read(vault_defaults_, scope);
  if (existing) {
    reject_properties_of_existing(own, words);
    Document policies = Document::object();
    if (Document* list = inherited.find("accessPolicies"))
      policies.set("accessPolicies", std::move(*list));
    inherited = std::move(policies);
  }
  drop_unmanaged(own.value, inherited, words);
  engine::Desired desired =
      take_words(inherit(inherited, std::move(own), words, session_.names.tenant), words);
  desired.existing = existing;
  if (existing) desired.manage["accessPolicies"] = ListMode::merge;
  check_states(desired);
  check_tags(desired);
  warn_of_idle_policies(desired);
  if (!name.is_string()) return;

  desired.kind = "vault";
  desired.group = group.name;
  desired.name = group.name + "/" + name.as_string();
  desired.subscription = group.subscription;
  desired.id = vault_id(group.subscription, group.name, name.as_string());
  desired.origin = name.origin();
  if (claim(vaults_, ascii::lower(name.as_string()), "vault " + quoted(name.as_string()),
            session_.places.at(desired.origin)))
    deployment_.objects.push_back(std::move(desired));
}

engine::Desired Resolver::take_words(Document body, std::span<const Word> words) {
  engine::Desired desired;
  desired.adopt = body["adopt"].bool_or(false);
  const std::string_view deleted = body["onSoftDeleted"].string_or();
  desired.on_soft_deleted = deleted == "recover" ? OnSoftDeleted::recover
                            : deleted == "purge" ? OnSoftDeleted::purge
                                                 : OnSoftDeleted::fail;
  if (const Document* manage = body.find("manage"))
    for (const json::Member& member : manage->as_object())
      desired.manage[member.name] =
          member.value.string_or() == "merge" ? ListMode::merge : ListMode::exact;
  for (const Word& word : words)
    if (word.of_engine) body.erase(word.name);
  desired.body = std::move(body);
  return desired;
}

void Resolver::reject_properties_of_existing(const ReadObject& own, std::span<const Word> words) {
  for (const json::Member& member : own.value.as_object()) {
    const Word* word = find_property(words, member.name);
    const engine::Place place = session_.places.at(member.value.origin());
    if (word != nullptr && !word->of_existing)
      session_.diagnostics.error(
          place, "existing-property",
          "existing: true leaves the object as it is, so " + quoted(word->name) + " has no effect",
          "remove it, or remove existing: true");
    if (member.name != "manage") continue;
    for (const json::Member& mode : member.value.as_object())
      if (mode.name != "accessPolicies" || mode.value.string_or() != "merge")
        session_.diagnostics.error(session_.places.at(mode.value.origin()), "existing-property",
                                   "of an existing vault only the access policies are managed, "
                                   "and always merged",
                                   "remove " + mode.name + " from manage");
  }
}

void Resolver::drop_unmanaged(const Document& own, Document& inherited,
                              std::span<const Word> words) {
  const Document* paths = own.find("unmanaged");
  if (paths == nullptr) return;
  for (const Document& path : paths->as_array()) {
    const std::string_view text = path.string_or();
    const std::size_t dot = text.find('.');
    const std::string_view head = text.substr(0, dot);
    const std::string_view tail = dot == std::string_view::npos ? "" : text.substr(dot + 1);
    const engine::Place place = session_.places.at(path.origin());
    const Word* word = find_word(words, head);
    const bool known =
        word != nullptr && word->in_defaults &&
        (dot == std::string_view::npos || (word->type == FieldType::text_map && !tail.empty()) ||
         (word->type == FieldType::object && find_word(word->members, tail) != nullptr));
    if (!known) {
      std::vector<std::string> owned;
      for (const Word& w : words) {
        if (!w.in_defaults) continue;
        owned.emplace_back(w.name);
        for (const Word& member : w.members)
          if (w.type == FieldType::object)
            owned.push_back(std::string(w.name) + "." + std::string(member.name));
      }
      const std::vector<std::string_view> names(owned.begin(), owned.end());
      session_.diagnostics.error(place, "unknown-property",
                                 quoted(text) + " is no property that defaults can give",
                                 did_you_mean(text, names));
      continue;
    }
    const std::string_view property = property_of(*word);
    const Document& written = own[property];
    if (tail.empty() ? own.find(property) != nullptr : written.find(tail) != nullptr)
      session_.diagnostics.error(place, "written-and-unmanaged",
                                 quoted(text) + " is written here and left unmanaged",
                                 "do one of the two");
    if (tail.empty()) {
      inherited.erase(property);
    } else if (Document* object = inherited.find(property)) {
      const Document* member =
          word->type == FieldType::text_map ? object->find_ignoring_case(tail) : object->find(tail);
      if (member != nullptr)
        std::erase_if(object->as_object(), [&](const auto& m) { return &m.value == member; });
      if (object->size() == 0) inherited.erase(property);
    }
  }
}

void Resolver::check_states(const engine::Desired& desired) {
  const Document* policies = desired.body.find("accessPolicies");
  const auto mode = desired.manage.find("accessPolicies");
  if (policies == nullptr || (mode != desired.manage.end() && mode->second == ListMode::merge))
    return;
  for (const Document& entry : policies->as_array())
    if (const Document* state = entry.find("state"))
      session_.diagnostics.error(
          session_.places.at(state->origin()), "absent-in-exact-list",
          "state: absent has a meaning only where access policies are merged",
          "remove the entry, or write manage: {accessPolicies: merge}");
}

void Resolver::check_tags(const engine::Desired& desired) {
  constexpr std::size_t most = 50;
  const Document* tags = desired.body.find("tags");
  if (tags == nullptr || desired.existing) return;
  const std::size_t ours = desired.body["protect"].bool_or(false) ? 2 : 1;
  if (tags->size() + ours > most)
    session_.diagnostics.error(session_.places.at(tags->origin()), "too-many",
                               "tags has " + std::to_string(tags->size()) +
                                   " entries, and akv adds " + std::to_string(ours),
                               "Azure's limit is " + std::to_string(most));
}

void Resolver::warn_of_idle_policies(const engine::Desired& desired) {
  const Document* policies = desired.body.find("accessPolicies");
  if (policies == nullptr || policies->size() == 0 ||
      !desired.body["enableRbacAuthorization"].bool_or(false))
    return;
  session_.diagnostics.warning(
      session_.places.at(policies->origin()), "idle-access-policies",
      "access policies have no effect while enableRbacAuthorization is true",
      "remove them, or write enableRbacAuthorization: false");
}

}  // namespace akv::manifest
