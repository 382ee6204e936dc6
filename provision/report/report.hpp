/// Plans, runs and mistakes as text, JSON and Markdown, all from the same values.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/engine/run.hpp"
#include "akv/provision/manifest/manifest.hpp"

#include <cstdint>
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

enum class Command { plan, apply, drift, teardown };

// Each ends with a line feed.
std::string plan_text(const engine::Plan& plan, Command command, const Style& style);
std::string plan_json(const engine::Plan& plan);
std::string plan_markdown(const engine::Plan& plan, Command command);

/// What follows a run: failures with remedies, `Done: …` or `Interrupted: …`, soft-deleted.
std::string run_text(const engine::Plan& plan, const engine::RunResult& result,
                     const Requests& requests, const std::vector<engine::SoftDeleted>& soft_deleted,
                     const Style& style);
/// The plan's members plus results, summary and requests of the run.
std::string run_json(const engine::Plan& plan, const engine::RunResult& result,
                     const Requests& requests,
                     const std::vector<engine::SoftDeleted>& soft_deleted);
std::string run_markdown(const engine::Plan& plan, const engine::RunResult& result,
                         const Requests& requests,
                         const std::vector<engine::SoftDeleted>& soft_deleted);

/// `10:14:02  rg-quickstart/kv-quickstart  created`: one line of progress, names padded to `width`.
std::string progress_line(const engine::Plan& plan, const engine::Event& event, std::size_t width);

std::string diagnostics_text(const std::vector<manifest::Diagnostic>& diagnostics,
                             std::size_t files);
std::string diagnostics_json(const std::vector<manifest::Diagnostic>& diagnostics);

/// An error for people, with cause, remedy and request id.
struct Trouble {
  std::string code, message, remedy, request_id;
};
/// What went wrong, and what to do about it, for every member of the error family: the table of
/// remedies lives here.
Trouble explain(const AzureError& error);
std::string trouble_text(const Trouble& trouble);  ///< `akv: …`, then indented remedy.
std::string trouble_json(const Trouble& trouble);

}  // namespace akv::report
