/// Two small kinds that the engine's tests plan with: `box`, whose documents have one property of
/// every shape, and `shelf`, which holds boxes; and plans and differences as text.
#pragma once
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/planner.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace akv::test {

using engine::Change;
using engine::Desired;
using engine::Document;
using engine::ListMode;
using engine::Rule;
using engine::Shape;

/// JSON written with single quotes.
inline Document doc(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return Document::parse(text);
}

inline constexpr std::array<std::string_view, 2> policy_key{"objectId", "tenantId"};
inline constexpr std::array<Rule, 9> box_rules{{
    {.path = "location", .immutable = true, .way_out = "a box cannot move"},
    {.path = "sku"},
    {.path = "net", .shape = Shape::object},
    {.path = "net.bypass"},
    {.path = "net.rules", .shape = Shape::keyed},
    {.path = "tags", .shape = Shape::map},
    {.path = "policies", .shape = Shape::keyed, .key = policy_key},
    {.path = "policies[].permissions.keys", .shape = Shape::set},
    {.path = "policies[].permissions.secrets", .shape = Shape::set},
}};

/// Live documents carry `mark`, `protect`, `id` and `systemData` beside what the rules compare.
class FakeKind final : public engine::Kind {
 public:
  FakeKind(std::string_view name, bool unique) : name_(name), unique_(unique) {}

  std::string_view name() const override { return name_; }
  engine::Rules rules() const override { return box_rules; }
  ListMode default_mode(std::string_view property) const override {
    return property == "tags" ? ListMode::merge : ListMode::exact;
  }
  bool unique_name() const override { return unique_; }

  Document canonical_live(const Document& live) const override {
    Document canonical = live;
    for (const char* ours : {"mark", "protect", "id", "systemData"}) canonical.erase(ours);
    return canonical;
  }
  Document canonical_desired(const Document& body, const Desired&,
                             const engine::Environment&) const override {
    return body;
  }
  void complete_create(Document& canonical, const Desired&, const engine::Environment&,
                       std::vector<std::string>& notes) const override {
    if (canonical.find("sku")) return;
    canonical.set("sku", "small");
    notes.push_back("sku: small, because none is written");
  }
  void assess(Change& change, const Document& before, const Document& after) const override {
    change.impact.pairs_before = before["policies"].size();
    const std::size_t pairs_after = after["policies"].size();
    if (pairs_after < change.impact.pairs_before)
      change.impact.pairs_lost = change.impact.pairs_before - pairs_after;
    change.impact.access_emptied = change.impact.pairs_before > 0 && pairs_after == 0;
    if (change.impact.pairs_lost) change.risks.push_back("access-removed");
  }
  std::optional<engine::Refusal> refuse(const Document& desired, const Document& live,
                                        const Desired&) const override {
    if (desired["sealed"].bool_or(true) || !live["sealed"].bool_or(false)) return std::nullopt;
    return engine::Refusal{.code = "immutable", .message = "it is sealed", .remedy = "leave it so"};
  }
  std::string owner(const Document& live) const override {
    return std::string(live["mark"].string_or());
  }
  bool is_protected(const Document& live) const override { return live["protect"].bool_or(false); }
  std::size_t writes(const Change& change) const override { return change.adopts ? 2 : 1; }

 private:
  std::string_view name_;  // A literal.
  bool unique_;
};

inline engine::Registry make_fake_registry() {
  engine::Registry registry;
  registry.add(std::make_unique<FakeKind>("shelf", false));
  registry.add(std::make_unique<FakeKind>("box", true));
  return registry;
}

inline std::string shelf_id(const std::string& shelf) {
  return "/subscriptions/s1/resourceGroups/" + shelf;
}
inline std::string box_id(const std::string& shelf, const std::string& box) {
  return shelf_id(shelf) + "/providers/Boxes/boxes/" + box;
}

inline Desired shelf(const std::string& name, Document body = Document::object()) {
  return {.kind = "shelf",
          .name = name,
          .id = shelf_id(name),
          .subscription = "s1",
          .group = name,
          .body = std::move(body)};
}
inline Desired box(const std::string& group, const std::string& name,
                   Document body = Document::object()) {
  return {.kind = "box",
          .name = group + "/" + name,
          .id = box_id(group, name),
          .subscription = "s1",
          .group = group,
          .body = std::move(body)};
}

inline engine::Live live_shelf(const std::string& name, Document raw) {
  return {"shelf", shelf_id(name), name, std::move(raw)};
}
inline engine::Live live_box(const std::string& group, const std::string& name, Document raw) {
  return {"box", box_id(group, name), group + "/" + name, std::move(raw)};
}

inline std::string text(const engine::FieldChange& field) {
  return field.path + ": " + field.before.dump() + " -> " + field.after.dump() + "\n";
}

inline std::string text(const engine::Difference& difference) {
  std::string out;
  for (const auto& field : difference.fields) out += text(field);
  for (const auto& field : difference.left_alone) out += "(left alone) " + text(field);
  return out;
}

inline std::string text(const engine::Plan& plan) {
  std::string out;
  for (std::size_t i = 0; i < plan.changes.size(); ++i) {
    const Change& change = plan.changes[i];
    out += std::to_string(i) + " " + std::string(to_string(change.action)) + " " + change.kind +
           " " + change.name;
    for (const std::size_t other : change.waits_for) out += " after " + std::to_string(other);
    if (change.adopts) out += " adopts";
    if (!change.taken_from.empty()) out += " from " + change.taken_from;
    out += "\n";
    for (const auto& field : change.fields) out += "    " + text(field);
    for (const auto& field : change.left_alone) out += "    (left alone) " + text(field);
    for (const auto& note : change.notes) out += "    note: " + note + "\n";
  }
  for (const auto& refusal : plan.refused)
    out += std::string(refusal.stops_run ? "refused " : "left out ") + refusal.name + " (" +
           refusal.code + "): " + refusal.message + " | " + refusal.remedy + "\n";
  for (const auto& what : plan.unreadable)
    out += "unreadable " + what.name + ": " + what.code + "\n";
  for (const auto& guard : plan.guards)
    out += "guard " + guard.id + ": " + guard.message + " | " + guard.remedy + " | " +
           guard.lifted_by + "\n";
  for (const auto& warning : plan.warnings) out += "warning: " + warning + "\n";
  for (const auto& name : plan.kept) out += "kept " + name + "\n";
  for (const auto& [name, entry] : plan.left_alone) out += "beside " + name + ": " + text(entry);
  out += std::to_string(plan.unchanged) + " unchanged, " + std::to_string(plan.planned_writes) +
         " writes\n";
  return out;
}

/// A manifest, its registry, and what is live, on their way to a plan.
struct Planning {
  engine::Deployment deployment{.name = "ours"};
  engine::Registry registry = make_fake_registry();
  engine::Environment environment{.deployment = "ours", .api_version = "1"};
  engine::PlanOptions options{};
  std::vector<engine::Live> live{};
  std::vector<engine::DeletedTwin> deleted{};
  std::vector<engine::Unreadable> unreadable{};
  std::vector<engine::HeldName> held{};

  engine::Plan plan() const {
    engine::Planner planner(deployment, registry, environment, options);
    observe_all(planner);
    for (const auto& name : held) planner.observe(name);
    return planner.finish();
  }
  std::vector<std::string> names_to_claim() const {
    engine::Planner planner(deployment, registry, environment, options);
    observe_all(planner);
    std::vector<std::string> names;
    for (const Desired* desired : planner.names_to_claim()) names.push_back(desired->name);
    return names;
  }

 private:
  void observe_all(engine::Planner& planner) const {
    for (const auto& object : live) planner.observe(object);
    for (const auto& twin : deleted) planner.observe(twin);
    for (const auto& what : unreadable) planner.unreadable(what);
  }
};

}  // namespace akv::test
