/// A change as people read it: a line for each property, and for each entry of a list.
#pragma once
#include "akv/provision/report/report.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace akv::report {

struct Row {
  std::string block;  ///< `accessPolicies`, `networkAcls`, `tags`; empty: a property by itself.
  std::string name;   ///< `app`, `bypass`, `sku`
  std::string value;  ///< `keys: +all  secrets: -all +get`, `standard -> premium`
  std::uint32_t origin = 0;
  std::vector<std::string> effects;  ///< Sentences on what the row does to people.
};

/// In the order of the fields; rows of one block stand together. Text is printable.
std::vector<Row> rows(const engine::Plan& plan, const engine::Change& change, Command command);
/// Rows for entries that belong to others, as they are.
std::vector<Row> rows_left_alone(const std::vector<engine::FieldChange>& fields);
/// A value on one line: texts bare, lists with commas, `(none)` for null; clipped when very long.
std::string value_text(const json::Document& value);
/// The value of FieldChange::path up to its entry: `accessPolicies`, `networkAcls.ipRules`.
std::string list_path(const engine::FieldChange& field);

}  // namespace akv::report
