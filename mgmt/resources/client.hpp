/// The management client of resource groups and subscriptions.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/resources/resource_groups.hpp"
#include "akv/mgmt/resources/subscription.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace akv {

/// Sent for resource groups unless ClientOptions or CallOptions name another.
inline constexpr const char* resources_api_version = "2024-03-01";
/// Sent for subscriptions unless CallOptions name another; ClientOptions do not touch it.
inline constexpr const char* subscriptions_api_version = "2022-12-01";

/// Immutable, safe to share between threads; may outlive the client that made it.
class SubscriptionsOperations {
 public:
  explicit SubscriptionsOperations(arm::ArmClient arm) : arm_(std::move(arm)) {}
  /// Throws NotFoundError when there is none, or none that the caller may see.
  Subscription get(std::string_view subscription_id, const CallOptions& options = {}) const;

 private:
  arm::ArmClient arm_;
};

/// Immutable after construction: safe to share between threads; copies share the same core.
class ResourceManagementClient {
 public:
  /// Sends nothing yet. Throws FormatError when the cloud's resource manager is not an https URL,
  /// AzureError for an empty subscription.
  ResourceManagementClient(std::shared_ptr<identity::TokenCredential> credential,
                           std::string subscription_id, const arm::ClientOptions& options = {});

  /// Cheap; what they return may outlive the client.
  ResourceGroupsOperations resource_groups() const;
  SubscriptionsOperations subscriptions() const;

  /// The raw way out: see KeyVaultManagementClient::send_request.
  http::Response send_request(http::Request request, const Context& context = {}) const;

  const std::string& subscription_id() const { return subscription_id_; }
  const arm::ArmClient& arm() const { return arm_; }

 private:
  arm::ArmClient arm_;
  std::string subscription_id_;
  std::string api_version_;
};

}  // namespace akv
