#include "akv/provision/engine/saved_plan.hpp"

#include "akv/mgmt/core/resource_id.hpp"
#include "akv/provision/engine/detail/saved_plan_form.hpp"
#include "akv/provision/engine/fingerprint.hpp"

#include <algorithm>
#include <utility>

namespace akv::engine {
namespace {

constexpr std::string_view format_name = "akv-plan";
constexpr json::ParseLimits limits{.bytes = SavedPlan::max_bytes, .depth = 32};

[[noreturn]] void fail(std::string message) { throw FormatError({.message = std::move(message)}); }

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

void check_head(const Document& form) {
  if (form["format"].string_or() != format_name) fail("it is no saved plan");
  const std::int64_t version = form["formatVersion"].int_or(0);
  if (version != SavedPlan::format_version)
    fail("the saved plan has format version " + form["formatVersion"].dump() +
         ", and this akv reads version " + std::to_string(SavedPlan::format_version) +
         "; plan again with this akv");
}

// Whoever changes a plan by hand could count anew; this finds what happens by mistake.
void check_sums(const Document& form, const SavedPlan& saved, const std::string& checksum) {
  if (sha256_digest(form.dump_sorted()) != checksum ||
      change_set_digest(saved.plan) != saved.plan.digest)
    fail("the saved plan was changed after it was written; plan again");
}

void check_change(const SavedPlan& saved, std::size_t i, const Registry& registry) {
  const Change& change = saved.plan.changes[i];
  if (!registry.find(change.kind))
    fail("the saved plan has an object of kind " + Document(change.kind).dump() +
         ", which this akv does not know");
  // A companion list has the id of its collection, which ends without a name.
  const bool is_list = registry.at(change.kind).is_companion();
  if (!ResourceId::parse(is_list ? change.id + "/any" : change.id))
    fail("the saved plan names an object that has no ARM id: " + Document(change.id).dump());
  const bool removes = change.action == Action::del || change.action == Action::purge;
  if (removes ? !change.source.kind.empty() && change.source.kind != change.kind
              : change.source.kind != change.kind || change.source.id != change.id)
    fail("the saved plan does not say what the manifest wants of " + change.name);
  for (const std::size_t other : change.waits_for)
    if (other >= i) fail("the saved plan has a change that waits for a later one: " + change.name);
}

}  // namespace

void keep_canonical(SavedPlan& saved, const Registry& registry) {
  for (Change& change : saved.plan.changes) {
    const bool live = change.live.is_object() && change.action != Action::purge;
    saved.before.push_back(
        live ? without_own_tags(registry.at(change.kind).canonical_live(change.live)) : Document());
    change.live = {};
  }
}

std::string to_text(const SavedPlan& saved) {
  Document out = Document::object({{"format", format_name}, {"formatVersion", 1}});
  Document form = detail::form_of(saved);
  for (json::Member& member : form.as_object()) out.set(member.name, std::move(member.value));
  out.set("checksum", sha256_digest(out.dump_sorted()));
  std::string text = out.dump() + "\n";
  if (text.size() > SavedPlan::max_bytes)
    fail("the plan is too large to be saved: " + megabytes(text.size()) + ", and at most " +
         megabytes(SavedPlan::max_bytes) + " are read; plan a part of it with --target");
  return text;
}

bool is_saved_plan(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '{') return false;
  // No manifest has this member. In a file that was cut off it still stands at the beginning.
  for (std::size_t at = text.find("\"format\""); at != std::string_view::npos;
       at = text.find("\"format\"", at + 1)) {
    std::size_t next = text.find_first_not_of(" \t\r\n", at + 8);
    if (next == std::string_view::npos || text[next] != ':') continue;
    next = text.find_first_not_of(" \t\r\n", next + 1);
    if (next != std::string_view::npos && text.substr(next).starts_with("\"akv-plan\""))
      return true;
  }
  return false;
}

SavedPlan read_saved_plan(std::string_view text, const Registry& registry) {
  if (text.size() > SavedPlan::max_bytes)
    fail("the saved plan is larger than " + megabytes(SavedPlan::max_bytes));
  Document form;
  try {
    form = Document::parse(text, limits);
  } catch (const FormatError& error) {
    fail("the saved plan is damaged: " + error.info().message);
  }
  check_head(form);
  const std::string checksum(form["checksum"].string_or());
  form.erase("checksum");
  SavedPlan saved = detail::plan_of(form);
  saved.plan.subscriptions = saved.subscriptions;
  check_sums(form, saved, checksum);
  if (saved.before.size() != saved.plan.changes.size())
    fail("the saved plan does not say what each change was planned against");
  for (std::size_t i = 0; i < saved.plan.changes.size(); ++i) check_change(saved, i, registry);
  return saved;
}

Deployment deployment_of(const SavedPlan& saved) {
  Deployment deployment{.name = saved.plan.deployment,
                        .tenant = saved.tenant,
                        .subscriptions = saved.subscriptions,
                        .principals = saved.plan.principals};
  std::map<std::string_view, bool, ascii::Less> named;
  for (const Change& change : saved.plan.changes)
    if (!change.source.kind.empty() && named.emplace(change.source.id, true).second)
      deployment.objects.push_back(change.source);
  // What is beside the changes is looked at again: guards go by it, and people are told.
  for (const Witness& witness : saved.witnesses) {
    const auto id = ResourceId::parse(witness.id);
    const auto scope = id ? id : ResourceId::parse(witness.id + "/any");
    if (!scope || !named.emplace(witness.id, true).second) continue;
    Desired beside;
    beside.kind = witness.kind;
    beside.name = witness.name;
    beside.id = witness.id;
    beside.subscription = scope->subscription;
    beside.group = scope->resource_group;
    beside.body = Document::object();
    beside.existing = id.has_value();
    deployment.objects.push_back(std::move(beside));
  }
  // A subscription of which it has nothing may have been closed to who made it.
  std::vector<std::string> used = deployment.subscriptions;
  std::erase_if(used, [&](const std::string& subscription) {
    const auto is_in = [&subscription](const auto& object) {
      return ascii::equal(object.subscription, subscription);
    };
    return std::none_of(saved.plan.changes.begin(), saved.plan.changes.end(), is_in) &&
           std::none_of(deployment.objects.begin(), deployment.objects.end(), is_in);
  });
  if (!used.empty()) deployment.subscriptions = std::move(used);
  return deployment;
}

}  // namespace akv::engine
