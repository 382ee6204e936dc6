// A run for programs: the plan's members, and what came of each change.
#include "akv/provision/report/detail/json_parts.hpp"

namespace akv::report {
namespace {

using engine::Outcome;
using json::Document;

/// Seconds to the thousandth, without a float's rounding.
json::Number seconds(std::uint64_t milliseconds) {
  std::string text = std::to_string(milliseconds / 1000);
  if (const std::uint64_t rest = milliseconds % 1000; rest != 0) {
    const std::string digits = std::to_string(1000 + rest).substr(1);
    text += "." + digits.substr(0, digits.find_last_not_of('0') + 1);
  }
  return {text};
}

Document result_document(const engine::Plan& plan, const engine::RunResult& result, std::size_t i) {
  const engine::ChangeResult& change = result.changes[i];
  Document out = Document::object({{"id", plan.changes[i].id},
                                   {"action", to_string(plan.changes[i].action)},
                                   {"outcome", engine::to_string(change.outcome)}});
  if (change.outcome == Outcome::failed ||
      (change.outcome == Outcome::unknown && !change.error.message.empty())) {
    Trouble why = explain(change.error);
    if (!change.remedy.empty()) why.remedy = change.remedy;
    out.set("error", error_document(why));
  } else {
    out.set("error", Document());
  }
  if (!change.because.empty()) out.set("because", change.because);
  if (!change.rewritten.empty()) {
    Document fields = Document::array();
    for (const engine::FieldChange& field : change.rewritten)
      fields.push_back(field_document(plan, field));
    out.set("rewritten", std::move(fields));
  }
  return out;
}

Document run_document(const engine::Plan& plan, const engine::RunResult& result,
                      const Requests& requests, const Aside& aside) {
  Document out = plan_document(plan, aside);
  Document results = Document::array();
  for (std::size_t i = 0; i < result.changes.size(); ++i)
    results.push_back(result_document(plan, result, i));
  out.set("results", std::move(results));

  Document& summary = out.set("summary");
  for (const Outcome outcome : {Outcome::succeeded, Outcome::failed, Outcome::skipped,
                                Outcome::unknown, Outcome::not_started})
    summary.set(engine::to_string(outcome), number(result.count(outcome)));
  out.set("interrupted", result.interrupted);

  Document& traffic = out.set("requests");
  traffic.set("reads", number(requests.reads));
  traffic.set("writes", number(requests.writes));
  traffic.set("retries", number(requests.retries));
  traffic.set("throttledSeconds", Document(seconds(requests.throttled_milliseconds)));
  return out;
}

}  // namespace

std::string run_json(const engine::Plan& plan, const engine::RunResult& result,
                     const Requests& requests, const std::vector<engine::SoftDeleted>& soft_deleted,
                     const Aside& aside) {
  Document out = run_document(plan, result, requests, aside);
  if (plan.teardown || !soft_deleted.empty())
    out.set("softDeleted", soft_deleted_document(soft_deleted));
  if (aside.unknown_deleted) out.set("softDeletedError", error_document(*aside.unknown_deleted));
  return finished(out);
}

std::string run_json(const engine::Plan& plan, const Trouble& why_not, const Requests& requests,
                     const Aside& aside) {
  engine::RunResult nothing;
  nothing.changes.resize(plan.changes.size());
  for (engine::ChangeResult& change : nothing.changes) change.outcome = Outcome::not_started;
  Document out = run_document(plan, nothing, requests, aside);
  out.set("error", error_document(why_not));
  return finished(out);
}

}  // namespace akv::report
