/// The words of a manifest that belong to no kind.
#pragma once
#include "akv/provision/manifest/session.hpp"
#include "akv/provision/manifest/vocabulary.hpp"

#include <span>

namespace akv::manifest {

inline constexpr std::string_view api_version = "akv/v1";

/// Top level: `apiVersion` to `resourceGroups`. The members of the sections stand elsewhere.
std::span<const Word> manifest_words();
/// One entry of `parameters`.
std::span<const Word> parameter_words();
/// One entry of `principals`, where it is a map.
std::span<const Word> principal_words();
/// The word that reads permissions, found among the vault's; null when there is none.
const Word* permissions_word(std::span<const Word> vault);

/// `forEach` of groups and vaults.
const Word& for_each_word();

/// `permissionSets:` of one file into the session's names; an overlay's take the place of others.
void read_permission_sets(const Tree& tree, NodeId section, const Word& word, const Scope& scope,
                          bool overlay, Session& session);
/// The sets that every manifest may use.
void add_built_in_sets(Names& names);

}  // namespace akv::manifest
