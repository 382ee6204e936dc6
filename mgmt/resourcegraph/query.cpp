#include "akv/mgmt/resourcegraph/query.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> QueryRequestOptions::json_fields() {
  using Options = QueryRequestOptions;
  static constexpr json::FieldInfo list[] = {
      field<&Options::skip_token>("$skipToken"),
      field<&Options::top>("$top"),
      field<&Options::skip>("$skip"),
      field<&Options::result_format>("resultFormat"),
      field<&Options::allow_partial_scopes>("allowPartialScopes"),
      field<&Options::authorization_scope_filter>("authorizationScopeFilter")};
  return list;
}

std::span<const json::FieldInfo> FacetRequestOptions::json_fields() {
  using Options = FacetRequestOptions;
  static constexpr json::FieldInfo list[] = {
      field<&Options::sort_by>("sortBy"), field<&Options::sort_order>("sortOrder"),
      field<&Options::filter>("filter"), field<&Options::top>("$top")};
  return list;
}

std::span<const json::FieldInfo> FacetRequest::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&FacetRequest::expression>("expression"),
                                             field<&FacetRequest::options>("options")};
  return list;
}

std::span<const json::FieldInfo> QueryRequest::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&QueryRequest::subscriptions>("subscriptions"),
      field<&QueryRequest::management_groups>("managementGroups"),
      field<&QueryRequest::query>("query"), field<&QueryRequest::options>("options"),
      field<&QueryRequest::facets>("facets")};
  return list;
}

}  // namespace akv
