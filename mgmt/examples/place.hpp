/// Where an example runs: in Azure, or in an Azure inside its own process.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/identity/credential.hpp"

#include <memory>
#include <string>

namespace example {

struct Place {
  std::shared_ptr<akv::identity::TokenCredential> credential{};
  std::string subscription_id{}, tenant_id{};
  std::string object_id{};  ///< Of a user or service principal to work with.
  akv::arm::ClientOptions options{};
  std::shared_ptr<akv::emulator::Emulator> emulator{};  ///< Null in the real Azure.
};

/// The main function of an example: reads the command line, runs it, says what went wrong.
///
///   PROGRAM SUBSCRIPTION TENANT OBJECT_ID    in Azure, signed in by the environment:
///                                            AZURE_TENANT_ID, AZURE_CLIENT_ID, …
///   PROGRAM --emulator                       in an Azure inside this process
int run(int argc, char** argv, void (*program)(const Place&));

}  // namespace example
