#include "akv/provision/report/detail/blocks.hpp"

#include "akv/provision/report/detail/rows.hpp"

#include <algorithm>

namespace akv::report {
namespace {

using engine::Action;
using engine::Change;
using engine::Plan;

constexpr std::size_t detail_indent = 6;
constexpr std::size_t value_column = 31;

/// Names set the column for their values, within reason.
std::size_t column_for(const std::vector<Row>& rows) {
  std::size_t at = value_column;
  for (const Row& row : rows) {
    const std::size_t indent = detail_indent + (row.block.empty() ? 0U : 2U);
    const std::size_t wanted = indent + columns(row.name) + 2;
    if (wanted <= 48) at = std::max(at, wanted);
  }
  return at;
}

void effects(Page& page, const Row& row, std::size_t at) {
  for (const std::string& effect : row.effects)
    page.paragraph(row.name.empty() ? detail_indent : at, effect);
}

/// Options at the end are copied from here: they stay together.
void remedy_paragraph(Page& page, const std::string& remedy) {
  const std::size_t options = remedy.find(": --");
  if (options == std::string::npos || columns(remedy) + detail_indent <= page.width())
    return page.paragraph(detail_indent, remedy, 2);
  page.paragraph(detail_indent, std::string_view(remedy).substr(0, options + 1), 2);
  const std::string margin(detail_indent + 2, ' ');
  std::string rest = remedy.substr(options + 2);
  if (margin.size() + columns(rest) > page.width())
    // A shell takes these lines as one.
    for (std::size_t next = rest.find(" --"); next != std::string::npos; next = rest.find(" --")) {
      page.line(margin + rest.substr(0, next) + " \\");
      rest.erase(0, next + 1);
    }
  page.line(margin + rest);
}

/// What stands beside ours and stays: by name, or in full when asked.
void left_alone(Page& page, const Change& change, const Style& style) {
  const std::vector<Row> others = rows_left_alone(change.left_alone);
  if (others.empty() || style.quiet) return;
  if (style.verbose) {
    page.line("      left alone, as the manifest does not name it");
    const std::size_t at = column_for(others);
    for (const Row& row : others)
      page.entry(detail_indent + 2, row.name, at,
                 row.block.empty() ? row.value : row.block + "  " + row.value);
    return;
  }
  std::string names;
  for (const Row& row : others) {
    if (!names.empty()) names += ", ";
    names += (row.block.empty() ? "" : row.block + " ") + row.name;
  }
  page.paragraph(detail_indent, "left alone: " + clipped(names, 400), 2);
}

std::string place_of(const Plan& plan, std::uint32_t origin) {
  return printable(plan.places.file_and_line(origin));
}

void notes(Page& page, const Change& change) {
  for (const std::string& note : change.notes) page.paragraph(detail_indent, printable(note), 2);
}

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string reads(const Plan& plan) { return counted(plan.reads, "read") + " made"; }

std::string reads_and_writes(const Plan& plan) {
  return reads(plan) + ", " + counted(plan.planned_writes, "write") + " to come.";
}

bool stops_apply(const Plan& plan) {
  return std::any_of(plan.refused.begin(), plan.refused.end(),
                     [](const engine::Refusal& refusal) { return refusal.stops_run; });
}

std::string all_is_well(const Plan& plan, std::string_view opening) {
  std::string text(opening);
  if (plan.unchanged == 0)
    text += " The manifest asks for nothing.";
  else
    text += " " + counted(plan.unchanged, "object") + (plan.unchanged == 1 ? " is" : " are") +
            " as the manifest says.";
  return text + " " + reads(plan) + ".";
}

std::string plan_verdict(const Plan& plan) {
  if (plan.changes.empty() && plan.refused.empty() && plan.unreadable.empty())
    return all_is_well(plan, "No changes.");
  std::vector<std::string> parts;
  for (const Action action : {Action::create, Action::update, Action::del, Action::recover,
                              Action::purge, Action::adopt}) {
    const std::size_t n = plan.count(action);
    // The first three always stand: a reader looks for "0 to delete".
    if (n != 0 || action == Action::create || action == Action::update || action == Action::del)
      parts.push_back(std::to_string(n) + " to " + std::string(to_string(action)));
  }
  parts.push_back(std::to_string(plan.unchanged) + " unchanged");
  if (!plan.unreadable.empty())
    parts.push_back(std::to_string(plan.unreadable.size()) + " could not be read");
  if (!plan.refused.empty()) parts.push_back(std::to_string(plan.refused.size()) + " refused");
  std::string text = "Plan: " + join(parts);
  if (stops_apply(plan)) return text + ", so apply would stop. " + reads(plan) + ".";
  return text + ". " + reads_and_writes(plan);
}

std::string drift_verdict(const Plan& plan) {
  const std::size_t adopted = plan.count(Action::adopt);
  const std::size_t differ = plan.changes.size() - adopted + plan.refused.size();
  const std::size_t all =
      plan.changes.size() + plan.refused.size() + plan.unchanged + plan.unreadable.size();
  std::string unread;
  if (!plan.unreadable.empty())
    unread = std::to_string(plan.unreadable.size()) + " could not be read. ";
  if (differ == 0 && unread.empty() && adopted == 0) return all_is_well(plan, "No drift.");
  return "Drift: " + std::to_string(differ) + " of " + counted(all, "object") +
         (differ == 1 ? " differs. " : " differ. ") + unread + reads(plan) + ", nothing written.";
}

std::string teardown_verdict(const Plan& plan) {
  if (plan.changes.empty() && plan.refused.empty() && plan.unreadable.empty())
    return "Nothing to tear down. " + reads(plan) + ".";
  const auto strangers = std::count_if(plan.inventory.begin(), plan.inventory.end(),
                                       [](const engine::InventoryItem& i) { return i.stranger; });
  std::string text = "Teardown: " + std::to_string(plan.count(Action::del)) + " to delete, " +
                     std::to_string(strangers) +
                     (plan.deployment.empty() ? " that akv does not know, "
                                              : " that the manifest does not know, ") +
                     std::to_string(plan.count(Action::purge)) + " to purge";
  if (!plan.unreadable.empty())
    text += ", " + std::to_string(plan.unreadable.size()) + " could not be read";
  if (!plan.refused.empty()) text += ", " + std::to_string(plan.refused.size()) + " refused";
  return text + ". " + reads_and_writes(plan);
}

/// The plan's own in their order, then others that something is in.
std::vector<std::string_view> subscriptions_shown(const Plan& plan) {
  std::vector<std::string_view> out(plan.subscriptions.begin(), plan.subscriptions.end());
  const auto add = [&out](std::string_view id) {
    const std::string_view subscription = subscription_of(id);
    if (std::none_of(out.begin(), out.end(), [subscription](std::string_view known) {
          return ascii::equal(known, subscription);
        }))
      out.push_back(subscription);
  };
  for (const Change& change : plan.changes) add(change.id);
  for (const engine::Refusal& refusal : plan.refused) add(refusal.id);
  for (const engine::Unreadable& unreadable : plan.unreadable) add(unreadable.id);
  return out;
}

/// Those of one subscription, or all. A teardown's changes stand in its inventory.
std::string blocks_in(const std::string_view* subscription, const Plan& plan, Command command,
                      const Style& style) {
  Page page(style);
  const auto is_here = [subscription](std::string_view id) {
    return subscription == nullptr || ascii::equal(subscription_of(id), *subscription);
  };
  if (!plan.teardown)
    for (const Change& change : plan.changes)
      if (is_here(change.id)) change_block(page, plan, change, command, style);
  for (const engine::Refusal& refusal : plan.refused)
    if (is_here(refusal.id)) refusal_block(page, plan, refusal);
  for (const engine::Unreadable& unreadable : plan.unreadable)
    if (is_here(unreadable.id)) unreadable_block(page, unreadable);
  return page.take();
}

}  // namespace

std::string_view sign(Action action) {
  switch (action) {
    case Action::create:
      return "+";
    case Action::update:
      return "~";
    case Action::recover:
      return "^";
    case Action::adopt:
      return "=";
    case Action::purge:
    case Action::del:
      return "-";
  }
  return "";
}

Paint paint(Action action) {
  switch (action) {
    case Action::create:
    case Action::recover:
      return Paint::good;
    case Action::update:
    case Action::adopt:
      return Paint::change;
    case Action::purge:
    case Action::del:
      return Paint::bad;
  }
  return Paint::none;
}

std::string object_line(const Page& page, Paint paint, std::string_view sign, std::string_view word,
                        std::string_view kind, std::string_view name) {
  const std::string signed_word = std::string(sign) + " " + std::string(word);
  const std::string gap(signed_word.size() < 9 ? 10 - signed_word.size() : 1, ' ');
  const std::string line = "  " + page.painted(paint, signed_word) + gap + printable(kind) + "  ";
  return padded(line, 27) + std::string(name);
}

void change_block(Page& page, const Plan& plan, const Change& change, Command command,
                  const Style& style) {
  page.spread(object_line(page, paint(change.action), sign(change.action), to_string(change.action),
                          change.kind, printable(change.name)),
              place_of(plan, change.origin));
  if (!change.summary.empty()) page.paragraph(detail_indent, printable(change.summary));
  if (!change.last_written.empty() && !style.quiet && change.action == Action::update)
    page.paragraph(detail_indent, "last written " + printable(change.last_written));
  const bool recover = change.action == Action::recover;
  if (recover) notes(page, change);

  const std::vector<Row> lines = rows(plan, change, command);
  const std::size_t at = column_for(lines);
  std::string block;
  for (const Row& row : lines) {
    if (row.name.empty()) {
      effects(page, row, at);
      continue;
    }
    if (!row.block.empty() && row.block != block)
      page.line(std::string(detail_indent, ' ') + row.block);
    block = row.block;
    // What is new has one place, in the line above.
    const bool one_place = change.action == Action::create || row.origin == change.origin;
    page.entry(detail_indent + (row.block.empty() ? 0U : 2U), row.name, at, row.value,
               one_place ? std::string() : place_of(plan, row.origin));
    effects(page, row, at);
  }
  if (!recover && !style.quiet) notes(page, change);
  left_alone(page, change, style);
}

void refusal_block(Page& page, const Plan& plan, const engine::Refusal& refusal) {
  page.spread(object_line(page, Paint::bad, "!", "refused", refusal.kind, printable(refusal.name)),
              place_of(plan, refusal.origin));
  page.paragraph(detail_indent, printable(refusal.message), 2);
  if (!refusal.remedy.empty()) remedy_paragraph(page, printable(refusal.remedy));
}

void unreadable_block(Page& page, const engine::Unreadable& unreadable) {
  page.line(
      object_line(page, Paint::bad, "?", "unread", unreadable.kind, printable(unreadable.name)));
  std::string message = "could not be read: " + printable(unreadable.message);
  if (!unreadable.code.empty() && unreadable.message.find(unreadable.code) == std::string::npos)
    message += " (" + printable(unreadable.code) + ")";
  page.paragraph(detail_indent, message, 2);
  if (!unreadable.remedy.empty())
    page.paragraph(detail_indent, "Remedy: " + printable(unreadable.remedy), 2);
  if (!unreadable.request_id.empty())
    page.paragraph(detail_indent, "Request id: " + printable(unreadable.request_id));
}

std::string means_it(std::string_view options, Command command) {
  const bool of_saved = command == Command::show || command == Command::apply_saved;
  const std::string text = printable(options);
  return of_saved ? "plan again with " + text + " --save PLAN" : text;
}

void guard_block(Page& page, const engine::GuardFinding& finding, Command command) {
  page.paragraph(2, printable(finding.id) + ": " + printable(finding.message), 2);
  std::string way = printable(finding.remedy);
  if (!way.empty() && !way.ends_with(".")) way += ".";
  // An option is copied from here: it stays in one line.
  const std::string option =
      finding.lifted_by.empty() ? "" : "To mean it: " + means_it(finding.lifted_by, command);
  if (!way.empty() && columns(way) + columns(option) + 3 > page.width()) {
    page.paragraph(2, way, 2);
    way.clear();
  }
  if (!way.empty() && !option.empty()) way += " ";
  way += option;
  if (!way.empty()) page.paragraph(2, way, 2);
}

void finding_lines(Page& page, const Plan& plan) {
  constexpr std::size_t most = 10;
  std::size_t high = 0;
  for (const engine::Finding& finding : plan.findings) {
    if (finding.severity != engine::Severity::high || ++high > most) continue;
    page.entry(2, page.painted(Paint::bad, to_string(finding.severity)), 8,
               printable(finding.rule) + "  " + printable(finding.name) +
                   outside(plan, subscription_of(finding.id)) + "  " + printable(finding.message),
               place_of(plan, finding.origin));
  }
  if (high > most) page.line("  and " + std::to_string(high - most) + " more");
}

std::string_view subscription_of(std::string_view id) {
  constexpr std::string_view head = "/subscriptions/";
  if (!ascii::starts_with(id, head)) return {};
  id.remove_prefix(head.size());
  return id.substr(0, id.find('/'));
}

std::string outside(const Plan& plan, std::string_view subscription) {
  return printable(engine::told(plan, subscription, {}));
}

std::string title(const Plan& plan, const Change& change) {
  return printable(engine::called(change)) + outside(plan, change.subscription);
}

void object_blocks(Page& page, const Plan& plan, Command command, const Style& style) {
  if (plan.subscriptions.size() < 2) return page.block(blocks_in(nullptr, plan, command, style));
  bool first = true;
  for (const std::string_view subscription : subscriptions_shown(plan)) {
    const std::string blocks = blocks_in(&subscription, plan, command, style);
    if (blocks.empty()) continue;
    if (!first) page.line();
    first = false;
    page.line(subscription.empty() ? "In no subscription"
                                   : "Subscription " + printable(subscription));
    page.block(blocks);
  }
}

std::string headline(const Plan& plan) {
  std::string text;
  if (!plan.deployment.empty()) {
    text = "Deployment " + printable(plan.deployment);
  } else {
    std::vector<std::string> groups;
    const auto add = [&groups](const std::string& group) {
      const std::string name = printable(group);
      if (!name.empty() && std::find(groups.begin(), groups.end(), name) == groups.end())
        groups.push_back(name);
    };
    for (const engine::InventoryItem& item : plan.inventory) add(item.group);
    for (const Change& change : plan.changes) add(change.group);
    text = groups.empty()
               ? std::string("Teardown")
               : (groups.size() == 1 ? "Group " : "Groups ") + clipped(join(groups), 400);
  }
  if (!plan.where.empty()) text += ", " + printable(plan.where);
  if (!plan.who.empty()) text += ", as " + printable(plan.who);
  return text;
}

std::string verdict(const Plan& plan, Command command) {
  if (plan.teardown || command == Command::teardown) return teardown_verdict(plan);
  return command == Command::drift ? drift_verdict(plan) : plan_verdict(plan);
}

}  // namespace akv::report
