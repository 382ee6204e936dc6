// A plan for programs.
#include "akv/provision/engine/network_reach.hpp"
#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/detail/preflight.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Action;
using engine::Plan;
using json::Document;

/// Members that a reader may miss are left out when there is nothing to say.
void set_if(Document& object, std::string_view name, const std::string& value) {
  if (!value.empty()) object.set(name, value);
}

Document texts(const std::vector<std::string>& list) {
  Document out = Document::array();
  for (const std::string& text : list) out.push_back(text);
  return out;
}

Document fields_document(const Plan& plan, const std::vector<engine::FieldChange>& fields) {
  Document out = Document::array();
  for (const engine::FieldChange& field : fields) out.push_back(field_document(plan, field));
  return out;
}

bool concerns_network(const engine::Change& change) {
  return std::any_of(change.effects.begin(), change.effects.end(),
                     [](const auto& effect) { return effect.first == engine::network_effect; });
}

/// What several settings come to together. Null before: it is made.
Document network_document(const engine::Change& change) {
  const engine::Reach& after = change.impact.after.reach;
  const bool is_new = change.action == Action::create;
  return Document::object(
      {{"before", is_new ? Document() : Document(reach_text(change.impact.before.reach))},
       {"after", reach_text(after)},
       {"contradictions", texts(contradictions(after))}});
}

Document change_document(const Plan& plan, const engine::Change& change) {
  Document out = Document::object({{"action", to_string(change.action)},
                                   {"kind", change.kind},
                                   {"name", change.name},
                                   {"id", change.id}});
  set_source(out, plan.places, change.origin);
  out.set("risks", texts(change.risks));
  out.set("fields", fields_document(plan, change.fields));
  if (change.adopts) out.set("adopts", true);
  if (!change.notes.empty()) out.set("notes", texts(change.notes));
  if (!change.effects.empty()) {
    Document effects = Document::array();
    for (const auto& [path, text] : change.effects)
      effects.push_back(Document::object({{"path", path}, {"text", text}}));
    out.set("effects", std::move(effects));
  }
  if (concerns_network(change)) out.set("network", network_document(change));
  if (!change.left_alone.empty()) out.set("leftAlone", fields_document(plan, change.left_alone));
  set_if(out, "lastWritten", change.last_written);
  set_if(out, "summary", change.summary);
  return out;
}

Document summary_document(const Plan& plan) {
  Document out = Document::object();
  for (const Action action :
       {Action::create, Action::update, Action::del, Action::recover, Action::purge, Action::adopt})
    out.set(to_string(action), number(plan.count(action)));
  out.set("refused", number(plan.refused.size()));
  out.set("unchanged", number(plan.unchanged));
  out.set("unreadable", number(plan.unreadable.size()));
  return out;
}

Document refused_document(const Plan& plan) {
  Document out = Document::array();
  for (const engine::Refusal& refusal : plan.refused) {
    Document item = Document::object({{"kind", refusal.kind},
                                      {"name", refusal.name},
                                      {"id", refusal.id},
                                      {"code", refusal.code},
                                      {"message", refusal.message},
                                      {"remedy", refusal.remedy},
                                      {"stopsRun", refusal.stops_run}});
    set_source(item, plan.places, refusal.origin);
    out.push_back(std::move(item));
  }
  return out;
}

Document guards_document(const Plan& plan) {
  Document out = Document::array();
  for (const engine::GuardFinding& finding : plan.guards) {
    Document item = Document::object({{"id", finding.id},
                                      {"message", finding.message},
                                      {"objects", texts(finding.objects)},
                                      {"remedy", finding.remedy}});
    // Null says that nothing lifts it.
    item.set("liftedBy", finding.lifted_by.empty() ? Document() : Document(finding.lifted_by));
    out.push_back(std::move(item));
  }
  return out;
}

Document findings_document(const Plan& plan) {
  Document out = Document::array();
  for (const engine::Finding& finding : plan.findings)
    out.push_back(finding_document(plan.places, finding));
  return out;
}

Document left_alone_document(const Plan& plan) {
  Document out = Document::array();
  for (const auto& [name, field] : plan.left_alone) {
    if (out.size() == 0 || out.as_array().back()["name"].string_or() != name)
      out.push_back(Document::object({{"name", name}, {"fields", Document::array()}}));
    out.as_array().back().set("fields").push_back(field_document(plan, field));
  }
  return out;
}

