// How much longer loading a manifest takes than yaml-cpp's bare event pass over the same text.
//
//   manifest_bench [VAULTS…]        default: 1000 10000
//
// The bar (design, "Speed") is 1.5 times, linear in the size.
#include "akv/provision/kinds/resource_group_words.hpp"
#include "akv/provision/kinds/vault_words.hpp"
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "akv/provision/manifest/source_check.hpp"
#include "akv/provision/manifest/yaml_reader.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace akv;

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
  out << "apiVersion: akv/v1\ndeployment: bench\n"
         "subscription: 9c0d0000-0000-4000-8000-000000000003\n"
         "principals:\n";
  for (int i = 0; i < 8; ++i)
    out << "  team-" << i << ": 1b2c0000-0000-4000-8000-00000000000" << i << '\n';
  out << "permissionSets:\n  secret-reader: {secrets: [get, list]}\n"
         "defaults:\n"
         "  resourceGroup: {location: westeurope, tags: {team: bench}}\n"
         "  vault: {sku: standard, enablePurgeProtection: true, enableRbacAuthorization: false}\n"
         "resourceGroups:\n";
  for (int i = 0; i < vaults; ++i) {
    if (i % 30 == 0) out << "  - name: rg-" << i / 30 << "\n    vaults:\n";
    out << "      - name: kv-bench-" << i << "\n        tags: {index: " << i << "}\n"
        << "        accessPolicies:\n";
    for (int p = 0; p < 8; ++p) {
      out << "          - {principal: team-" << p << ", permissions: ";
      if (p % 4 == 0)
        out << "secret-reader}\n";
      else
        out << "{keys: [get, list, wrapKey], secrets: [get, list, set], certificates: [get]}}\n";
    }
  }
  return out.str();
}

/// Processor time: the work is single-threaded, and a busy machine must not change the ratio.
template <class F>
double seconds(F&& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<int> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::atoi(argv[i]));
  if (sizes.empty()) sizes = {1000, 10000};
  constexpr int rounds = 3;
  const manifest::Vocabulary vocabulary{kinds::resource_group_words(), kinds::vault_words()};
  std::printf("%8s %10s %12s %12s %8s %16s\n", "vaults", "bytes", "events, s", "load, s", "ratio",
              "tree bytes/byte");
  for (const int size : sizes) {
    const std::string text = estate(size);
    const std::array inputs{manifest::Input{"bench.yaml", text}};
    double bare = 1e9, whole = 1e9;
    for (int round = 0; round < rounds; ++round) {
      bare = std::min(bare, seconds([&] {
                        std::istringstream stream(text);
                        YAML::Parser parser(stream);
                        Ignore ignore;
                        parser.HandleNextDocument(ignore);
                      }));
      whole = std::min(whole, seconds([&] {
                         const auto loaded = manifest::load(inputs, vocabulary, {});
                         if (loaded.errors() != 0) {
                           std::printf("%s\n", to_string(loaded.diagnostics.front()).c_str());
                           std::exit(1);
                         }
                       }));
    }
    manifest::Diagnostics diagnostics({"bench.yaml"});
    const auto tree = manifest::read_yaml(0, text, diagnostics);
    std::printf("%8d %10zu %12.3f %12.3f %8.2f %16.2f\n", size, text.size(), bare, whole,
                whole / bare,
                static_cast<double>(tree->memory()) / static_cast<double>(text.size()));
  }
}
