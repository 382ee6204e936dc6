/// The resource providers of a subscription: a namespace can be used once it is registered.
///
/// Named as in Python's azure-mgmt-resource. All throw TransportError, AuthenticationError,
/// CancelledError, and the member of the AzureError family that fits an error answer; FormatError
/// for an answer that cannot be read; AzureError with the code `InvalidArgument`, and nothing sent,
/// for a name that is empty or dots.
#pragma once
#include "akv/mgmt/arm/operation_group.hpp"
#include "akv/mgmt/resources/provider.hpp"

#include <chrono>
#include <string_view>

namespace akv {

/// Immutable, safe to share between threads; shares the core of the client that made it, and may
/// outlive it.
class ProvidersOperations : public arm::OperationGroup {
 public:
  using OperationGroup::OperationGroup;

  /// `expand`: `resourceTypes/aliases`, or `metadata`. Throws NotFoundError for a namespace that no
  /// provider has (`InvalidResourceNamespace`).
  Provider get(std::string_view resource_provider_namespace, std::string_view expand = {},
               const CallOptions& options = {}) const;
  Pager<Provider> list(std::string_view expand = {}, const CallOptions& options = {}) const;
  /// Python's `register`: begins it, and does nothing where it was done before. The answer
  /// shows `Registering` for some minutes: see wait_until_registered. Throws ForbiddenError without
  /// the right to `…/register/action`.
  Provider register_provider(std::string_view resource_provider_namespace,
                             const CallOptions& options = {}) const;
  Provider register_provider(std::string_view resource_provider_namespace,
                             const ProviderRegistrationRequest& properties,
                             const CallOptions& options = {}) const;

  /// Asks every ten seconds until the provider is registered, and returns it. Throws CancelledError
  /// at the deadline of `options` or a stop request, and AzureError with the code
  /// `ProviderNotRegistered` after an hour in any case.
  Provider wait_until_registered(std::string_view resource_provider_namespace,
                                 const CallOptions& options = {}) const;

 private:
  std::string provider_path(std::string_view operation, std::string_view name) const;
};

}  // namespace akv
