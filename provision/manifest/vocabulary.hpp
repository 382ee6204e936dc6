/// The words of a manifest that a kind brings: one table that the parser checks against and the
/// JSON Schema is printed from.
#pragma once
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
  object,       ///< `members`
  object_list,  ///< Each entry has `members`; the first, if required, may stand alone as a text.
  access_policies,  ///< Entries of `members` that name a principal or an id; merged by it.
  permissions,      ///< A permission set's name, a list of such names, or a map of `members`.
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
  /// The same for the names of a text_map.
  std::string (*check_name)(std::string_view name) = nullptr;
  bool managed_list = false;  ///< May stand in `manage:`.
  /// Lists: the text that identifies an entry, to refuse it twice. Null: the entry without case.
  std::string (*identity)(std::string_view entry) = nullptr;
  std::string_view writes{};  ///< The property that it stands for; empty: its own name.
  bool of_engine = false;     ///< Steers akv; no part of the body.
  bool in_defaults = true;    ///< May stand under `defaults:`.
  bool of_existing = false;   ///< May stand where `existing: true` does.
};

}  // namespace akv::manifest
