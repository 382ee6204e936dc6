#include "akv/mgmt/monitor/diagnostic_settings.hpp"

namespace akv {
namespace {

using Setting = DiagnosticSettingsResource;
using Category = DiagnosticSettingsCategoryResource;

arm::Path settings_of(std::string_view operation, std::string_view resource_uri) {
  return arm::Path(operation)
      .scope("resource URI", resource_uri)
      .text("/providers/Microsoft.Insights/diagnosticSettings");
}

arm::Path categories_of(std::string_view operation, std::string_view resource_uri) {
  return arm::Path(operation)
      .scope("resource URI", resource_uri)
      .text("/providers/Microsoft.Insights/diagnosticSettingsCategories");
}

}  // namespace

Setting DiagnosticSettingsOperations::create_or_update(std::string_view resource_uri,
                                                       std::string_view name,
                                                       const Setting& parameters,
                                                       const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettings.create_or_update";
  return send_put<Setting>(operation, path(operation, resource_uri, name), parameters, options);
}

Setting DiagnosticSettingsOperations::get(std::string_view resource_uri, std::string_view name,
                                          const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettings.get";
  return send_get<Setting>(operation, path(operation, resource_uri, name), options);
}

std::optional<Setting> DiagnosticSettingsOperations::find(std::string_view resource_uri,
                                                          std::string_view name,
                                                          const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettings.find";
  return send_find<Setting>(operation, path(operation, resource_uri, name), options);
}

bool DiagnosticSettingsOperations::remove(std::string_view resource_uri, std::string_view name,
                                          const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettings.remove";
  return send_delete(operation, path(operation, resource_uri, name), options);
}

Pager<Setting> DiagnosticSettingsOperations::list(std::string_view resource_uri,
                                                  const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettings.list";
  return pager<Setting>(operation, settings_of(operation, resource_uri).str(), {}, options);
}

std::string DiagnosticSettingsOperations::path(std::string_view operation,
                                               std::string_view resource_uri,
                                               std::string_view name) const {
  return settings_of(operation, resource_uri).text("/").name("diagnostic setting name", name).str();
}

Category DiagnosticSettingsCategoryOperations::get(std::string_view resource_uri,
                                                   std::string_view name,
                                                   const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettingsCategory.get";
  return send_get<Category>(
      operation, categories_of(operation, resource_uri).text("/").name("category name", name).str(),
      options);
}

Pager<Category> DiagnosticSettingsCategoryOperations::list(std::string_view resource_uri,
                                                           const CallOptions& options) const {
  constexpr const char* operation = "DiagnosticSettingsCategory.list";
  return pager<Category>(operation, categories_of(operation, resource_uri).str(), {}, options);
}

}  // namespace akv
