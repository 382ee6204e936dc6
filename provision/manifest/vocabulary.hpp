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
  object_list,  ///< Each entry has `members`.
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
  /// A check of a text: an empty string, or what is wrong and what to write instead.
  std::string (*check)(std::string_view text) = nullptr;
  /// Lists: what identifies an entry, to refuse it twice (canonical text of one entry).
  bool managed_list = false;  ///< May stand in `manage:`.
};

}  // namespace akv::manifest
