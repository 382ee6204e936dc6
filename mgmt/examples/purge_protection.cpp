// Turns purge protection on, which can never be turned off again, and shows what it does: a deleted
// vault can be recovered, and nobody can purge it before its time.
#include "akv/mgmt/examples/place.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"

#include <iostream>

using namespace akv;

namespace {

void protect(const example::Place& azure) {
  ResourceManagementClient resources(azure.credential, azure.subscription_id, azure.options);
  resources.resource_groups().create_or_update("rg-dev", {.location = "westeurope"});
  KeyVaultManagementClient client(azure.credential, azure.subscription_id, azure.options);
  const VaultsOperations vaults = client.vaults();

  VaultCreateOrUpdateParameters parameters{.location = "westeurope",
                                           .properties = {.tenant_id = azure.tenant_id,
                                                          .sku = {.name = sku_name::standard},
                                                          .access_policies = {},
                                                          .soft_delete_retention_in_days = 7,
                                                          .enable_rbac_authorization = true}};
  vaults.begin_create_or_update("rg-dev", "kv-protected", parameters).result();

  // A PATCH: all else stays. `false` is refused by the service; to leave it off, leave it out.
  vaults.update("rg-dev", "kv-protected",
                {.properties = VaultPatchProperties{.enable_purge_protection = true}});

  vaults.remove("rg-dev", "kv-protected");
  const DeletedVault deleted = vaults.get_deleted("kv-protected", "westeurope");
  std::cout << "deleted, protected: "
            << deleted.properties->purge_protection_enabled.value_or(false) << '\n';
  try {
    vaults.begin_purge_deleted("kv-protected", "westeurope").result();
  } catch (const AzureError& error) {
    std::cout << "not purged: " << error.info().code << '\n';
  }

  parameters.properties.create_mode = create_mode::recover;
  const Vault recovered =
      vaults.begin_create_or_update("rg-dev", "kv-protected", parameters).result();
  std::cout << "recovered, protected: "
            << recovered.properties.enable_purge_protection.value_or(false) << '\n';
}

}  // namespace

int main(int argc, char** argv) { return example::run(argc, argv, protect); }
