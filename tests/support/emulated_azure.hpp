/// An Azure inside the process, and what a client needs to talk to it.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "support/fake_clock.hpp"

#include <memory>
#include <string>

namespace akv::test {

struct EmulatedAzure {
  FakeClock clock;
  SeededRandom random{11};
  std::shared_ptr<emulator::Emulator> azure = std::make_shared<emulator::Emulator>(
      emulator::Options{.clock = &clock, .random = &random, .page_size = 2});
  std::shared_ptr<http::Transport> transport = emulator::make_in_process_transport(azure);
  emulator::Identity who = azure->identity();

  std::shared_ptr<identity::TokenCredential> credential(const std::string& secret) {
    return identity::make_client_secret_credential(who.tenant_id, who.client_id, secret,
                                                   {.transport = transport, .random = &random});
  }
  std::shared_ptr<identity::TokenCredential> credential() { return credential(who.client_secret); }
  arm::ClientOptions options() {
    return {.transport = transport, .clock = &clock, .random = &random};
  }
};

}  // namespace akv::test
