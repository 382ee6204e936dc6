// Hands the rights on a vault over from one service principal to another, without a moment in which
// neither has them, and without touching anybody else's.
#include "akv/mgmt/examples/place.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"

#include <iostream>

using namespace akv;

namespace {

void rotate(const example::Place& azure) {
  ResourceManagementClient resources(azure.credential, azure.subscription_id, azure.options);
  resources.resource_groups().create_or_update("rg-dev", {.location = "westeurope"});
  KeyVaultManagementClient client(azure.credential, azure.subscription_id, azure.options);
  const VaultsOperations vaults = client.vaults();

  const AccessPolicyEntry before{.tenant_id = azure.tenant_id,
                                 .object_id = "00000000-0000-4000-8000-000000000001",
                                 .permissions = {.secrets = {"get", "list"}}};
  const AccessPolicyEntry after{.tenant_id = azure.tenant_id,
                                .object_id = azure.object_id,
                                .permissions = before.permissions};
  vaults
      .begin_create_or_update("rg-dev", "kv-rotate",
                              {.location = "westeurope",
                               .properties = {.tenant_id = azure.tenant_id,
                                              .sku = {.name = sku_name::standard},
                                              .access_policies = {before},
                                              .enable_rbac_authorization = false}})
      .result();

  std::cout << vaults.merge_access_policies("rg-dev", "kv-rotate", {after}).size()
            << " principals while both have the rights\n";

  // An entry that names no permission stands for all that its principal has.
  for (const AccessPolicyEntry& entry : vaults.remove_access_policies(
           "rg-dev", "kv-rotate", {{.tenant_id = before.tenant_id, .object_id = before.object_id}}))
    std::cout << (entry.object_id == after.object_id ? "only the new one" : entry.object_id)
              << " may now read " << entry.permissions.secrets.size() << " things of secrets\n";
}

}  // namespace

int main(int argc, char** argv) { return example::run(argc, argv, rotate); }
