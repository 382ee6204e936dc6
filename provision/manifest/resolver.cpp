#include "akv/provision/manifest/resolver.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/manifest/inheritance.hpp"
#include "akv/provision/manifest/object_rules.hpp"
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

bool is_existing(const std::vector<ReadObject>& layers) {
  bool existing = false;
  for (const ReadObject& layer : layers) existing = layer.value["existing"].bool_or(existing);
  return existing;
}

std::size_t count_values(const Document& document) {
  std::size_t count = 0;
  std::vector<const Document*> waiting{&document};
  while (!waiting.empty()) {
    const Document& value = *waiting.back();
    waiting.pop_back();
    ++count;
    if (value.is_array())
      for (const Document& item : value.as_array()) waiting.push_back(&item);
    if (value.is_object())
      for (const json::Member& member : value.as_object()) waiting.push_back(&member.value);
  }
  return count;
}

}  // namespace

Resolver::Resolver(const Tables& tables, const ParameterValues& parameters, DefaultLayers group,
                   DefaultLayers vault, Session& session, engine::Deployment& deployment)
    : tables_(tables),
      parameters_(parameters),
      session_(session),
      deployment_(deployment),
      group_defaults_{std::move(group), tables.resource_group(), "resourceGroup"},
      vault_defaults_{std::move(vault), tables.vault(), "vault"} {}

const Document& Resolver::read(Defaults& defaults, const Scope& scope) {
  if (defaults.value && defaults.everywhere) return *defaults.value;
  std::vector<std::string_view> elsewhere;
  for (const Word& word : defaults.words)
    if (!word.in_defaults) elsewhere.push_back(word.name);
  session_.interpolator.forget_unique();
  Document value = Document::object();
  for (const DefaultsAt& at : defaults.layers) {
    FieldReader reader(*at.tree, session_, scope);
    ReadObject object = reader.object(at.node, defaults.words, defaults.kind, elsewhere);
    for (const Entry& entry : at.tree->entries(at.node))
      if (std::find(elsewhere.begin(), elsewhere.end(), at.tree->text(entry.key)) !=
          elsewhere.end())
        reader.error(entry.key, "not-in-defaults",
                     quoted(at.tree->text(entry.key)) + " cannot stand in defaults",
                     "write it where it belongs to one object");
    if (at.tree->at(at.node).replace) value = Document::object();
    value = inherit(std::move(value), std::move(object), defaults.words, session_.names.tenant);
  }
  defaults.everywhere = !session_.interpolator.used_unique();
  return defaults.value.emplace(std::move(value));
}

Document Resolver::lay(Defaults& defaults, const Scope& scope, std::vector<ReadObject> layers,
                       bool existing) {
  // A forEach around the object is not around the defaults.
  Document body = read(defaults, Scope{scope.parameters, scope.unique_in});
  if (existing) body = kept_of_existing(std::move(body), defaults.words);
  for (ReadObject& own : layers) {
    if (existing) reject_properties_of_existing(own, defaults.words, session_);
    drop_unmanaged(own.value, body, defaults.words, session_);
    body = inherit(std::move(body), std::move(own), defaults.words, session_.names.tenant);
  }
  return body;
}

bool Resolver::claim(std::map<std::string, Claim>& names, std::string key, Claimed what,
                     const std::string& label) {
  const engine::Place& place = session_.places.at(what.name.origin());
  const auto [found, fresh] = names.emplace(std::move(key), Claim{place, label});
  if (fresh) return true;
  Claim& first = found->second;
  const std::string shown = std::string(what.kind) + quoted(what.name.string_or());
  const bool same_place = first.place.file == place.file && first.place.line == place.line &&
                          first.place.column == place.column;
  if (!same_place) {
    const auto by = [](const std::string& l) { return l.empty() ? "" : " (" + l + ")"; };
    session_.diagnostics.error(
        place, "duplicate-object", shown + " stands here twice" + by(label),
        "the first is at " + session_.describe(first.place) + by(first.label));
  } else if (!first.reported) {
    first.reported = true;
    session_.diagnostics.error(place, "duplicate-object",
                               shown + " is made twice: by " + first.label + " and by " + label,
                               "write a variable of forEach into the name");
  }
  return false;
}

