/// Plans, runs and mistakes as text, JSON and Markdown, all from the same values.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/engine/run.hpp"
#include "akv/provision/manifest/manifest.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::report {

enum class Format { text, json, markdown };

struct Style {
  bool color = false;
  bool verbose = false;  ///< Also unchanged objects' information and left-alone entries in full.
  bool quiet = false;    ///< Only what differs or failed.
  std::size_t width = 100;
};

/// Requests, for the end of a report; a run adds writes, retries and waiting.
struct Requests {
  std::uint64_t reads = 0, writes = 0, retries = 0, throttled_milliseconds = 0;
};

/// An error for people, with cause, remedy and request id. All of it is printable text, one line
/// each. A code of Azure's own begins with a capital, one of akv with a small letter.
struct Trouble {
  std::string code, message, remedy, request_id;
};

/// What the report is of. A saved plan, shown or applied, takes no allowance any more.
enum class Command { plan, show, apply, apply_saved, drift, teardown };

/// What a command has to say besides its plan: text tells it as it comes, JSON in its one document.
struct Aside {
  std::vector<manifest::Diagnostic> diagnostics;  ///< Warnings of the manifest.
  std::vector<std::string> done;                  ///< Changes of a saved plan that were found done.
  std::optional<Trouble> unknown_deleted;  ///< Why nobody knows what is soft-deleted after a run.
};

// Each ends with a line feed.
std::string plan_text(const engine::Plan& plan, Command command, const Style& style);
std::string plan_json(const engine::Plan& plan, const Aside& aside = {});
/// For a pull request: a table, then each object behind a fold, or by name where there is no room.
/// At most max_markdown bytes: where not even the names fit, the risky ones stand, the rest is
/// counted.
std::string plan_markdown(const engine::Plan& plan, Command command);
inline constexpr std::size_t max_markdown = 60'000;
/// `akv: refused by a guard, nothing was written`, then each finding with its way out. Empty where
/// no guard found anything. For the error stream.
std::string guards_text(const engine::Plan& plan, Command command, const Style& style);
/// What lifts guards, from the options for it: these themselves, or to plan again with them.
std::string means_it(std::string_view options, Command command);

/// `At Azure's pace of 10 writes a second this takes about 1 min 42 s.`: where the busiest
/// subscription gets more writes, or more deletes, than Azure takes at once (200). Else empty.
std::string pace_text(const engine::Plan& plan);

/// What follows a run: failures with remedies, `Done: …` or `Interrupted: …`, soft-deleted.
std::string run_text(const engine::Plan& plan, const engine::RunResult& result,
                     const Requests& requests, const std::vector<engine::SoftDeleted>& soft_deleted,
                     const Style& style);
/// The plan's members plus results, summary and requests of the run.
std::string run_json(const engine::Plan& plan, const engine::RunResult& result,
                     const Requests& requests, const std::vector<engine::SoftDeleted>& soft_deleted,
                     const Aside& aside = {});
/// The same of a writing command that stopped after planning: nothing has begun, and the member
/// `error` says why.
std::string run_json(const engine::Plan& plan, const Trouble& why_not, const Requests& requests,
                     const Aside& aside = {});
std::string run_markdown(const engine::Plan& plan, const engine::RunResult& result,
                         const Requests& requests,
                         const std::vector<engine::SoftDeleted>& soft_deleted);

/// `10:14:02  rg-quickstart/kv-quickstart  created`: one line of progress, names padded to `width`.
std::string progress_line(const engine::Plan& plan, const engine::Event& event, std::size_t width);
/// The width for progress_line() that aligns all changes of the plan.
std::size_t progress_width(const engine::Plan& plan);
/// `09:12:05    16 of 1200`: one line for many changes.
std::string progress_count(Clock::SystemTime at, std::size_t done, std::size_t all);
/// One JSON object on one line, for `--progress json`.
std::string progress_json(const engine::Plan& plan, const engine::Event& event);

/// Ends with what was sent: nothing, or, where ARM was asked for what the manifest names, reads.
enum class Sent { nothing, reads };
std::string diagnostics_text(const std::vector<manifest::Diagnostic>& diagnostics,
                             std::size_t files, Sent sent = Sent::nothing);
std::string diagnostics_json(const std::vector<manifest::Diagnostic>& diagnostics);

/// What went wrong, and what to do about it, for every member of the error family: the table of
/// remedies lives here.
Trouble explain(const AzureError& error);
Trouble explain(const ErrorInfo& error);
std::string trouble_text(const Trouble& trouble);  ///< `akv: …`, then indented remedy.
std::string trouble_json(const Trouble& trouble, const Aside& aside = {});

}  // namespace akv::report
