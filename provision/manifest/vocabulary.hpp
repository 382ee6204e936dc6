/// The words of a manifest that a kind brings: one table that the parser checks against and the
/// JSON Schema is printed from.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

enum class FieldType {
  text,
  boolean,
  integer,
  word,  ///< One of `words`, compared without case, resolved to the table's spelling.
  text_list,
  word_list,
  text_map,     ///< Tags.
  text_lists,   ///< Names of the user's choice, each with a list of texts that is not empty.
  object,       ///< `members`
  object_list,  ///< Each entry has `members`; the first, if required, may stand alone as a text.
  access_policies,  ///< Entries of `members` that name a principal or an id; merged by it.
  /// Entries of `members`, told apart and merged by `entry_identity`. Where the members know
  /// `principal` and `objectId`, an entry needs one of them and comes out with `objectId`.
  entries,
  permissions,  ///< A permission set's name, a list of such names, or a map of `members`.
};

/// Constant data with static lifetime. One line documents, checks and describes a property.
struct Word {
  std::string_view name;
  FieldType type = FieldType::text;
  std::string_view doc;                       ///< One sentence, for the schema and editors.
  std::span<const std::string_view> words{};  ///< word, word_list
  std::span<const Word> members{};            ///< object, object_list
  bool required = false;
  long minimum = 0, maximum = 0;  ///< integer: both 0 means no bounds.
  std::size_t max_items = 0;      ///< Lists and maps; 0: no limit.
  /// A check of a text (also of each text in a list or map): an empty string, or `WHAT; INSTEAD`.
  std::string (*check)(std::string_view text) = nullptr;
  /// What the check accepts, as the JSON Schema's regular expression; empty: that of a check in
  /// checks.hpp, else none.
  std::string_view pattern{};
  /// The same as `check` for the names of a text_map.
  std::string (*check_name)(std::string_view name) = nullptr;
  bool managed_list = false;  ///< May stand in `manage:`.
  /// Lists: the text that identifies an entry, to refuse it twice. Null: the entry without case.
  std::string (*identity)(std::string_view entry) = nullptr;
  /// entries: the text that identifies one; `tenant` is the deployment's, and may be empty.
  std::string (*entry_identity)(const json::Document& entry, std::string_view tenant) = nullptr;
  std::string_view writes{};  ///< The property that it stands for; empty: its own name.
  bool of_engine = false;     ///< Steers akv; no part of the body.
  bool in_defaults = true;    ///< May stand under `defaults:`.
  bool of_existing = false;   ///< May stand where `existing: true` does.
};

/// A list on groups or vaults whose entries are objects beside their parent: role assignments,
/// locks. Each list that is written comes out as one engine::Desired of `kind` behind its parent's,
/// with the parent's name, the id of the collection, and the entries in its body under the list's
/// name. It may also stand in `manage:` (`merge` unless written), in `defaults:`, in overlays, and
/// on what is `existing: true`. With a member `state`, `state: absent` is refused in a list that is
/// `exact`.
struct Companion {
  std::string_view kind;  ///< As the engine calls it: `roleAssignment`.
  /// What follows the parent's id: `/providers/Microsoft.Authorization/roleAssignments`.
  std::string_view collection;
  Word list;  ///< Of type `entries`.
  bool on_group = true, on_vault = true;
};

/// The tables of the kinds that stand in a manifest.
struct Vocabulary {
  std::span<const Word> resource_group, vault;
  std::span<const Companion> companions{};
};

}  // namespace akv::manifest