bool Resolver::may_make(const Tree& tree, NodeId for_each) {
  if (full_) return false;
  if (++made_objects_ <= max_made_objects) return true;
  full_ = true;
  session_.diagnostics.error(
      tree.place(for_each), "too-many",
      "forEach makes more than " + std::to_string(max_made_objects) + " groups and vaults",
      "split the manifest into several deployments");
  return false;
}

void Resolver::add(const Tree& tree, NodeId group, const FileSubscription& subscription,
                   bool overlay) {
  const Scope outside{&parameters_};
  FieldReader reader(tree, session_, outside);
  if (!reader.expect_map(group, "a resource group")) return;
  const Combinations combinations(tree, group, outside, session_);
  for (std::size_t i = 0; i < combinations.count(); ++i) {
    if (combinations.is_loop() && !may_make(tree, combinations.node())) return;
    add_group(
        tree, group, subscription, overlay,
        combinations.is_loop() ? std::make_unique<Loop>(combinations.at(i, nullptr)) : nullptr);
  }
}

void Resolver::add_group(const Tree& tree, NodeId node, const FileSubscription& of_file,
                         bool overlay, std::unique_ptr<Loop> loop) {
  // Name and subscription first: everything else may use ${unique:N}, which is made of them.
  FieldReader naming(tree, session_, Scope{&parameters_, {}, loop.get()});
  ReadObject identity;
  for (const std::string_view member : {"name", "subscription"}) {
    const NodeId written = tree.find(node, member);
    const Word* word = find_word(tables_.resource_group(), member);
    if (word == nullptr) continue;
    if (written == no_node) {
      if (word->required)
        naming.error(node, "missing-key", "a resource group needs " + quoted(member));
      continue;
    }
    if (auto value = naming.value(*word, written)) identity.value.set(member, std::move(*value));
  }
  const Document& name = identity.value["name"];
  const Document& own = identity.value["subscription"];
  const std::string key = ascii::lower(name.string_or());

  if (overlay && name.is_string()) {
    if (!claim(overlay_claims_[&tree], key + "/" + ascii::lower(own.string_or()),
               {"resource group ", name}, label_of(loop.get())))
      return;
    bool ambiguous = false;
    Group* beneath = find_beneath(naming, node, key, own.string_or(), ambiguous);
    if (ambiguous) return;
    if (beneath != nullptr) {
      if (own.is_string()) beneath->subscription = {own.as_string(), own.origin()};
      if (tree.at(node).replace) beneath->layers.clear();
      beneath->layers.push_back({&tree, node, std::move(loop)});
      return;
    }
  }
  Group group;
  group.name = name;
  group.subscription = own.is_string() ? FileSubscription{own.as_string(), own.origin()} : of_file;
  const bool written = tree.find(node, "subscription") != no_node;
  // One that is faulty is reported already; "-" keeps it from being reported as missing, too.
  if (group.subscription.id.empty() && written) group.subscription.id = unreadable;
  if (group.subscription.id.empty() && session_.names.complete && !missing_subscription_reported_) {
    missing_subscription_reported_ = true;
    naming.error(node, "no-subscription", "no subscription is named for this resource group",
                 "write subscription: ID in the manifest, give --subscription ID, or set "
                 "AZURE_SUBSCRIPTION_ID");
  }
  group.layers.push_back({&tree, node, std::move(loop)});
  if (name.is_string()) groups_by_name_.emplace(key, groups_.size());
  groups_.push_back(std::move(group));
}

/// The group that an overlay's entry means: that of its name, and of its subscription where
/// several subscriptions have the name.
Resolver::Group* Resolver::find_beneath(FieldReader& reader, NodeId node, std::string_view name,
                                        std::string_view subscription, bool& ambiguous) {
  const auto [first, last] = groups_by_name_.equal_range(std::string(name));
  if (first == last) return nullptr;
  Group& candidate = groups_[first->second];
  bool several = false;
  for (auto at = first; at != last; ++at) {
    Group& group = groups_[at->second];
    if (ascii::equal(group.subscription.id, subscription)) return &group;
    several = several || !ascii::equal(group.subscription.id, candidate.subscription.id);
  }
  if (!several) return &candidate;
  ambiguous = true;
  reader.error(node, "ambiguous-group",
               "several subscriptions have a resource group " + quoted(candidate.name.string_or()),
               "write the subscription of the one that is meant");
  return nullptr;
}

