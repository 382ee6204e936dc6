// Plans and applies an estate on the emulator in this process.
//
//   estate_bench [VAULTS]        default: 1000, with 8 access policies each
//
// The bar: a plan takes at most 1.5 times yaml-cpp's bare event pass over the manifest plus 0.3 s,
// and at most 5 requests after the token.
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/arm/pace.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>

namespace {

using namespace akv;
using Seconds = std::chrono::duration<double>;

struct Ignore final : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

std::string estate(int vaults) {
  std::ostringstream out;
  out << "apiVersion: akv/v1\ndeployment: bench\nresourceGroups:\n";
  for (int i = 0; i < vaults; ++i) {
    if (i % 100 == 0)
      out << "  - name: rg-" << i / 100 << "\n    location: westeurope\n    vaults:\n";
    out << "      - name: kv-bench-" << i
        << "\n        sku: standard\n        enableRbacAuthorization: false\n        "
           "accessPolicies:\n";
    for (int p = 0; p < 8; ++p)
      out << "          - {objectId: 1b2c0000-0000-4000-8000-00000000000" << p
          << ", permissions: {keys: [get, list, create], secrets: [get, list, set], certificates: "
             "[get, list]}}\n";
  }
  return out.str();
}

kinds::Connection connect(const std::shared_ptr<emulator::Emulator>& emulator) {
  const auto& identity = emulator->identity();
  arm::ClientOptions options;
  options.cloud.resource_manager = options.cloud.authority_host = "https://localhost:1";
  options.transport = emulator::make_in_process_transport(emulator);
  options.pace = arm::make_pace();
  options.counters = std::make_shared<http::Counters>();
  auto credential = identity::make_client_secret_credential(
      identity.tenant_id, identity.client_id, identity.client_secret,
      {.authority_host = options.cloud.authority_host, .transport = options.transport});
  auto pace = options.pace;
  auto counters = options.counters;
  return {
      .client = arm::ArmClient(credential, std::move(options)), .pace = pace, .counters = counters};
}

template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  const int vaults = argc > 1 ? std::atoi(argv[1]) : 1000;
  const std::string text = estate(vaults);
  const double events = seconds([&] {
    std::istringstream in(text);
    YAML::Parser parser(in);
    Ignore ignore;
    parser.HandleNextDocument(ignore);
  });

  const auto emulator = std::make_shared<emulator::Emulator>(
      emulator::Options{.dns_delay = std::chrono::milliseconds(10)});
  const auto connection = connect(emulator);
  const auto registry = kinds::make_registry();
  const Context context;
  kinds::Planned planned;
  const auto plan = [&] {
    manifest::LoadOptions options;
    options.subscription = emulator->identity().subscription_id;
    const manifest::Input input{"bench.yaml", text};
    const auto loaded = manifest::load({&input, 1}, kinds::vocabulary(), options);
    if (loaded.errors() > 0) {
      std::printf("%s\n", manifest::to_string(loaded.diagnostics.front()).c_str());
      std::exit(1);
    }
    planned = kinds::plan(loaded.deployment, registry, connection, {}, context);
  };
  plan();
  engine::RunResult result;
  const double apply =
      seconds([&] { result = kinds::apply(planned, registry, connection, {}, {}); });
  std::printf("apply: %zu of %zu succeeded in %.2f s, %.0f writes a second\n",
              result.count(engine::Outcome::succeeded), planned.plan.changes.size(), apply,
              static_cast<double>(planned.plan.changes.size()) / apply);
  const double again = seconds(plan);
  std::printf(
      "plan of %d vaults: %.3f s, %zu changes, %zu reads; bare event pass %.3f s; bar %.3f s\n",
      vaults, again, planned.plan.changes.size(), planned.plan.reads, events, 1.5 * events + 0.3);
  return again <= 1.5 * events + 0.3 && planned.plan.reads <= 5 ? 0 : 1;
}
