/// The parts that text and Markdown reports share: a change as a block of lines, and the sentences
/// that sum a plan up.
#pragma once
#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/report.hpp"

#include <string>

namespace akv::report {

/// `+`, `~`, …: beside its word always.
std::string_view sign(engine::Action action);
Paint paint(engine::Action action);
/// The end of each line that begins with a sign: padded, painted, then the name.
std::string object_line(const Page& page, Paint paint, std::string_view sign, std::string_view word,
                        std::string_view kind, std::string_view name);

void change_block(Page& page, const engine::Plan& plan, const engine::Change& change,
                  Command command, const Style& style);
void refusal_block(Page& page, const engine::Plan& plan, const engine::Refusal& refusal);
void unreadable_block(Page& page, const engine::Unreadable& unreadable);
/// One guard's finding: the figures, how to comply, what lifts it.
void guard_block(Page& page, const engine::GuardFinding& finding, Command command);
/// The high findings of the rules on what changes, a line each; ten of them.
void finding_lines(Page& page, const engine::Plan& plan);
/// All that the groups to be torn down hold, and what is purged.
void inventory_blocks(Page& page, const engine::Plan& plan);

/// The one that an ARM id is of: `9c0d…`; empty where it is of none.
std::string_view subscription_of(std::string_view id);
/// ` in subscription 9c0d…`, of what is outside the first one where the plan spans several;
/// else empty.
std::string outside(const engine::Plan& plan, std::string_view subscription);
/// A change as messages name it, with the subscription where that is not the first.
std::string title(const engine::Plan& plan, const engine::Change& change);
/// All changes, refusals and what could not be read: one behind the other, or, where the plan spans
/// several subscriptions, each of these under its heading.
void object_blocks(Page& page, const engine::Plan& plan, Command command, const Style& style);

/// `Deployment payments, in AzureCloud, subscription 9c0d…, as ana`
std::string headline(const engine::Plan& plan);
/// `Plan: 1 to create, …`, `No changes. …`, `Drift: …`, `Teardown: …`
std::string verdict(const engine::Plan& plan, Command command);

}  // namespace akv::report
