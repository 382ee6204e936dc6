// Compares 10,000 desired boxes with 10,000 live ones, 8 access policies each: as they are, in
// another order and case, and with one permission changed in each. Prints milliseconds of processor
// time, which say the same on a machine that others use too.
#include "engine/fake_kind.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace akv;
using namespace akv::engine;
using namespace akv::test;

namespace {

constexpr int boxes = 10'000;
constexpr int policies = 8;

std::string object_id(int box, int policy) {
  char text[40];
  std::snprintf(text, sizeof text, "%08x-0000-4000-8000-%012x", policy * 7919, box);
  return text;
}

Document body(int box) {
  Document document =
      doc("{'location': 'westeurope', 'sku': 'standard', 'tags': {'team': 'payments'},"
          " 'net': {'bypass': 'AzureServices', 'rules': ['203.0.113.0/24', '198.51.100.0/24']}}");
  Document list = Document::array();
  for (int policy = 0; policy < policies; ++policy) {
    Document entry =
        doc("{'permissions': {'keys': ['get', 'list'], 'secrets': ['get', 'list', 'set']}}");
    entry.set("tenantId", "9c0d0000-0000-4000-8000-000000000003");
    entry.set("objectId", object_id(box, policy));
    list.push_back(std::move(entry));
  }
  document.set("policies", std::move(list));
  return document;
}

template <class Work>
void measure(const char* name, const Work& work) {
  const std::clock_t start = std::clock();
  const std::size_t found = work();
  const double took = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  std::printf("%-34s %8.1f ms  %zu differences\n", name, took, found);
}

std::size_t compare(const std::vector<Document>& desired, const std::vector<Document>& live) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < desired.size(); ++i)
    found += diff(desired[i], live[i], box_rules, {}).fields.size();
  return found;
}

}  // namespace

int main() {
  std::vector<Document> desired, same, shuffled, changed;
  for (int i = 0; i < boxes; ++i) {
    desired.push_back(body(i));
    same.push_back(body(i));
    shuffled.push_back(body(i));
    auto& entries = shuffled.back().find("policies")->as_array();
    std::reverse(entries.begin(), entries.end());
    for (Document& entry : entries) {
      std::string id(entry["objectId"].string_or());
      std::transform(id.begin(), id.end(), id.begin(),
                     [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
      entry.set("objectId", std::move(id));
    }
    changed.push_back(body(i));
    changed.back().find("policies")->as_array()[3].find("permissions")->erase("keys");
  }
  measure("diff, equal", [&] { return compare(desired, same); });
  measure("diff, shuffled and recased", [&] { return compare(desired, shuffled); });
  measure("diff, one permission set each", [&] { return compare(desired, changed); });

  Planning planning;
  for (int i = 0; i < boxes; ++i) {
    const std::string name = "kv-" + std::to_string(i);
    planning.deployment.objects.push_back(box("rg", name, body(i)));
    Document raw = std::move(same[static_cast<std::size_t>(i)]);
    raw.set("mark", "ours");
    planning.live.push_back(live_box("rg", name, std::move(raw)));
  }
  Planner planner(planning.deployment, planning.registry, planning.environment, {});
  measure("planner, all equal", [&] {
    for (Live& live : planning.live) planner.observe(std::move(live));
    return planner.finish().changes.size();
  });
}
