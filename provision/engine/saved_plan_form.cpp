#include "akv/provision/engine/detail/saved_plan_form.hpp"

#include "akv/provision/engine/detail/saved_plan_io.hpp"

#include <utility>

namespace akv::engine::detail {

// One line a member, for both.

void describe(auto& io, Is<Allowance> auto& allowance) {
  io("guard", allowance.guard);
  io("glob", allowance.glob);
}

void describe(auto& io, Is<FieldChange> auto& field) {
  io("path", field.path);
  io("property", field.property);
  io("entry", field.entry);
  io("leaf", field.leaf);
  io("before", field.before);
  io("after", field.after);
  io("key", field.key);
  io("place", place(field.origin));
}

void describe(auto& io, Is<Ipv4Range> auto& range) {
  io("address", range.address);
  io("prefix", range.prefix);
}

void describe(auto& io, Is<Reach> auto& reach) {
  io("door", reach.door);
  io("selected", inverse(reach.all));
  io("addresses", reach.addresses);
  io("subnets", reach.subnets);
  io("withoutAzureServices", inverse(reach.azure_services));
  io("privateEndpoints", reach.private_endpoints);
}

// Of access the reports tell the reach; the rest is for guards, which judge again.
void describe(auto& io, Is<Access> auto& access) { io("reach", access.reach); }

void describe(auto& io, Is<Impact> auto& impact) {
  io("pairsBefore", impact.pairs_before);
  io("pairsLost", impact.pairs_lost);
  io("pairsGained", impact.pairs_gained);
  io("accessEmptied", impact.access_emptied);
  io("networkClosed", impact.network_closed);
  io("networkOpened", impact.network_opened);
  io("purgeProtection", impact.purge_protection);
  io("accessModel", impact.access_model);
  io("tenant", impact.tenant);
  io("before", impact.before);
  io("after", impact.after);
}

void describe(auto& io, Is<std::pair<std::string, std::string>> auto& effect) {
  io("path", effect.first);
  io("text", effect.second);
}

void describe(auto& io, Is<std::pair<std::string, FieldChange>> auto& left_alone) {
  io("name", left_alone.first);
  io("field", left_alone.second);
}

void describe(auto& io, Is<Desired> auto& desired) {
  io("kind", desired.kind);
  io("name", desired.name);
  io("id", desired.id);
  io("subscription", desired.subscription);
  io("group", desired.group);
  io("body", desired.body);
  io("place", place(desired.origin));
  io("manage", desired.manage);
  io("existing", desired.existing);
  io("adopt", desired.adopt);
  io("onSoftDeleted", desired.on_soft_deleted);
}

void describe(auto& io, Is<Change> auto& change) {
  io("action", change.action);
  io("kind", change.kind);
  io("name", change.name);
  io("id", change.id);
  io("subscription", change.subscription);
  io("group", change.group);
  io("place", place(change.origin));
  io("fields", change.fields);
  io("leftAlone", change.left_alone);
  io("risks", change.risks);
  io("notes", change.notes);
  io("effects", change.effects);
  io("impact", change.impact);
  io("manifest", change.source);
  io("waitsFor", change.waits_for);
  io("adopts", change.adopts);
  io("takenFrom", change.taken_from);
  io("lastWritten", change.last_written);
  io("deletedAt", change.deleted_at);
  io("summary", change.summary);
}

void describe(auto& io, Is<Refusal> auto& refusal) {
  io("kind", refusal.kind);
  io("name", refusal.name);
  io("id", refusal.id);
  io("place", place(refusal.origin));
  io("code", refusal.code);
  io("message", refusal.message);
  io("remedy", refusal.remedy);
  io("runGoesOn", inverse(refusal.stops_run));
}

void describe(auto& io, Is<Unreadable> auto& unreadable) {
  io("kind", unreadable.kind);
  io("name", unreadable.name);
  io("id", unreadable.id);
  io("code", unreadable.code);
  io("message", unreadable.message);
  io("remedy", unreadable.remedy);
  io("requestId", unreadable.request_id);
}

void describe(auto& io, Is<GuardFinding> auto& finding) {
  io("id", finding.id);
  io("message", finding.message);
  io("objects", finding.objects);
  io("remedy", finding.remedy);
  io("liftedBy", finding.lifted_by);
}

// Only those that count are in a plan.
void describe(auto& io, Is<Finding> auto& finding) {
  io("rule", finding.rule);
  io("severity", finding.severity);
  io("kind", finding.kind);
  io("name", finding.name);
  io("id", finding.id);
  io("subject", finding.subject);
  io("message", finding.message);
  io("place", place(finding.origin));
  io("objectPlace", place(finding.object_origin));
}

void describe(auto& io, Is<InventoryItem> auto& item) {
  io("group", item.group);
  io("id", item.id);
  io("type", item.type);
  io("name", item.name);
  io("location", item.location);
  io("inManifest", item.in_manifest);
  io("marked", item.marked);
  io("stranger", item.stranger);
  io("protected", item.is_protected);
  io("mark", item.mark);
  io("summary", item.summary);
}

void describe(auto& io, Is<Principal> auto& principal) {
  io("name", principal.name);
  io("objectId", principal.object_id);
  io("type", principal.type);
  io("breakGlass", principal.break_glass);
  io("managedIdentity", principal.managed_identity);
}

void describe(auto& io, Is<Witness> auto& witness) {
  io("kind", witness.kind);
  io("name", witness.name);
  io("id", witness.id);
  io("fingerprint", witness.fingerprint);
}

void describe(auto& io, Is<Grant> auto& grant) {
  io("objectId", grant.object_id);
  io("way", grant.way);
  io("administers", grant.administers);
  io("what", grant.what);
}

void describe(auto& io, Is<StandingGrants> auto& standing) {
  io("subscription", standing.subscription);
  io("name", standing.name);
  io("grants", standing.grants);
  io("model", standing.model);
}

void describe(auto& io, Is<Plan> auto& plan) {
  io("deployment", plan.deployment);
  io("apiVersion", plan.api_version);
  io("where", plan.where);
  io("who", plan.who);
  io("digest", plan.digest);
  io("changes", plan.changes);
  io("refused", plan.refused);
  io("unreadable", plan.unreadable);
  io("guards", plan.guards);
  io("warnings", plan.warnings);
  io("findings", plan.findings);
  io("kept", plan.kept);
  io("leftAlone", plan.left_alone);
  io("inventory", plan.inventory);
  io("unchanged", plan.unchanged);
  io("vaultsPlanned", plan.vaults_planned);
  io("reads", plan.reads);
  io("plannedWrites", plan.planned_writes);
  io("principals", plan.principals);
  io("standing", plan.standing);
}

void describe(auto& io, Is<SavedPlan> auto& saved) {
  io("savedAt", saved.saved_at);
  io("cloud", saved.cloud);
  io("endpoint", saved.endpoint);
  io("tenant", saved.tenant);
  io("tenants", saved.tenants);
  io("subscriptions", saved.subscriptions);
  io("files", saved.files);
  io("parameters", saved.parameters);
  io("options", saved.options);
  io("allow", saved.allow);
  io("adopt", saved.adopt);
  io("plan", saved.plan);
  io("before", saved.before);
  io("witnesses", saved.witnesses);
}

Document form_of(const SavedPlan& saved) {
  Writer writer(saved.plan.places);
  describe(writer, saved);
  writer.places();
  return writer.take();
}

SavedPlan plan_of(const Document& form) {
  SavedPlan saved;
  Reader reader(form);
  describe(reader, saved);
  reader.places(saved.plan.places);
  return saved;
}

}  // namespace akv::engine::detail
