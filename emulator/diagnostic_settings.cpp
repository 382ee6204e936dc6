#include "akv/emulator/authorization_errors.hpp"
#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/paging.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/scopes.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;

constexpr std::string_view setting_type = "microsoft.insights/diagnosticSettings";
constexpr std::string_view category_type = "microsoft.insights/diagnosticSettingsCategories";
constexpr std::size_t max_settings = 5, max_setting_name = 260;

/// What a kind of resource tells of itself. Points at literals.
struct Category {
  std::string_view name, type;
  std::span<const std::string_view> groups;
};
constexpr std::string_view audit_groups[] = {"audit", "allLogs"};
constexpr std::string_view all_groups[] = {"allLogs"};
constexpr Category vault_categories[] = {{"AuditEvent", "Logs", audit_groups},
                                         {"AzurePolicyEvaluationDetails", "Logs", all_groups},
                                         {"AllMetrics", "Metrics", {}}};
constexpr Category hsm_categories[] = {{"AuditEvent", "Logs", audit_groups},
                                       {"AllMetrics", "Metrics", {}}};

constexpr const char* sinks[] = {"storageAccountId", "eventHubAuthorizationRuleId", "workspaceId",
                                 "marketplacePartnerId"};

std::span<const Category> categories_of(const std::string& resource) {
  const auto id = ResourceId::parse(resource);
  const std::string type = id ? id->type() : std::string();
  if (ascii::equal(type, "Microsoft.KeyVault/vaults")) return vault_categories;
  if (ascii::equal(type, "Microsoft.KeyVault/managedHSMs")) return hsm_categories;
  throw errors::diagnostics_not_supported(type);
}

/// The resource whose settings these are; a group or subscription has none here.
std::string resource_of(const Call& call) {
  std::string resource = scope_of(call);
  categories_of(resource);
  return resource;
}

std::string setting_id(const Call& call, const std::string& resource) {
  return extension_id(resource, setting_type, call.path["setting"]);
}

bool knows_group(std::span<const Category> known, std::string_view group) {
  return std::any_of(known.begin(), known.end(), [&](const Category& category) {
    return std::any_of(category.groups.begin(), category.groups.end(),
                       [&](std::string_view each) { return ascii::equal(each, group); });
  });
}

void check_entries(const Document& entries, std::span<const Category> known,
                   std::string_view type) {
  if (!entries.is_array()) return;
  for (const Document& entry : entries.as_array()) {
    const std::string_view category = entry["category"].string_or();
    const std::string_view group = entry["categoryGroup"].string_or();
    if (category.empty() == group.empty())
      throw errors::bad_diagnostic_setting(
          "Each entry needs either a category or a category group, not both.");
    const bool good =
        group.empty() ? std::any_of(known.begin(), known.end(),
                                    [&](const Category& each) {
                                      return each.type == type && ascii::equal(each.name, category);
                                    })
                      : knows_group(known, group);
    if (!good)
      throw errors::bad_diagnostic_setting(
          "Category '" + std::string(group.empty() ? category : group) + "' is not supported.");
  }
}

/// All that this setting sends, groups and categories as they are named.
std::vector<std::string> sent_by(const Document& properties) {
  std::vector<std::string> names;
  for (const char* list : {"logs", "metrics"})
    if (properties[list].is_array())
      for (const Document& entry : properties[list].as_array())
        if (entry["enabled"].bool_or(false))
          names.emplace_back(entry["category"].string_or(entry["categoryGroup"].string_or()));
  return names;
}

void refuse_shared_sinks(const Document& wanted, const std::vector<Extension>& others,
                         std::string_view name) {
  const auto sent = sent_by(wanted);
  for (const Extension& other : others) {
    if (ascii::equal(other.name, name)) continue;
    const Document body = Document::parse(other.body);
    const Document& theirs = body["properties"];
    for (const char* sink : sinks) {
      const std::string_view used = theirs[sink].string_or();
      if (used.empty() || !ascii::equal(used, wanted[sink].string_or())) continue;
      for (const std::string& category : sent_by(theirs))
        if (std::find(sent.begin(), sent.end(), category) != sent.end())
          throw errors::sink_in_use(used, other.name, category);
    }
  }
}

/// Every member is there, null where nothing was sent: as this service answers.
Document filled(const Document& sent) {
  Document properties = Document::object();
  for (const char* name :
       {"storageAccountId", "serviceBusRuleId", "workspaceId", "eventHubAuthorizationRuleId",
        "eventHubName", "marketplacePartnerId", "metrics", "logs", "logAnalyticsDestinationType"}) {
    const Document* value = sent.find(name);
    properties.set(name, value ? *value : Document());
  }
  for (const char* name : {"metrics", "logs"})
    if (properties[name].is_null()) properties.set(name, Document::array());
  return properties;
}

