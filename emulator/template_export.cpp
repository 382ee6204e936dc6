#include "akv/emulator/neighbour_properties.hpp"
#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"

#include <algorithm>

namespace akv::emulator {
namespace {

using json::Document;

/// `vaults_kv_dev_name`
std::string parameter_of(std::string_view type, std::string_view name) {
  std::string parameter(type.substr(type.rfind('/') + 1));
  parameter += '_';
  for (char c : name) {
    const char lower = ascii::to_lower(c);
    const bool plain = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
    parameter += plain ? c : '_';
  }
  return parameter + "_name";
}

/// `a-b` and `a_b` make one name: the second gets a number.
std::string free_name(const Document& taken, const std::string& wanted) {
  std::string name = wanted;
  for (int number = 2; taken.find_ignoring_case(name) != nullptr; ++number)
    name = wanted + "_" + std::to_string(number);
  return name;
}

std::string_view newest_version(std::string_view type) {
  const Provider* provider = find_provider(type.substr(0, type.find('/')));
  return provider ? provider->api_versions.back() : std::string_view();
}

/// What `options` (words behind commas) asks for.
bool asks_for(std::string_view options, std::string_view word) {
  while (!options.empty()) {
    const std::string_view part = options.substr(0, options.find(','));
    options.remove_prefix(std::min(options.size(), part.size() + 1));
    if (ascii::equal(ascii::trim(part), word)) return true;
  }
  return false;
}

/// Those of the group that the request names and the caller may read.
std::vector<Resource> wanted(const Call& call, const Group& group, const Document& sent) {
  std::vector<std::string> keys;
  auto visit = [&](const Store::Row& row) {
    if (call.access.may(std::string(row.type) + "/read", row.key)) keys.emplace_back(row.key);
    return true;
  };
  call.store.scan_below(resource_group_id(group.subscription, group.name), {}, visit);

  std::vector<Resource> resources;
  const Document::Array none;
  const Document& asked = sent["resources"];
  const auto& ids = asked.is_array() ? asked.as_array() : none;
  const bool all =
      std::any_of(ids.begin(), ids.end(), [](const Document& id) { return id.string_or() == "*"; });
  for (const std::string& key : keys)
    if (all || std::any_of(ids.begin(), ids.end(),
                           [&](const Document& id) { return ascii::equal(id.string_or(), key); }))
      resources.push_back(*call.store.resource(key));
  return resources;
}

http::Response export_template(Call& call) {
  const auto group = call.store.group(call.subscription.id, call.path["group"]);
  if (!group) throw errors::group_not_found(call.path["group"]);
  const Document sent = call.read_body(export_properties());
  const std::string_view options = sent["options"].string_or();
  const bool literal = asks_for(options, "SkipAllParameterization") ||
                       asks_for(options, "SkipResourceNameParameterization");
  const bool with_default = asks_for(options, "IncludeParameterDefaultValue");

  Document parameters = Document::object(), resources = Document::array();
  for (const Resource& resource : wanted(call, *group, sent)) {
    const std::string parameter = free_name(parameters, parameter_of(resource.type, resource.name));
    const Document body = Document::parse(resource.body);
    Document shown =
        Document::object({{"type", resource.type},
                          {"apiVersion", newest_version(resource.type)},
                          {"name", literal ? resource.name : "[parameters('" + parameter + "')]"},
                          {"location", resource.location}});
    for (const char* member : {"tags", "sku", "properties"})
      if (const Document* found = body.find(member)) shown.set(member, *found);
    if (Document* properties = shown.find("properties"))
      properties->erase("privateEndpointConnections");
    resources.push_back(std::move(shown));
    if (literal) continue;
    Document described = Document::object({{"type", "String"}});
    if (with_default) described.set("defaultValue", resource.name);
    parameters.set(parameter, std::move(described));
  }
  Document exported = Document::object(
      {{"$schema",
        "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"},
       {"contentVersion", "1.0.0.0"},
       {"parameters", std::move(parameters)},
       {"variables", Document::object()},
       {"resources", std::move(resources)}});
  return answer(200, Document::object({{"template", std::move(exported)}}));
}

constexpr Route routes[] = {
    {.method = http::Method::post,
     .pattern = "/subscriptions/{subscription}/resourcegroups/{group}/exportTemplate",
     .handler = export_template,
     .counts_as_read = true}};

}  // namespace

std::span<const Route> template_export_routes() { return routes; }

}  // namespace akv::emulator
