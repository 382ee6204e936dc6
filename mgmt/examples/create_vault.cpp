// Creates a vault with one access policy, and shows the vaults of the subscription.
#include "akv/mgmt/examples/place.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"

#include <iostream>

using namespace akv;

namespace {

void create_and_list(const example::Place& azure) {
  const auto& [credential, subscription_id, tenant, oid, options, emulator] = azure;
  ResourceManagementClient resources(credential, subscription_id, options);
  resources.resource_groups().create_or_update("rg-dev", {.location = "westeurope"});

  KeyVaultManagementClient client(credential, subscription_id, options);

  Vault vault =
      client.vaults()
          .begin_create_or_update(
              "rg-dev", "kv-dev",
              {.location = "westeurope",
               .properties = {.tenant_id = tenant,
                              .sku = {.name = sku_name::standard},
                              .access_policies = {{.tenant_id = tenant,
                                                   .object_id = oid,
                                                   .permissions = {.keys = {"get"},
                                                                   .secrets = {"get", "list"}}}},
                              .enable_rbac_authorization = false}})
          .result();
  std::cout << "created " << vault.id << '\n';

  for (const Vault& v : client.vaults().list_by_subscription())
    std::cout << v.name << " in " << v.location << ": " << v.properties.access_policies.size()
              << " access policies\n";
}

}  // namespace

int main(int argc, char** argv) { return example::run(argc, argv, create_and_list); }
