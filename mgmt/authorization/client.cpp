#include "akv/mgmt/authorization/client.hpp"

#include "akv/mgmt/arm/path.hpp"

#include <utility>

namespace akv {

AuthorizationManagementClient::AuthorizationManagementClient(
    std::shared_ptr<identity::TokenCredential> credential, std::string subscription_id,
    const arm::ClientOptions& options)
    : arm_(std::move(credential), options), subscription_id_(std::move(subscription_id)) {
  arm::check_segment(subscription_id_, "subscription id", "AuthorizationManagementClient");
  api_version_ = options.api_version.empty() ? authorization_api_version : options.api_version;
}

RoleAssignmentsOperations AuthorizationManagementClient::role_assignments() const {
  return RoleAssignmentsOperations(arm_, subscription_id_, api_version_);
}

RoleDefinitionsOperations AuthorizationManagementClient::role_definitions() const {
  return RoleDefinitionsOperations(arm_, subscription_id_, api_version_);
}

PermissionsOperations AuthorizationManagementClient::permissions() const {
  return PermissionsOperations(arm_, subscription_id_, api_version_);
}

ManagementLocksOperations AuthorizationManagementClient::management_locks() const {
  return ManagementLocksOperations(arm_, subscription_id_, locks_api_version);
}

ProviderOperations AuthorizationManagementClient::authorization_operations() const {
  return ProviderOperations(arm_, "AuthorizationOperations.list", "Microsoft.Authorization",
                            locks_api_version);
}

http::Response AuthorizationManagementClient::send_request(http::Request request,
                                                           const Context& context) const {
  return arm_.send_request(std::move(request), context);
}

}  // namespace akv
