/// Live vaults as a manifest: planning it at once is empty.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/provision/engine/desired.hpp"
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::exporting {

/// `--tag NAME[=VALUE]`: names compare without case, values with.
struct TagFilter {
  std::string name;
  std::optional<std::string> value;
};

/// Which vaults: those that fit all that is given. A group without any comes along only where it is
/// named and no vault is asked for by tag or name.
struct Selection {
  std::string subscription;
  std::vector<std::string> groups;  ///< Names; empty: all of the subscription.
  std::vector<TagFilter> tags;      ///< Of the vault; each must fit.
  std::vector<std::string> names;   ///< Globs on the vault's name; one must fit.
};

struct ExportOptions {
  /// The ownership mark. Empty: the one that all selected objects carry, else made of the first
  /// group's name.
  std::string deployment;
  std::vector<engine::Principal> principals;  ///< Names to use for their object ids.
};

struct Exported {
  std::string manifest;  ///< Ends with a line feed. The same estate gives the same text.
  std::string deployment;
  std::size_t groups = 0, vaults = 0;
  std::size_t unmarked = 0;                    ///< Objects that planning has to adopt.
  std::size_t foreign = 0;                     ///< Objects that carry another deployment's mark.
  std::vector<engine::Unreadable> unreadable;  ///< Groups that could not be read, by name.
};

/// Reads with the fewest requests (the subscription, pages of groups, of vaults, of role
/// assignments and of locks; a named group costs four) and writes the manifest. Memory grows with
/// the manifest, not with the answers. Throws AzureError when nothing can be read; NotFoundError
/// where a named group is not there.
Exported export_manifest(const kinds::Connection& connection, const Selection& selection,
                         const ExportOptions& options, const Context& context);

}  // namespace akv::exporting
