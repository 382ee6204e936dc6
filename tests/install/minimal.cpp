// The smallest program that is of use: its size is what akv::mgmt costs a program (size.cmake).
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/keyvault/client.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  try {
    const akv::KeyVaultManagementClient client(akv::identity::make_default_credential(), argv[1]);
    for (const akv::Vault& vault : client.vaults().list_by_subscription())
      std::cout << vault.name << '\n';
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
