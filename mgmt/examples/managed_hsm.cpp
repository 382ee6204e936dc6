// Makes a managed HSM, waits for it as another process could, and deletes and purges it. In Azure a
// managed HSM costs money from its first minute on, and takes about half an hour.
#include "akv/mgmt/examples/place.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/keyvault/managed_hsms.hpp"
#include "akv/mgmt/keyvault/mhsm_regions.hpp"
#include "akv/mgmt/resources/client.hpp"

#include <iostream>
#include <string>

using namespace akv;

namespace {

void live_and_die(const example::Place& azure) {
  ResourceManagementClient resources(azure.credential, azure.subscription_id, azure.options);
  resources.resource_groups().create_or_update("rg-dev", {.location = "westeurope"});
  KeyVaultManagementClient client(azure.credential, azure.subscription_id, azure.options);
  const ManagedHsmsOperations hsms = client.managed_hsms();

  const auto availability = hsms.check_mhsm_name_availability({.name = "hsm-dev"});
  if (!availability.name_available.value_or(false))
    throw std::runtime_error("hsm-dev: " + availability.message.value_or("the name is taken"));

  // The token is a text that can be stored, and holds no secret.
  const std::string token =
      hsms.begin_create_or_update(
              "rg-dev", "hsm-dev",
              {.location = "westeurope",
               .sku = ManagedHsmSku{.name = managed_hsm_sku_name::standard_b1},
               .properties = ManagedHsmProperties{.tenant_id = azure.tenant_id,
                                                  .initial_admin_object_ids = {azure.object_id},
                                                  .soft_delete_retention_in_days = 7,
                                                  .enable_purge_protection = false}})
          .resume_token();
  const ManagedHsm hsm = hsms.resume_create_or_update(token).result();
  std::cout << hsm.name << " is " << hsm.properties->provisioning_state.value_or("?") << " at "
            << hsm.properties->hsm_uri.value_or("?") << '\n';
  for (const MHSMGeoReplicatedRegion& region :
       client.mhsm_regions().list_by_resource("rg-dev", "hsm-dev"))
    std::cout << "in " << region.name.value_or("?") << '\n';

  hsms.begin_delete("rg-dev", "hsm-dev").result();
  hsms.begin_purge_deleted("hsm-dev", "westeurope").result();
  std::cout << "left: " << hsms.list_deleted().to_vector().size() << '\n';
}

}  // namespace

int main(int argc, char** argv) { return example::run(argc, argv, live_and_die); }
