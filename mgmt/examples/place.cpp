#include "akv/mgmt/examples/place.hpp"

#include "akv/mgmt/identity/credentials.hpp"

#include <chrono>
#include <exception>
#include <iostream>

namespace example {
namespace {

using namespace akv;
using namespace std::chrono_literals;

// Nothing takes time there, so that nothing is waited for.
Place in_this_process() {
  const auto azure =
      std::make_shared<emulator::Emulator>(emulator::Options{.dns_delay = 0ms, .job_delay = 0ms});
  const auto transport = emulator::make_in_process_transport(azure);
  const emulator::Identity& who = azure->identity();
  return {.credential = identity::make_client_secret_credential(
              who.tenant_id, who.client_id, who.client_secret, {.transport = transport}),
          .subscription_id = who.subscription_id,
          .tenant_id = who.tenant_id,
          .object_id = who.object_id,
          .options = {.transport = transport},
          .emulator = azure};
}

}  // namespace

int run(int argc, char** argv, void (*program)(const Place&)) {
  try {
    if (argc == 2 && std::string(argv[1]) == "--emulator")
      program(in_this_process());
    else if (argc == 4)
      program({.credential = identity::make_default_credential(),
               .subscription_id = argv[1],
               .tenant_id = argv[2],
               .object_id = argv[3]});
    else
      throw std::invalid_argument("usage: " + std::string(argv[0]) +
                                  " SUBSCRIPTION TENANT OBJECT_ID | --emulator");
    return 0;
  } catch (const std::exception& error) {
    std::cerr << argv[0] << ": " << error.what() << '\n';
    return 1;
  }
}

}  // namespace example
