#include "akv/mgmt/resources/providers.hpp"

namespace akv {
namespace {

using namespace std::chrono_literals;

// Those of the Azure SDKs, which register a provider by themselves when a call fails for it.
constexpr auto interval = 10s;
constexpr auto patience = 1h;
// Of answers in a row that say neither registered nor on its way there: a registration that was
// asked for shows within seconds, and one that nobody asked for never comes.
constexpr int most_unmoved = 7;

constexpr const char* register_name = "Providers.register";

}  // namespace

Provider ProvidersOperations::get(std::string_view resource_provider_namespace,
                                  std::string_view expand, const CallOptions& options) const {
  constexpr const char* operation = "Providers.get";
  return send_get<Provider>(operation, provider_path(operation, resource_provider_namespace),
                            options, arm::given({{"$expand", std::string(expand)}}));
}

Pager<Provider> ProvidersOperations::list(std::string_view expand,
                                          const CallOptions& options) const {
  constexpr const char* operation = "Providers.list";
  return pager<Provider>(operation, subscription_scope(operation).text("/providers").str(),
                         arm::given({{"$expand", std::string(expand)}}), options);
}

Provider ProvidersOperations::register_provider(std::string_view resource_provider_namespace,
                                                const CallOptions& options) const {
  return send_action<Provider>(
      register_name, provider_path(register_name, resource_provider_namespace) + "/register",
      options);
}

Provider ProvidersOperations::register_provider(std::string_view resource_provider_namespace,
                                                const ProviderRegistrationRequest& properties,
                                                const CallOptions& options) const {
  return send_question<Provider>(
      register_name, provider_path(register_name, resource_provider_namespace) + "/register",
      properties, options);
}

Provider ProvidersOperations::wait_until_registered(std::string_view resource_provider_namespace,
                                                    const CallOptions& options) const {
  const Context context = context_of(options);
  const auto end_of_patience = context.clock->steady_now() + patience;
  for (int unmoved = 0;;) {
    Provider provider = get(resource_provider_namespace, {}, options);
    if (is_registered(provider)) return provider;
    unmoved = is_registering(provider) ? 0 : unmoved + 1;
    const bool too_long = context.clock->steady_now() >= end_of_patience;
    if (too_long || unmoved == most_unmoved)
      throw AzureError({.code = "ProviderNotRegistered",
                        .message = std::string(too_long ? "after an hour" : "after a minute") +
                                   " the provider is still \"" +
                                   provider.registration_state.value_or({}) + "\"",
                        .target = provider.id,
                        .operation = "Providers.wait_until_registered"});
    context.wait(interval);
  }
}

std::string ProvidersOperations::provider_path(std::string_view operation,
                                               std::string_view name) const {
  return subscription_scope(operation)
      .text("/providers/")
      .name("resource provider namespace", name)
      .str();
}

}  // namespace akv
