#include "akv/mgmt/resourcegraph/query_response.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/codec.hpp"

#include <utility>

namespace akv {

using json::Document;
using json::field;

namespace {

[[noreturn]] void refuse(std::string message) {
  throw FormatError({.message = "the result of the query cannot be read: " + std::move(message),
                     .operation = "QueryResponse"});
}

Document row_object(const QueryTable& table, const std::vector<json::Raw>& row) {
  if (row.size() != table.columns.size())
    refuse("a row has " + std::to_string(row.size()) + " cells, but there are " +
           std::to_string(table.columns.size()) + " columns");
  Document object = Document::object();
  for (std::size_t i = 0; i < row.size(); ++i) object.set(table.columns[i].name, row[i].parse());
  return object;
}

}  // namespace

std::span<const json::FieldInfo> QueryColumn::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&QueryColumn::name>("name"),
                                             field<&QueryColumn::type>("type")};
  return list;
}

std::span<const json::FieldInfo> QueryTable::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&QueryTable::columns>("columns"),
                                             field<&QueryTable::rows>("rows")};
  return list;
}

std::span<const json::FieldInfo> Facet::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&Facet::expression>("expression"),
                                             field<&Facet::result_type>("resultType"),
                                             field<&Facet::total_records>("totalRecords"),
                                             field<&Facet::count>("count"),
                                             field<&Facet::data>("data"),
                                             field<&Facet::errors>("errors")};
  return list;
}

std::span<const json::FieldInfo> QueryResponse::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&QueryResponse::total_records>("totalRecords"),
      field<&QueryResponse::count>("count"),
      field<&QueryResponse::result_truncated>("resultTruncated"),
      field<&QueryResponse::skip_token>("$skipToken"),
      field<&QueryResponse::data>("data"),
      field<&QueryResponse::facets>("facets")};
  return list;
}

std::vector<Document> QueryResponse::rows() const {
  Document value = data.parse();
  if (value.is_array()) return std::move(value.as_array());
  if (!value.is_object()) refuse("it is neither an array of objects nor a table");
  const QueryTable columns_and_rows = table();
  std::vector<Document> objects;
  objects.reserve(columns_and_rows.rows.size());
  for (const std::vector<json::Raw>& row : columns_and_rows.rows)
    objects.push_back(row_object(columns_and_rows, row));
  return objects;
}

QueryTable QueryResponse::table() const {
  const Document value = data.parse();
  if (!value["columns"].is_array() || !value["rows"].is_array())
    refuse("it is no table with columns and rows");
  return json::decode<QueryTable>(data.text);
}

}  // namespace akv
