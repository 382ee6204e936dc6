/// Saved plans on the disk.
#pragma once
#include "akv/provision/cli/environment.hpp"
#include "akv/provision/cli/settings.hpp"
#include "akv/provision/engine/saved_plan.hpp"

#include <optional>
#include <stdexcept>
#include <stop_token>
#include <string>

namespace akv::cli {

/// A saved plan that cannot be read, written or used: exit code 1.
struct PlanFileError : std::runtime_error {
  PlanFileError(const std::string& message, std::string remedy_text)
      : std::runtime_error(message), remedy(std::move(remedy_text)) {}
  std::string remedy;
};

/// The saved plan among `files`; nullopt where they are manifests. A plan is known by what is in
/// it: a regular file that begins with `{` and says that it is one. Throws PlanFileError, and
/// UsageError for a plan beside other files.
std::optional<engine::SavedPlan> find_saved_plan(const std::vector<std::string>& files,
                                                 const engine::Registry& registry);
/// The same where it must be one; it may come by a pipe.
engine::SavedPlan load_saved_plan(const std::string& file, const engine::Registry& registry,
                                  const std::stop_token& stop);

/// Throws PlanFileError where something that is no saved plan stands at `file`.
void check_may_save(const std::string& file);
/// Readable by its owner only. Either the old or the new file stands there, whole, whatever
/// happens.
void write_plan_file(const std::string& file, const std::string& text, long process_id);

}  // namespace akv::cli
