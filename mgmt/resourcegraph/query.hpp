/// A query to Azure Resource Graph, in Kusto, over the resources of many subscriptions at once.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Values of QueryRequestOptions::result_format.
namespace result_format {
inline constexpr const char* table = "table";
inline constexpr const char* object_array = "objectArray";
}  // namespace result_format

/// Values of QueryRequestOptions::authorization_scope_filter.
namespace authorization_scope_filter {
inline constexpr const char* at_scope_and_below = "AtScopeAndBelow";
inline constexpr const char* at_scope_and_above = "AtScopeAndAbove";
inline constexpr const char* at_scope_exact = "AtScopeExact";
inline constexpr const char* at_scope_above_and_below = "AtScopeAboveAndBelow";
}  // namespace authorization_scope_filter

/// Values of FacetRequestOptions::sort_order.
namespace facet_sort_order {
inline constexpr const char* ascending = "asc";
inline constexpr const char* descending = "desc";
}  // namespace facet_sort_order

struct QueryRequestOptions {
  Field<std::string> skip_token{};     ///< Of the page before; with the same query and scopes.
  Field<int> top{};                    ///< Rows of a page: 1 to 1,000, absent 1,000.
  Field<int> skip{};                   ///< Rows to leave out at the beginning.
  Field<std::string> result_format{};  ///< result_format::…; absent: an array of objects.
  Field<bool> allow_partial_scopes{};  ///< Rather some subscriptions than none, if they are many.
  Field<std::string> authorization_scope_filter{};  ///< authorization_scope_filter::…
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct FacetRequestOptions {
  Field<std::string> sort_by{};
  Field<std::string> sort_order{};  ///< facet_sort_order::…
  Field<std::string> filter{};      ///< A condition on the result, as after `where`.
  Field<int> top{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Counts the result's rows by a column, besides the result.
struct FacetRequest {
  Required<std::string> expression;
  Field<FacetRequestOptions> options{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct QueryRequest {
  /// `Resources | where type =~ 'microsoft.keyvault/vaults' | project id, name`. Only a result that
  /// holds `id` can be read in pages.
  Required<std::string> query;
  Strings subscriptions = absent;  ///< GUIDs. Without these or groups: all of the tenant.
  Strings management_groups = absent;
  Field<QueryRequestOptions> options{};
  List<FacetRequest> facets = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
