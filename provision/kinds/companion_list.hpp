/// The lists that stand beside groups and vaults, role assignments and locks: what they have in
/// common.
#pragma once
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/kinds/vault_execution.hpp"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::kinds {

/// One request that brings an entry about.
struct EntryWrite {
  http::Method method = http::Method::put;
  std::string path;  ///< Encoded.
  json::Document body{};
  std::string id{};  ///< The live entry's, which the answer replaces; empty for a new one.
};

/// How a kind of list is read and written. Constant data with static lifetime.
struct CompanionList {
  std::string_view kind;        ///< `roleAssignment`
  std::string_view list;        ///< `roleAssignments`: the manifest's word, and ARM's collection.
  std::string_view collection;  ///< Behind the parent's id.
  const char* api_version;
  std::string_view list_operation, put_operation, delete_operation;
  std::string_view text;  ///< The member of an entry's properties that carries the mark.
  /// What a manifest writes so that the canonical entry shall not be there.
  json::Document (*absent)(const json::Document& entry);
  /// The writes that `planned` stands for and that the freshly judged `fresh` still needs.
  std::vector<EntryWrite> (*writes)(const engine::Change& planned, const engine::Change& fresh,
                                    const RunFacts& facts);
};

/// Of the language of a role assignment's condition.
inline constexpr std::string_view usual_condition_version = "2.0";

const CompanionList& role_assignment_list();
const CompanionList& lock_list();
/// All of them.
std::span<const CompanionList* const> companion_lists();
const CompanionList* find_companion_list(std::string_view kind);

/// The id of what an entry or its collection stands beside: all before the last provider.
std::string_view parent_of(std::string_view id);

/// The deployment in the mark of an entry as ARM shows it; empty where there is none.
std::string mark_of(const CompanionList& list, const json::Document& entry);

/// The live document of a list, as the kinds read it: `{owner, LIST: [entries as ARM shows them]}`.
/// `owner` is the parent's mark. Custom roles get their names from `environment`.
json::Document companion_document(const CompanionList& list, std::string_view owner,
                                  json::Document::Array entries,
                                  const engine::Environment& environment);

/// Canonical form of what is live or written: a list alone, each entry as `entry` makes it, in the
/// order of `sorted`. Keeps origins.
json::Document canonical_list(const json::Document& of, std::string_view list,
                              const std::function<json::Document(const json::Document&)>& entry,
                              json::Document (*sorted)(json::Document::Array));

/// The right to write, the right to delete, or both: as the entries of the change ask for. `role`
/// is a literal.
std::vector<engine::Need> companion_needs(const CompanionList& list, const engine::Change& change,
                                          std::string_view role);

/// Reads the list, writes only what a fresh read shows to differ, one entry a step.
std::unique_ptr<engine::Execution> make_companion_write(const engine::Change& change,
                                                        const RunFacts& facts);
/// Deletes the one entry whose id the change has; one that is gone already is no failure.
std::unique_ptr<engine::Execution> make_companion_delete(const engine::Change& change,
                                                         const RunFacts& facts);

}  // namespace akv::kinds