void Resolver::clear() {
  groups_.clear();
  groups_by_name_.clear();
}

void Resolver::finish() {
  for (Group& group : groups_) {
    resolve(group);
    resolve_vaults(group);
  }
  // Any group will do to fill in ${unique:N}.
  const Scope scope{&parameters_, unreadable};
  for (Defaults* defaults : {&group_defaults_, &vault_defaults_})
    if (!defaults->value) read(*defaults, scope);
}

void Resolver::resolve(Group& group) {
  const std::span<const Word> words = tables_.resource_group();
  group.shown_name = group.name.string_or(unreadable);
  group.unique_in = group.subscription.id + "/" + group.shown_name;
  std::vector<ReadObject> layers;
  for (const GroupLayer& layer : group.layers) {
    FieldReader reader(*layer.tree, session_,
                       Scope{&parameters_, group.unique_in, layer.loop.get()});
    constexpr std::array<std::string_view, 4> done{"name", "subscription", "vaults", "forEach"};
    layers.push_back(reader.object(layer.node, words, "a resource group", done));
  }
  group.existing = is_existing(layers);

  const std::string& subscription = group.subscription.id;
  if (!subscription.empty() &&
      std::none_of(deployment_.subscriptions.begin(), deployment_.subscriptions.end(),
                   [&](const auto& known) { return ascii::equal(known, subscription); }))
    deployment_.subscriptions.push_back(subscription);

  engine::Desired desired = take_words(
      lay(group_defaults_, Scope{&parameters_, group.unique_in}, std::move(layers), group.existing),
      words);
  desired.kind = "resourceGroup";
  desired.name = desired.group = group.shown_name;
  desired.subscription = subscription;
  desired.subscription_origin = group.subscription.origin;
  desired.id = resource_group_id(subscription, group.shown_name);
  desired.existing = group.existing;
  desired.origin = group.name.origin();
  if (!group.name.is_string()) return;
  check_tags(desired, session_);
  const Loop* loop = group.layers.front().loop.get();
  if (claim(group_claims_, ascii::lower(group.unique_in), {"resource group ", group.name},
            label_of(loop)))
    push(std::move(desired), words, loop != nullptr);
}

void Resolver::resolve_vaults(const Group& group) {
  std::vector<Vault> vaults;
  std::map<std::string, std::size_t> by_name;
  const bool overlaid = group.layers.size() > 1;
  for (std::size_t i = 0; i < group.layers.size(); ++i) {
    const GroupLayer& layer = group.layers[i];
    const Tree& tree = *layer.tree;
    const Scope around{&parameters_, group.unique_in, layer.loop.get()};
    FieldReader reader(tree, session_, around);
    const NodeId list = tree.find(layer.node, "vaults");
    if (list == no_node || !reader.expect_list(list, "vaults")) continue;
    if (i > 0 && tree.at(list).replace) {
      vaults.clear();
      by_name.clear();
    }
    std::map<std::string, Claim> said;  // by this overlay
    for (const NodeId item : tree.items(list)) {
      if (!reader.expect_map(item, "a vault")) continue;
      const Combinations combinations(tree, item, around, session_);
      for (std::size_t c = 0; c < combinations.count(); ++c) {
        Loop loop = combinations.at(c, around.loop);
        Scope scope = around;
        if (combinations.is_loop()) scope.loop = &loop;
        const NodeId for_each =
            combinations.is_loop() ? combinations.node() : tree.find(layer.node, "forEach");
        if (scope.loop != nullptr && !may_make(tree, for_each)) break;
        Vault vault = read_vault(tree, item, scope);
        if (!overlaid) {
          finish_vault(group, std::move(vault));
          continue;
        }
        const std::string key = ascii::lower(vault.name.string_or());
        // Merged, the second would win in silence.
        if (i > 0 && !key.empty() && !claim(said, key, {"vault ", vault.name}, vault.label))
          continue;
        const auto beneath = i > 0 && !key.empty() ? by_name.find(key) : by_name.end();
        if (beneath != by_name.end()) {
          Vault& below = vaults[beneath->second];
          if (tree.at(item).replace) below.layers.clear();
          below.layers.push_back(std::move(vault.layers.front()));
          continue;
        }
        by_name.emplace(key, vaults.size());
        vaults.push_back(std::move(vault));
      }
    }
  }
  for (Vault& vault : vaults) finish_vault(group, std::move(vault));
}

