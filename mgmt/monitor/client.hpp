/// The management client of Azure Monitor, as far as diagnostic settings go.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/monitor/diagnostic_settings.hpp"

#include <memory>
#include <string>

namespace akv {

/// Sent unless ClientOptions or CallOptions name another.
inline constexpr const char* diagnostic_settings_api_version = "2021-05-01-preview";

/// Immutable after construction: safe to share between threads; copies share the same core.
class MonitorManagementClient {
 public:
  /// Sends nothing yet. Takes no subscription: a diagnostic setting is addressed by the id of its
  /// resource. Throws FormatError when the cloud's resource manager is not an https URL.
  explicit MonitorManagementClient(std::shared_ptr<identity::TokenCredential> credential,
                                   const arm::ClientOptions& options = {});

  /// Cheap; what they return may outlive the client.
  DiagnosticSettingsOperations diagnostic_settings() const;
  DiagnosticSettingsCategoryOperations diagnostic_settings_category() const;

  /// The raw way out: see KeyVaultManagementClient::send_request.
  http::Response send_request(http::Request request, const Context& context = {}) const;

  const arm::ArmClient& arm() const { return arm_; }

 private:
  arm::ArmClient arm_;
  std::string api_version_;
};

}  // namespace akv
