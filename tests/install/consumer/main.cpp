#include <akv/emulator/emulator.hpp>
#include <akv/mgmt/identity/credentials.hpp>
#include <akv/mgmt/keyvault/client.hpp>
#include <akv/mgmt/resources/client.hpp>
#include <iostream>

using namespace akv;

int main() {
  const auto azure = std::make_shared<emulator::Emulator>();
  const auto transport = emulator::make_in_process_transport(azure);
  const auto& who = azure->identity();
  const auto credential = identity::make_client_secret_credential(
      who.tenant_id, who.client_id, who.client_secret, {.transport = transport});
  const ResourceManagementClient resources(credential, who.subscription_id,
                                           {.transport = transport});
  const KeyVaultManagementClient client(credential, who.subscription_id, {.transport = transport});

  resources.resource_groups().create_or_update("rg-dev", {.location = "westeurope"});
  auto vault = client.vaults().begin_create_or_update(
      "rg-dev", "kv-dev",
      {.location = "westeurope",
       .properties = {
           .tenant_id = who.tenant_id,
           .sku = {.name = sku_name::premium},
           .access_policies = {{.tenant_id = who.tenant_id,
                                .object_id = who.object_id,
                                .permissions = {.keys = {"get"}, .secrets = {"get", "list"}}}}}});
  std::cout << "created " << vault.result().name << '\n';
  for (const Vault& listed : client.vaults().list_by_resource_group("rg-dev"))
    std::cout << "listed " << listed.name << ", " << *listed.properties.sku.family << ' '
              << listed.properties.sku.name << ", "
              << listed.properties.access_policies[0].permissions.secrets.size()
              << " secret words\n";
  resources.resource_groups().begin_delete("rg-dev").result();
  std::cout << "group left: " << resources.resource_groups().check_existence("rg-dev") << '\n';
}
