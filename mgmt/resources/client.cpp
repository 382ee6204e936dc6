#include "akv/mgmt/resources/client.hpp"

#include "akv/mgmt/arm/path.hpp"

#include <utility>

namespace akv {

Subscription SubscriptionsOperations::get(std::string_view subscription_id,
                                          const CallOptions& options) const {
  constexpr const char* operation = "Subscriptions.get";
  const std::string path = arm::subscription_path(operation, subscription_id).str();
  const http::Response answer =
      arm_.send(http::Method::get, path, {}, {}, operation, subscriptions_api_version, options);
  arm::expect(answer, {200, 204}, operation, path);
  return arm::decode<Subscription>(answer, operation, path);
}

ResourceManagementClient::ResourceManagementClient(
    std::shared_ptr<identity::TokenCredential> credential, std::string subscription_id,
    const arm::ClientOptions& options)
    : arm_(std::move(credential), options), subscription_id_(std::move(subscription_id)) {
  arm::check_segment(subscription_id_, "subscription id", "ResourceManagementClient");
  api_version_ = options.api_version.empty() ? resources_api_version : options.api_version;
}

ResourceGroupsOperations ResourceManagementClient::resource_groups() const {
  return ResourceGroupsOperations(arm_, subscription_id_, api_version_);
}

ResourcesOperations ResourceManagementClient::resources() const {
  return ResourcesOperations(arm_, subscription_id_, api_version_);
}

ProvidersOperations ResourceManagementClient::providers() const {
  return ProvidersOperations(arm_, subscription_id_, api_version_);
}

ProviderOperations ResourceManagementClient::operations() const {
  return ProviderOperations(arm_, "Operations.list", "Microsoft.Resources", api_version_);
}

SubscriptionsOperations ResourceManagementClient::subscriptions() const {
  return SubscriptionsOperations(arm_);
}

http::Response ResourceManagementClient::send_request(http::Request request,
                                                      const Context& context) const {
  return arm_.send_request(std::move(request), context);
}

Provider ensure_provider_registered(const ResourceManagementClient& client,
                                    std::string_view resource_provider_namespace,
                                    const CallOptions& options) {
  const ProvidersOperations providers = client.providers();
  Provider provider = providers.get(resource_provider_namespace, {}, options);
  if (is_registered(provider)) return provider;
  // Whoever waits for another's registration needs no right to register.
  if (!is_registering(provider)) providers.register_provider(resource_provider_namespace, options);
  return providers.wait_until_registered(resource_provider_namespace, options);
}

}  // namespace akv
