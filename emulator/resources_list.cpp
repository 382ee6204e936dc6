#include "akv/emulator/list_filter.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/regions.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/core/time.hpp"

namespace akv::emulator {
namespace {

using json::Document;

bool wants(const std::string& expand, std::string_view what) {
  std::string_view rest = expand;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (ascii::equal(ascii::trim(part), what)) return true;
  }
  return false;
}

/// The summary with what `$expand` asks for.
std::string expanded(const Store::Row& row, const std::string& expand) {
  if (expand.empty()) return std::string(row.summary);
  Document item = Document::parse(row.summary);
  const Document body = Document::parse(row.body);
  const std::pair<const char*, const Document*> members[] = {
      {"createdTime", body.at_path({"systemData", "createdAt"})},
      {"changedTime", body.at_path({"systemData", "lastModifiedAt"})},
      {"provisioningState", body.at_path({"properties", "provisioningState"})}};
  for (const auto& [name, value] : members)
    if (value && wants(expand, name)) item.set(name, *value);
  // ARM has seven digits, whatever the provider writes.
  for (const char* name : {"createdTime", "changedTime"})
    if (Document* value = item.find(name))
      if (const auto at = time::parse_rfc3339(value->string_or()))
        *value = time::format_rfc3339_ticks(*at);
  return item.dump();
}

http::Response list(Call& call, const std::string& scope) {
  // Whoever may list sees what it may read.
  call.list_action.clear();
  const ListFilter filter = ListFilter::of(
      call, {"resourcetype", "name", "resourcegroup", "location", "tagname", "tagvalue"});
  const std::string expand = http::query_parameter(call.url.query, "$expand").value_or("");
  const std::string location = short_region(filter.value_of("location"));
  Page page(call, LastPage::full);
  auto visit = [&](const Store::Row& row) {
    const bool taken =
        call.access.may(std::string(row.type) + "/read", row.key) &&
        filter.takes("resourcetype", row.type) && filter.takes("name", row.name) &&
        (location.empty() || ascii::equal(location, row.location)) &&
        (filter.value_of("resourcegroup").empty() ||
         ascii::starts_with(
             row.key,
             resource_group_id(call.subscription.id, filter.value_of("resourcegroup")) + "/")) &&
        (!filter.wants_tags() || filter.takes_tags(Document::parse(row.summary)["tags"]));
    return !taken || page.add(row.key, expanded(row, expand));
  };
  const std::string_view type = filter.value_of("resourcetype");
  if (scope.empty() && !type.empty())
    call.store.scan_type(call.subscription.id, type, page.after(), visit);
  else
    call.store.scan_below(scope.empty() ? "/subscriptions/" + call.subscription.id : scope,
                          page.after(), visit);
  return std::move(page).response();
}

http::Response in_subscription(Call& call) { return list(call, {}); }

http::Response in_group(Call& call) {
  const auto group = call.store.group(call.subscription.id, call.path["group"]);
  if (!group) throw errors::group_not_found(call.path["group"]);
  return list(call, resource_group_id(call.subscription.id, group->name));
}

constexpr Route routes[] = {
    {http::Method::get, "/subscriptions/{subscription}/resources", in_subscription},
    {http::Method::get, "/subscriptions/{subscription}/resourcegroups/{group}/resources",
     in_group}};

}  // namespace

std::span<const Route> resource_list_routes() { return routes; }

}  // namespace akv::emulator
