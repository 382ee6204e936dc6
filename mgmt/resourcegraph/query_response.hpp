/// What Azure Resource Graph answers to a query.
#pragma once
#include "akv/mgmt/arm/error_detail.hpp"
#include "akv/mgmt/json/document.hpp"
#include "akv/mgmt/json/raw.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace akv {

/// Known values of QueryColumn::type.
namespace column_type {
inline constexpr const char* string = "string";
inline constexpr const char* integer = "integer";
inline constexpr const char* number = "number";
inline constexpr const char* boolean = "boolean";
inline constexpr const char* object = "object";
inline constexpr const char* datetime = "datetime";
}  // namespace column_type

struct QueryColumn {
  std::string name{};
  std::string type{};  ///< column_type::…
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// A result in the format `table`.
struct QueryTable {
  std::vector<QueryColumn> columns{};
  std::vector<std::vector<json::Raw>> rows{};  ///< A cell for each column.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// The answer to a FacetRequest: `count` and `data`, or else `errors`.
struct Facet {
  std::string expression{};
  std::string result_type{};  ///< `FacetResult` or `FacetError`
  Field<std::int64_t> total_records{};
  Field<int> count{};
  Field<json::Raw> data{};
  List<ErrorDetail> errors = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct QueryResponse {
  std::int64_t total_records = 0;  ///< Of the whole result.
  std::int64_t count = 0;          ///< Of this page.
  /// `true` or `false`, a string on the wire: whether rows may be missing and there is no further
  /// page, because the query limits its rows, or because its result has no `id` to go on by.
  std::string result_truncated{};
  Field<std::string> skip_token{};  ///< For the next page; absent at the end.
  json::Raw data{};                 ///< In the format that was asked for.
  List<Facet> facets = absent;
  json::Unknown unknown{};

  bool is_truncated() const { return result_truncated == "true"; }
  /// The rows as objects, in either format. Throws FormatError for data in neither.
  std::vector<json::Document> rows() const;
  /// Of the format `table`. Throws FormatError for any other.
  QueryTable table() const;

  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
