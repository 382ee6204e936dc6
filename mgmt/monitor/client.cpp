#include "akv/mgmt/monitor/client.hpp"

#include <utility>

namespace akv {

MonitorManagementClient::MonitorManagementClient(
    std::shared_ptr<identity::TokenCredential> credential, const arm::ClientOptions& options)
    : arm_(std::move(credential), options),
      api_version_(options.api_version.empty() ? diagnostic_settings_api_version
                                               : options.api_version) {}

DiagnosticSettingsOperations MonitorManagementClient::diagnostic_settings() const {
  return DiagnosticSettingsOperations(arm_, {}, api_version_);
}

DiagnosticSettingsCategoryOperations MonitorManagementClient::diagnostic_settings_category() const {
  return DiagnosticSettingsCategoryOperations(arm_, {}, api_version_);
}

http::Response MonitorManagementClient::send_request(http::Request request,
                                                     const Context& context) const {
  return arm_.send_request(std::move(request), context);
}

}  // namespace akv
