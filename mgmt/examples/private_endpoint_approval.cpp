// Approves every private endpoint that waits for a vault. A connection comes to be when somebody,
// as a rule of another team, makes an endpoint for the vault in their own network.
#include "akv/mgmt/examples/place.hpp"
#include "akv/mgmt/json/document.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/keyvault/private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/private_link_resources.hpp"
#include "akv/mgmt/resources/client.hpp"

#include <iostream>

using namespace akv;

namespace {

namespace status = private_endpoint_service_connection_status;

void approve_all(const PrivateEndpointConnectionsOperations& connections) {
  for (const PrivateEndpointConnection& waiting :
       connections.list_by_resource("rg-dev", "kv-private")) {
    PrivateEndpointConnection approved = to_parameters(waiting);
    PrivateLinkServiceConnectionState& state =
        *approved.properties->private_link_service_connection_state;
    if (state.status.value_or("") != status::pending) continue;
    state.status = status::approved;
    state.description = "Known to us.";
    const PrivateEndpointConnection done =
        connections.begin_put("rg-dev", "kv-private", waiting.name, approved).result();
    std::cout << done.name << " is "
              << done.properties->private_link_service_connection_state->status.value_or("?")
              << '\n';
  }
}

void make_and_approve(const example::Place& azure) {
  ResourceManagementClient resources(azure.credential, azure.subscription_id, azure.options);
  resources.resource_groups().create_or_update("rg-dev", {.location = "westeurope"});
  KeyVaultManagementClient client(azure.credential, azure.subscription_id, azure.options);
  const Vault vault =
      client.vaults()
          .begin_create_or_update(
              "rg-dev", "kv-private",
              {.location = "westeurope",
               .properties = {.tenant_id = azure.tenant_id,
                              .sku = {.name = sku_name::standard},
                              .access_policies = {},
                              .public_network_access = public_network_access::disabled,
                              .enable_rbac_authorization = true}})
          .result();
  for (const PrivateLinkResource& target :
       client.private_link_resources().list_by_vault("rg-dev", "kv-private"))
    std::cout << "endpoints name the group " << target.properties->group_id.value_or("?") << '\n';

  // The emulator has no network in which somebody could make an endpoint.
  if (azure.emulator)
    azure.emulator->seed(vault.id + "/privateEndpointConnections/theirs",
                         json::Document::parse(R"({"properties":{
                             "privateEndpoint":{"id":"/theirs"},"provisioningState":"Succeeded",
                             "privateLinkServiceConnectionState":{"status":"Pending"}}})"));

  approve_all(client.private_endpoint_connections());
}

}  // namespace

int main(int argc, char** argv) { return example::run(argc, argv, make_and_approve); }