Resolver::Vault Resolver::read_vault(const Tree& tree, NodeId node, const Scope& scope) {
  constexpr std::array<std::string_view, 1> done{"forEach"};
  FieldReader reader(tree, session_, scope);
  Vault vault;
  vault.layers.push_back(reader.object(node, tables_.vault(), "a vault", done));
  vault.name = vault.layers.front().value["name"];
  vault.label = label_of(scope.loop);
  vault.made = scope.loop != nullptr;
  return vault;
}

void Resolver::finish_vault(const Group& group, Vault vault) {
  const std::span<const Word> words = tables_.vault();
  const bool existing = is_existing(vault.layers);
  engine::Desired desired = take_words(
      lay(vault_defaults_, Scope{&parameters_, group.unique_in}, std::move(vault.layers), existing),
      words);
  desired.existing = existing;
  if (existing) desired.manage["accessPolicies"] = ListMode::merge;
  check_states(desired, "accessPolicies", ListMode::exact, session_);
  check_tags(desired, session_);
  warn_of_idle_policies(desired, session_);
  if (!vault.name.is_string()) return;

  const std::string& name = vault.name.as_string();
  desired.kind = "vault";
  desired.group = group.shown_name;
  desired.name = group.shown_name + "/" + name;
  desired.subscription = group.subscription.id;
  desired.subscription_origin = group.subscription.origin;
  desired.id = vault_id(group.subscription.id, group.shown_name, name);
  desired.origin = vault.name.origin();
  if (claim(vault_claims_, ascii::lower(name), {"vault ", vault.name}, vault.label))
    push(std::move(desired), words, vault.made);
}

engine::Desired Resolver::take_words(Document body, std::span<const Word> words) {
  engine::Desired desired;
  desired.adopt = body["adopt"].bool_or(false);
  const std::string_view deleted = body["onSoftDeleted"].string_or();
  desired.on_soft_deleted = deleted == "recover" ? OnSoftDeleted::recover
                            : deleted == "purge" ? OnSoftDeleted::purge
                                                 : OnSoftDeleted::fail;
  for (const std::string_view word : {"existing", "adopt", "onSoftDeleted"})
    if (const Document* written = body.find(word))
      desired.word_origins.emplace_back(word, written->origin());
  if (const Document* manage = body.find("manage"))
    for (const json::Member& member : manage->as_object()) {
      desired.manage[member.name] =
          member.value.string_or() == "merge" ? ListMode::merge : ListMode::exact;
      desired.word_origins.emplace_back("manage." + member.name, member.value.origin());
    }
  for (const Word& word : words)
    if (word.of_engine) body.erase(word.name);
  desired.body = std::move(body);
  return desired;
}

void Resolver::push(engine::Desired desired, std::span<const Word> words, bool made) {
  if (made && !full_) {
    made_values_ += count_values(desired.body);
    if (made_values_ > max_made_values) {
      full_ = true;
      session_.diagnostics.error(
          session_.places.at(desired.origin), "too-many",
          "forEach makes more than " + std::to_string(max_made_values) + " values",
          "split the manifest into several deployments");
    }
  }
  std::vector<engine::Desired> beside;
  for (const Companion& companion : tables_.companions()) {
    const std::string_view list = companion.list.name;
    if (find_word(words, list) == nullptr) continue;
    const auto written = desired.manage.find(list);
    const ListMode mode = written != desired.manage.end() ? written->second : ListMode::merge;
    if (written != desired.manage.end()) desired.manage.erase(written);
    Document* entries = desired.body.find(list);
    if (entries == nullptr) continue;
    engine::Desired object;
    object.kind = companion.kind;
    object.name = desired.name;
    object.id = desired.id + std::string(companion.collection);
    object.subscription = desired.subscription;
    object.group = desired.group;
    object.origin = entries->origin();
    object.existing = desired.existing;
    object.adopt = desired.adopt;
    object.manage.emplace(list, mode);
    object.body = Document::object({{std::string(list), std::move(*entries)}});
    desired.body.erase(list);
    check_states(object, list, mode, session_);
    beside.push_back(std::move(object));
  }
  deployment_.objects.push_back(std::move(desired));
  for (engine::Desired& object : beside) deployment_.objects.push_back(std::move(object));
}

}  // namespace akv::manifest