Document inventory_document(const Plan& plan) {
  Document out = Document::array();
  for (const engine::InventoryItem& item : plan.inventory) {
    Document entry = Document::object({{"group", item.group},
                                       {"id", item.id},
                                       {"type", item.type},
                                       {"name", item.name},
                                       {"location", item.location},
                                       {"inManifest", item.in_manifest},
                                       {"marked", item.marked},
                                       {"stranger", item.stranger},
                                       {"protected", item.is_protected}});
    set_if(entry, "deployment", item.mark);
    set_if(entry, "summary", item.summary);
    out.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

Document number(std::size_t n) { return Document(static_cast<std::int64_t>(n)); }

std::string finished(const Document& document) { return document.dump_pretty() + "\n"; }

void set_source(Document& object, const engine::Places& places, std::uint32_t origin) {
  const engine::Place& place = places.at(origin);
  if (place.line == 0 || place.file >= places.files.size()) return;
  object.set("source", Document::object({{"file", places.files[place.file]},
                                         {"line", static_cast<std::int64_t>(place.line)}}));
}

Document finding_document(const engine::Places& places, const engine::Finding& finding) {
  Document out = Document::object({{"rule", finding.rule},
                                   {"severity", to_string(finding.severity)},
                                   {"kind", finding.kind},
                                   {"name", finding.name},
                                   {"id", finding.id},
                                   {"subject", finding.subject},
                                   {"message", finding.message}});
  set_source(out, places, finding.origin);
  return out;
}

Document unreadable_document(const std::vector<engine::Unreadable>& list) {
  Document out = Document::array();
  for (const engine::Unreadable& item : list)
    out.push_back(Document::object({{"kind", item.kind},
                                    {"name", item.name},
                                    {"id", item.id},
                                    {"code", item.code},
                                    {"message", item.message},
                                    {"remedy", item.remedy},
                                    {"requestId", item.request_id}}));
  return out;
}

Document field_document(const Plan& plan, const engine::FieldChange& field) {
  Document out =
      Document::object({{"path", field.path}, {"before", field.before}, {"after", field.after}});
  if (!field.key.is_null()) out.set("key", field.key);
  set_source(out, plan.places, field.origin);
  return out;
}

Document error_document(const Trouble& trouble) {
  return Document::object({{"code", trouble.code},
                           {"message", trouble.message},
                           {"remedy", trouble.remedy},
                           {"requestId", trouble.request_id}});
}

Document soft_deleted_document(const std::vector<engine::SoftDeleted>& soft_deleted) {
  Document out = Document::array();
  for (const engine::SoftDeleted& vault : soft_deleted)
    out.push_back(Document::object({{"name", vault.name},
                                    {"id", vault.id},
                                    {"location", vault.location},
                                    {"deletedOn", vault.deleted_on},
                                    {"goneOn", vault.gone_on},
                                    {"purgeProtected", vault.purge_protected}}));
  return out;
}

Document plan_document(const Plan& plan, const Aside& aside) {
  Document changes = Document::array();
  for (const engine::Change& change : plan.changes)
    changes.push_back(change_document(plan, change));
  Document out = Document::object(
      {{"formatVersion", 1},
       {"deployment", plan.deployment},
       {"apiVersion", plan.api_version},
       {"where", plan.where},
       {"who", plan.who},
       {"summary", summary_document(plan)},
       {"requests", Document::object({{"reads", number(plan.reads)},
                                      {"plannedWrites", number(plan.planned_writes)}})},
       {"changes", std::move(changes)},
       {"refused", refused_document(plan)},
       {"unreadable", unreadable_document(plan.unreadable)},
       {"guards", guards_document(plan)},
       {"warnings", texts(plan.warnings)},
       {"diagnostics", diagnostics_document(aside.diagnostics)},
       {"findings", findings_document(plan)},
       {"leftAlone", left_alone_document(plan)},
       {"kept", texts(plan.kept)}});
  if (!aside.done.empty()) out.set("alreadyDone", texts(aside.done));
  if (plan.preflight) out.set("preflight", preflight_document(*plan.preflight));
  set_if(out, "digest", plan.digest);
  if (plan.teardown) {
    out.set("inventory", inventory_document(plan));
    out.set("softDeleted", soft_deleted_document(plan.soft_deleted));
  }
  return out;
}

std::string plan_json(const Plan& plan, const Aside& aside) {
  return finished(plan_document(plan, aside));
}

}  // namespace akv::report
