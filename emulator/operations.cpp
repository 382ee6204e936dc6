#include "akv/emulator/routes.hpp"
#include "akv/emulator/service.hpp"

namespace akv::emulator {
namespace {

using json::Document;

/// What a role may allow on this provider's types, less what is behind the data plane.
struct Operation {
  std::string_view name, resource, operation, description;
  bool of_platform = false;  ///< Azure Monitor's, on a vault.
};

constexpr Operation operations[] = {
    {"Microsoft.KeyVault/vaults/read", "Key Vault", "View Key Vault", "Read a key vault"},
    {"Microsoft.KeyVault/vaults/write", "Key Vault", "Update Key Vault",
     "Create a key vault or change it"},
    {"Microsoft.KeyVault/vaults/delete", "Key Vault", "Delete Key Vault", "Delete a key vault"},
    {"Microsoft.KeyVault/vaults/deploy/action", "Key Vault", "Use Vault for Azure Deployments",
     "Let deployments read secrets of a key vault"},
    {"Microsoft.KeyVault/vaults/secrets/read", "Secret", "View Secret Properties",
     "Read what is known of a secret but its value"},
    {"Microsoft.KeyVault/vaults/secrets/write", "Secret", "Update Secret",
     "Create a secret or give it another value"},
    {"Microsoft.KeyVault/vaults/keys/read", "Key", "View Key Properties",
     "Read what is known of a key but its material"},
    {"Microsoft.KeyVault/vaults/keys/write", "Key", "Create Key",
     "Create the first version of a key"},
    {"Microsoft.KeyVault/vaults/keys/versions/read", "Key Version", "View Key Version",
     "Read what is known of one version of a key"},
    {"Microsoft.KeyVault/vaults/accessPolicies/write", "Access Policy", "Update Access Policy",
     "Add, replace or remove access policies"},
    {"Microsoft.KeyVault/vaults/privateEndpointConnections/read", "Private Endpoint Connection",
     "View Private Endpoint Connection", "Read a private endpoint connection"},
    {"Microsoft.KeyVault/vaults/privateEndpointConnections/write", "Private Endpoint Connection",
     "Update Private Endpoint Connection", "Approve or reject a private endpoint connection"},
    {"Microsoft.KeyVault/vaults/privateEndpointConnections/delete", "Private Endpoint Connection",
     "Delete Private Endpoint Connection", "Delete a private endpoint connection"},
    {"Microsoft.KeyVault/vaults/privateLinkResources/read", "Private Link Resource",
     "View Private Link Resources", "List what private endpoints can be made for"},
    {"Microsoft.KeyVault/vaults/providers/Microsoft.Insights/logDefinitions/read",
     "Key Vault Log Definition", "Read log definition", "List the logs of a key vault", true},
    {"Microsoft.KeyVault/vaults/providers/Microsoft.Insights/diagnosticSettings/Read",
     "Key Vault Diagnostic Settings", "Read diagnostic setting",
     "Read where logs of a key vault go", true},
    {"Microsoft.KeyVault/vaults/providers/Microsoft.Insights/diagnosticSettings/Write",
     "Key Vault Diagnostic Settings", "Write diagnostic setting",
     "Say where logs of a key vault go", true},
    {"Microsoft.KeyVault/vaults/providers/Microsoft.Insights/metricDefinitions/read",
     "Key Vault Metric Definition", "Read metric definition", "List the metrics of a key vault",
     true},
    {"Microsoft.KeyVault/register/action", "Subscription", "Register Subscription",
     "Register a subscription with the provider"},
    {"Microsoft.KeyVault/unregister/action", "Subscription", "Unregister Subscription",
     "Unregister a subscription from the provider"},
    {"Microsoft.KeyVault/operations/read", "Operations", "Available Key Vault Operations",
     "List these operations"},
    {"Microsoft.KeyVault/checkNameAvailability/read", "Name Availability",
     "Check Name Availability", "Ask whether a name of a key vault can be had"},
    {"Microsoft.KeyVault/deletedVaults/read", "Soft Deleted Key Vault", "View Soft Deleted Vaults",
     "List deleted key vaults"},
    {"Microsoft.KeyVault/locations/deletedVaults/read", "Soft Deleted Key Vault",
     "View Soft Deleted Key Vault", "Read a deleted key vault"},
    {"Microsoft.KeyVault/locations/deletedVaults/purge/action", "Soft Deleted Key Vault",
     "Purge Soft Deleted Key Vault", "Purge a deleted key vault"},
    {"Microsoft.KeyVault/locations/operationResults/read", "Long Run Operation Result",
     "Check Operation Result", "Ask how a long operation goes"},
    {"Microsoft.KeyVault/managedHSMs/read", "Managed HSM", "View Managed HSM",
     "Read a managed HSM"},
    {"Microsoft.KeyVault/managedHSMs/write", "Managed HSM", "Create or Update Managed HSM",
     "Create a managed HSM or change it"},
    {"Microsoft.KeyVault/managedHSMs/delete", "Managed HSM", "Delete Managed HSM",
     "Delete a managed HSM"},
    {"Microsoft.KeyVault/managedHSMs/keys/read", "Managed HSM Key", "View Managed HSM Key",
     "Read what is known of a key but its material"},
    {"Microsoft.KeyVault/managedHSMs/keys/write", "Managed HSM Key", "Create Managed HSM Key",
     "Create the first version of a key"},
    {"Microsoft.KeyVault/deletedManagedHsms/read", "Soft Deleted Managed HSM",
     "View Soft Deleted Managed HSMs", "List deleted managed HSMs"},
    {"Microsoft.KeyVault/locations/deletedManagedHsms/read", "Soft Deleted Managed HSM",
     "View Soft Deleted Managed HSM", "Read a deleted managed HSM"},
    {"Microsoft.KeyVault/locations/deletedManagedHsms/purge/action", "Soft Deleted Managed HSM",
     "Purge Soft Deleted Managed HSM", "Purge a deleted managed HSM"},
    {"Microsoft.KeyVault/locations/managedHsmOperationResults/read", "Long Run Operation Result",
     "Check Operation Result", "Ask how a long operation goes"}};

Document shown(const Operation& operation) {
  Document item =
      Document::object({{"name", operation.name},
                        {"display", Document::object({{"provider", "Microsoft Key Vault"},
                                                      {"resource", operation.resource},
                                                      {"operation", operation.operation},
                                                      {"description", operation.description}})},
                        {"isDataAction", false}});
  if (operation.of_platform) item.set("origin", "system");
  if (operation.name.ends_with("logDefinitions/read"))
    item.set("properties",
             Document::object(
                 {{"serviceSpecification",
                   Document::object({{"logSpecifications", Document::array({Document::object(
                                                               {{"name", "AuditEvent"},
                                                                {"displayName", "Audit Logs"},
                                                                {"blobDuration", "PT1H"}})})}})}}));
  return item;
}

http::Response list(Call&) {
  Document value = Document::array();
  for (const Operation& operation : operations) value.push_back(shown(operation));
  return answer(200, Document::object({{"value", std::move(value)}}));
}

constexpr Route routes[] = {{http::Method::get, "/providers/Microsoft.KeyVault/operations", list}};

}  // namespace

std::span<const Route> operation_routes() { return routes; }

}  // namespace akv::emulator
