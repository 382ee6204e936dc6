// Creates a vault with one access policy, and shows the vaults of the subscription.
//
//   create_vault SUBSCRIPTION TENANT OBJECT_ID    in Azure, signed in by the environment:
//                                                 AZURE_TENANT_ID, AZURE_CLIENT_ID, …
//   create_vault --emulator                       in an Azure inside this process
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"

#include <exception>
#include <iostream>
#include <memory>
#include <string>

using namespace akv;

namespace {

void create_and_list(const std::shared_ptr<identity::TokenCredential>& credential,
                     const std::string& subscription_id, const std::string& tenant,
                     const std::string& oid, const arm::ClientOptions& options) {
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

void in_this_process() {
  const auto azure = std::make_shared<emulator::Emulator>();
  const auto transport = emulator::make_in_process_transport(azure);
  const emulator::Identity& who = azure->identity();
  create_and_list(identity::make_client_secret_credential(
                      who.tenant_id, who.client_id, who.client_secret, {.transport = transport}),
                  who.subscription_id, who.tenant_id, who.object_id, {.transport = transport});
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc == 2 && std::string(argv[1]) == "--emulator")
      in_this_process();
    else if (argc == 4)
      create_and_list(identity::make_default_credential(), argv[1], argv[2], argv[3], {});
    else
      throw std::invalid_argument("usage: create_vault SUBSCRIPTION TENANT OBJECT_ID | --emulator");
  } catch (const std::exception& error) {
    std::cerr << "create_vault: " << error.what() << '\n';
    return 1;
  }
}
