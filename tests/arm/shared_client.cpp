// One client, many threads: run with the thread sanitizer too (scripts/test tsan).
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/core/async.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "akv/mgmt/resources/client.hpp"
#include "support/arm_fixture.hpp"
#include "support/memory_sink.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

using namespace akv;
using namespace akv::test;

namespace {

constexpr int threads = 16;
constexpr int rounds = 4;

}  // namespace

BOOST_AUTO_TEST_SUITE(shared_client)

BOOST_AUTO_TEST_CASE(sixteen_threads_use_one_client_at_once) {
  const FakeClock clock;
  // What the client and the service share must lock for itself; a SeededRandom does not.
  const auto emulator = std::make_shared<emulator::Emulator>(
      emulator::Options{.clock = &clock, .dns_delay = std::chrono::milliseconds(1)});
  const emulator::Identity& me = emulator->identity();
  const auto in_process = emulator::make_in_process_transport(emulator);
  const auto sink = std::make_shared<MemorySink>();
  const auto counters = std::make_shared<arm::Counters>();
  std::atomic<int> attempts{0};
  arm::ClientOptions options{.transport = in_process,
                             .log = sink,
                             .counters = counters,
                             .on_attempt = [&](const arm::Attempt&) { ++attempts; },
                             .register_providers = true,
                             .clock = &clock};
  const auto credential = identity::make_client_secret_credential(
      me.tenant_id, me.client_id, me.client_secret, {.transport = in_process});
  const KeyVaultManagementClient client(credential, me.subscription_id, options);
  const ResourceManagementClient resources(credential, me.subscription_id, options);
  resources.resource_groups().create_or_update("rg", {.location = "westus"});

  // Each with vaults of its own, so that nothing but the client is contended for.
  const auto work = [&](int number) {
    int seen = 0;
    for (int round = 0; round < rounds; ++round) {
      const std::string name = "kv-" + std::to_string(number) + "-" + std::to_string(round);
      VaultCreateOrUpdateParameters parameters{
          .location = "westus",
          .properties = {.tenant_id = me.tenant_id, .sku = {.name = sku_name::standard}}};
      parameters.properties.access_policies = {};
      client.vaults().begin_create_or_update("rg", name, parameters).result();
      if (client.vaults().get("rg", name).name == name) ++seen;
      for (const Vault& vault : client.vaults().list_by_resource_group("rg", 10))
        if (vault.name == name) ++seen;
      if (!client.vaults().find("rg", name + "-none")) ++seen;
      client.vaults().remove("rg", name);
    }
    return seen;
  };
  ThreadPool pool(threads);
  std::vector<std::future<int>> seen;
  for (int i = 0; i < threads; ++i) seen.push_back(akv::async(pool, {}, [&, i] { return work(i); }));
  int total = 0;
  for (auto& each : seen) total += each.get();
  BOOST_TEST(total == threads * rounds * 3);
  BOOST_TEST(counters->writes >= static_cast<std::uint64_t>(threads * rounds * 2));
  BOOST_TEST(static_cast<std::size_t>(attempts.load()) == sink->lines().size());
}

BOOST_AUTO_TEST_SUITE_END()
