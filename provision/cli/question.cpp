#include "akv/provision/cli/question.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/engine/shell_word.hpp"
#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>

namespace akv::cli {
namespace {

using engine::Action;
using report::printable;

/// Of lists that lose what left the manifest.
std::size_t pruned_lists(const engine::Plan& plan) {
  return static_cast<std::size_t>(
      std::count_if(plan.changes.begin(), plan.changes.end(), [](const engine::Change& change) {
        return std::find(change.risks.begin(), change.risks.end(), engine::pruned_risk) !=
               change.risks.end();
      }));
}

bool destroys(const engine::Plan& plan) {
  return plan.count(Action::del) + plan.count(Action::purge) + pruned_lists(plan) > 0;
}

/// `deletes 2 objects and purges 1 vault for ever`
std::string destruction(const engine::Plan& plan) {
  std::string text;
  const auto add = [&text](std::size_t count, std::string_view before, std::string_view noun,
                           std::string_view behind) {
    if (count == 0) return;
    if (!text.empty()) text += " and ";
    text.append(before).append(report::counted(count, noun)).append(behind);
  };
  add(plan.count(Action::del), "deletes ", "object", "");
  add(pruned_lists(plan), "takes entries out of ", "list", "");
  add(plan.count(Action::purge), "purges ", "vault", " for ever");
  return text;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

/// What has to be typed: the deployment, or the groups that were given.
std::vector<std::string> names_to_type(const engine::Plan& plan, const Settings& settings) {
  if (!plan.deployment.empty()) return {plan.deployment};
  return settings.groups;
}

std::string options_for(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "--confirm " : " --confirm ") + engine::shell_word(name);
  return text;
}

bool same(std::vector<std::string> a, std::vector<std::string> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

bool can_ask(const Output& output) {
  return output.streams().in_is_terminal && output.streams().err_is_terminal;
}

Answer ask_for_names(const engine::Plan& plan, Output& output, const std::stop_token& stop) {
  const std::vector<std::string> names = names_to_type(plan, output.settings());
  const std::vector<std::string>& given = output.settings().confirm;
  Answer answer;
  answer.remedy = "to answer beforehand: " + options_for(names);
  if (!given.empty()) {
    answer.yes = same(given, names);
    if (!answer.yes)
      answer.why_not = "--confirm says " + printable(joined(given)) + ", but this is " +
                       printable(joined(names));
    return answer;
  }
  if (!can_ask(output)) {
    answer.why_not = output.settings().yes ? "--yes does not answer for what destroys"
                                           : "there is no terminal to ask for the name";
    return answer;
  }
  output.message("This " + destruction(plan) + " " + printable(plan.where) + ". To go on, type " +
                 (plan.deployment.empty()
                      ? names.size() == 1 ? "the group's name, " : "the groups' names, "
                      : "the deployment's name, ") +
                 printable(joined(names)) + ": ");
  const auto typed = output.streams().read_line(stop);
  answer.yes = typed && ascii::trim(*typed) == joined(names);
  if (!answer.yes) answer.why_not = typed ? "that is not its name" : "no answer";
  return answer;
}

}  // namespace

bool will_ask(const engine::Plan& plan, const Output& output) {
  const bool answered = destroys(plan) ? !output.settings().confirm.empty() : output.settings().yes;
  return can_ask(output) && !answered;
}

Answer ask(const engine::Plan& plan, Output& output, const std::stop_token& stop) {
  if (destroys(plan)) return ask_for_names(plan, output, stop);
  Answer answer;
  answer.remedy = "to answer beforehand: --yes";
  if (output.settings().yes) {
    answer.yes = true;
    return answer;
  }
  if (!can_ask(output)) {
    answer.why_not = "there is no terminal to ask";
    return answer;
  }
  const std::size_t n = plan.changes.size();
  output.message("Make " + (n == 1 ? "this change " : "these " + std::to_string(n) + " changes ") +
                 printable(plan.where) + "? Type yes: ");
  const auto typed = output.streams().read_line(stop);
  answer.yes = typed && ascii::trim(*typed) == "yes";
  if (!answer.yes) answer.why_not = typed ? "only yes means yes" : "no answer";
  return answer;
}

}  // namespace akv::cli
