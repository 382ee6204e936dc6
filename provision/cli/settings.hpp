/// What the options and the environment come to: one typed value.
#pragma once
#include "akv/provision/cli/arguments.hpp"
#include "akv/provision/cli/environment.hpp"
#include "akv/provision/engine/guards.hpp"
#include "akv/provision/report/check_report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace akv::cli {

enum class Color { automatic, always, never };
enum class Progress { plain, json, none };

struct Settings {
  std::vector<std::string> files;

  std::vector<std::pair<std::string, std::string>> set;
  std::vector<std::string> values, allow_env;
  /// From the option, else from AKV_… or AZURE_…; `given` are those of the option alone.
  std::string subscription, tenant, given_subscription, given_tenant;

  std::vector<std::string> target, exclude, adopt;
  engine::Allowances allow;
  std::optional<std::uint32_t> my_ip;
  std::vector<std::string> groups;
  bool prune = false;
  std::vector<std::string> prune_scopes;  ///< Subscriptions.
  bool preflight = false;
  bool purge = false, delete_existing_groups = false;

  std::string save;  ///< The file for the plan.
  /// The words of the command line that decide what is planned, without files: `--set`, `a=b`.
  std::vector<std::string> plan_options;
  std::string expect;  ///< The digest of the change set that was approved.
  std::vector<std::pair<std::string, std::optional<std::string>>> tags;  ///< Of export.
  std::vector<std::string> names;
  std::string mark;        ///< --deployment
  std::string principals;  ///< The file that names them.
  std::string gone;        ///< The file of object ids that are no more, of doctor.

  bool yes = false;
  std::vector<std::string> confirm;

  std::string cloud = "AzureCloud";
  bool cloud_is_named = false;  ///< By --cloud or AKV_CLOUD: then its own authority signs in.
  std::string ca_file;
  std::optional<std::string> emulator;  ///< The store of the one inside akv.
  int parallel = 16;

  report::Format format = report::Format::text;
  bool quiet = false, verbose = false;
  Color color = Color::automatic;
  Progress progress = Progress::plain;
  bool detailed_exit_code = false;
  bool origins = false;

  report::CheckFormat check_format = report::CheckFormat::text;  ///< Of `akv check`.
  bool offline = false;
  engine::Severity fail_on = engine::Severity::high;
  std::string baseline, write_baseline;  ///< Files; empty: none.

  std::string store = ".akv/emulator.db";  ///< Of `akv emulator`.
  unsigned short port = 8443;
  std::optional<unsigned short> proxy;  ///< Its port, where it is wanted.
  bool throttle = false, azure_pace = false;
  std::string faults;  ///< The file of its rules.
};

/// Throws UsageError for values that cannot be.
Settings read_settings(const Arguments& arguments, const Environment& environment);

}  // namespace akv::cli
