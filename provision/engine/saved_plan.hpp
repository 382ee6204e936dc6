/// A plan in a file: shown, approved and applied later, if what it changes has not moved.
///
/// The file holds no token and no secret: what ARM's management plane shows, what the manifest
/// says, and the options that it was planned with.
#pragma once
#include "akv/provision/engine/guards.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/engine/plan.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

/// An object that was read and is not changed: if it moves, that is worth a word.
struct Witness {
  std::string kind, name, id, fingerprint;
};

struct SavedPlan {
  static constexpr int format_version = 1;
  static constexpr std::size_t max_bytes = std::size_t{64} << 20;  ///< Of the file.

  std::string saved_at;  ///< `2026-11-22T08:02:00Z`
  std::string cloud;     ///< `AzureCloud`, `emulator`
  std::string endpoint;  ///< Of Azure Resource Manager there.
  std::string tenant;    ///< As the manifest names it; empty: each subscription's own.
  std::map<std::string, std::string, ascii::Less> tenants{};  ///< By subscription, as planned.
  std::vector<std::string> subscriptions{};
  std::vector<std::string> files{};       ///< The manifest's, as they were given.
  std::vector<std::string> parameters{};  ///< Names of those that were set.
  std::vector<std::string> options{};     ///< Words of the command that made it: `--set`, `a=b`.
  Allowances allow{};
  std::vector<std::string> adopt{};  ///< Globs of --adopt.
  /// The plan, its digest included. Raw live documents are not kept.
  Plan plan;
  /// By index of a change: the canonical document that it was planned against; null: it was
  /// absent.
  std::vector<Document> before{};
  std::vector<Witness> witnesses{};
};

/// Fills `before` from the plan's live documents, which it lets go.
void keep_canonical(SavedPlan& saved, const Registry& registry);

/// One JSON document and a line feed. Throws FormatError where it would exceed max_bytes.
std::string to_text(const SavedPlan& saved);
/// Whether the text is meant as a saved plan, of whatever version and in whatever state.
bool is_saved_plan(std::string_view text);
/// Throws FormatError for what is no saved plan, of another version, too large or too deep, names
/// a kind that `registry` lacks, or was changed after it was written.
SavedPlan read_saved_plan(std::string_view text, const Registry& registry);

/// What it names, to be read and judged again: the objects that it changes, as the manifest had
/// them, and its witnesses, of which nothing is wanted.
Deployment deployment_of(const SavedPlan& saved);

}  // namespace akv::engine
