/// The management client of resource groups, resources, providers and subscriptions.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/provider_operations.hpp"
#include "akv/mgmt/resources/providers.hpp"
#include "akv/mgmt/resources/resource_groups.hpp"
#include "akv/mgmt/resources/resources.hpp"
#include "akv/mgmt/resources/subscription.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace akv {

/// Sent unless ClientOptions or CallOptions name another.
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
  ResourcesOperations resources() const;
  ProvidersOperations providers() const;
  SubscriptionsOperations subscriptions() const;
  ProviderOperations operations() const;

  /// The raw way out: see KeyVaultManagementClient::send_request.
  http::Response send_request(http::Request request, const Context& context = {}) const;

  const std::string& subscription_id() const { return subscription_id_; }
  const arm::ArmClient& arm() const { return arm_; }

 private:
  arm::ArmClient arm_;
  std::string subscription_id_;
  std::string api_version_;
};

/// Registers the provider for the client's subscription where it is not, waits until it is, and
/// returns it; only reads where nothing is to do. Give `options` a deadline: registering takes
/// seconds to minutes. Throws what ProvidersOperations::wait_until_registered does, and
/// ForbiddenError for a caller who may not register providers.
Provider ensure_provider_registered(const ResourceManagementClient& client,
                                    std::string_view resource_provider_namespace,
                                    const CallOptions& options = {});

}  // namespace akv