http::Response put(Call& call) {
  const std::string resource = resource_of(call);
  const std::string name(call.path["setting"]);
  if (name.size() > max_setting_name)
    throw errors::bad_diagnostic_setting("The name of a diagnostic setting has at most " +
                                         std::to_string(max_setting_name) + " characters.");
  const Document body = call.read_body(diagnostic_setting_properties());
  const Document& sent = body["properties"];
  if (std::all_of(std::begin(sinks), std::end(sinks),
                  [&](const char* sink) { return sent[sink].string_or().empty(); }))
    throw errors::bad_diagnostic_setting("At least one data sink needs to be specified.");
  const auto known = categories_of(resource);
  check_entries(sent["logs"], known, "Logs");
  check_entries(sent["metrics"], known, "Metrics");

  ExtensionStore extensions(call.store);
  const auto others = extensions.at(setting_type, resource);
  const auto existing = extensions.find(setting_id(call, resource));
  if (!existing && others.size() >= max_settings)
    throw errors::bad_diagnostic_setting("A resource has at most " + std::to_string(max_settings) +
                                         " diagnostic settings.");
  refuse_shared_sinks(sent, others, name);
  Extension setting{.id = existing ? existing->id : setting_id(call, resource),
                    .type = std::string(setting_type),
                    .scope = resource,
                    .name = existing ? existing->name : name};
  const Document before = existing ? Document::parse(existing->body) : Document();
  setting.body = Document::object({{"id", setting.id},
                                   {"type", "Microsoft.Insights/diagnosticSettings"},
                                   {"name", setting.name},
                                   {"location", nullptr},
                                   {"kind", nullptr},
                                   {"tags", nullptr},
                                   {"properties", filled(sent)},
                                   {"identity", nullptr},
                                   {"systemData", touched(call, before["systemData"])}})
                     .dump();
  extensions.put(setting);
  return answer(200, std::move(setting.body));
}

http::Response get(Call& call) {
  auto setting = ExtensionStore(call.store).find(setting_id(call, resource_of(call)));
  if (!setting) throw errors::diagnostic_setting_not_found(call.path["setting"]);
  return answer(200, std::move(setting->body));
}

http::Response remove(Call& call) {
  ExtensionStore extensions(call.store);
  const auto setting = extensions.find(setting_id(call, resource_of(call)));
  if (!setting) return answer(204);
  extensions.remove(setting->id);
  return answer(200);
}

http::Response list(Call& call) {
  Page page(call, LastPage::full);
  for (const Extension& setting : ExtensionStore(call.store).at(setting_type, resource_of(call)))
    page.add(ascii::lower(setting.id), setting.body);
  return std::move(page).response();
}

Document shown(const std::string& resource, const Category& category) {
  Document properties = Document::object({{"categoryType", category.type}});
  if (!category.groups.empty()) {
    Document groups = Document::array();
    for (std::string_view group : category.groups) groups.push_back(group);
    properties.set("categoryGroups", std::move(groups));
  }
  return Document::object({{"id", extension_id(resource, category_type, category.name)},
                           {"type", category_type},
                           {"name", category.name},
                           {"properties", std::move(properties)}});
}

http::Response list_categories(Call& call) {
  const std::string resource = resource_of(call);
  call.list_action.clear();
  Document value = Document::array();
  for (const Category& category : categories_of(resource))
    value.push_back(shown(resource, category));
  return answer(200, Document::object({{"value", std::move(value)}}));
}

http::Response get_category(Call& call) {
  const std::string resource = resource_of(call);
  for (const Category& category : categories_of(resource))
    if (ascii::equal(category.name, call.path["category"]))
      return answer(200, shown(resource, category));
  throw errors::bad_diagnostic_setting("Category '" + std::string(call.path["category"]) +
                                       "' is not supported.");
}

constexpr std::string_view versions[] = {"2017-05-01-preview", "2021-05-01-preview"};
constexpr std::string_view types[] = {"diagnosticSettings", "diagnosticSettingsCategories"};
constexpr std::string_view all = "/{scope*}/providers/Microsoft.Insights/diagnosticSettings";
constexpr std::string_view one =
    "/{scope*}/providers/Microsoft.Insights/diagnosticSettings/{setting}";
constexpr Route routes[] = {
    {http::Method::put, one, put},
    {http::Method::get, one, get},
    {http::Method::del, one, remove},
    {http::Method::get, all, list},
    {http::Method::get, "/{scope*}/providers/Microsoft.Insights/diagnosticSettingsCategories",
     list_categories},
    {http::Method::get,
     "/{scope*}/providers/Microsoft.Insights/diagnosticSettingsCategories/{category}",
     get_category}};

}  // namespace

const Provider& insights_provider() {
  static const std::span<const Route> all_routes[] = {routes};
  static const Provider provider{.name_space = "Microsoft.Insights",
                                 .api_versions = versions,
                                 .resource_types = types,
                                 .routes = all_routes};
  return provider;
}

}  // namespace akv::emulator
