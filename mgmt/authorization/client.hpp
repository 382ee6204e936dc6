/// The management client of Microsoft.Authorization: who may do what, and what is locked.
///
///     akv::AuthorizationManagementClient client(credential, subscription_id);
///     client.role_assignments().create(
///         vault.id, akv::role_assignment_name(vault.id, principal,
///         akv::role_id::key_vault_reader),
///         {.properties = {.role_definition_id = akv::role_definition_id(
///                             akv::role_id::key_vault_reader, subscription_id),
///                         .principal_id = principal,
///                         .principal_type = akv::principal_type::service_principal}});
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/provider_operations.hpp"
#include "akv/mgmt/authorization/management_locks.hpp"
#include "akv/mgmt/authorization/permissions.hpp"
#include "akv/mgmt/authorization/role_assignment_name.hpp"
#include "akv/mgmt/authorization/role_assignments.hpp"
#include "akv/mgmt/authorization/role_definitions.hpp"
#include "akv/mgmt/authorization/well_known_roles.hpp"

#include <memory>
#include <string>

namespace akv {

/// Sent for roles and permissions unless ClientOptions or CallOptions name another.
inline constexpr const char* authorization_api_version = "2022-04-01";
/// Sent for locks unless CallOptions name another; ClientOptions do not touch it.
inline constexpr const char* locks_api_version = "2020-05-01";

/// Immutable after construction: safe to share between threads; copies share the same core.
class AuthorizationManagementClient {
 public:
  /// Sends nothing yet. Throws FormatError when the cloud's resource manager is not an https URL,
  /// AzureError for an empty subscription.
  AuthorizationManagementClient(std::shared_ptr<identity::TokenCredential> credential,
                                std::string subscription_id,
                                const arm::ClientOptions& options = {});

  /// Cheap; what they return may outlive the client.
  RoleAssignmentsOperations role_assignments() const;
  RoleDefinitionsOperations role_definitions() const;
  PermissionsOperations permissions() const;
  ManagementLocksOperations management_locks() const;
  /// The provider's operations, as the api-version of locks has them.
  ProviderOperations authorization_operations() const;

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
