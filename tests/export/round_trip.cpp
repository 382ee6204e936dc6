// Any live estate -> export -> plan: nothing but adopt. A failure prints its seed; the number of
// vaults is cut down to the smallest that still fails.
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/yaml_text.hpp"
#include "export/exporting.hpp"
#include "export/live_estates.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <optional>
#include <string>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

struct Tried {
  std::string fault, manifest;
};

Tried try_estate(std::uint64_t seed, std::size_t vaults) {
  World world;
  seed_estate(world, seed, vaults);
  Tried tried;
  tried.manifest = export_from(world, everything(world)).manifest;
  tried.fault = left_over(world, tried.manifest);
  return tried;
}

void plans_empty(std::uint64_t seed, std::size_t vaults) {
  Tried tried = try_estate(seed, vaults);
  if (tried.fault.empty()) return;
  for (std::size_t fewer = 1; fewer < vaults; ++fewer)
    if (Tried smaller = try_estate(seed, fewer); !smaller.fault.empty()) {
      tried = std::move(smaller);
      vaults = fewer;
      break;
    }
  BOOST_ERROR("seed " << seed << ", " << vaults << " vaults:\n"
                      << tried.fault << "\nof\n"
                      << tried.manifest);
}

/// How many estates, for a longer search by hand.
std::uint64_t estates() {
  const char* given = std::getenv("AKV_ESTATES");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 60;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(round_trip)

BOOST_AUTO_TEST_CASE(the_plan_of_an_exported_estate_is_empty) {
  for (std::uint64_t seed = 1; seed <= estates(); ++seed) plans_empty(seed, 1 + seed % 24);
}

BOOST_AUTO_TEST_CASE(the_order_of_pages_does_not_reach_the_manifest) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    World large(1000);
    World small(2);
    seed_estate(large, seed, 12);
    seed_estate(small, seed, 12);
    exporting::Exported one = export_from(large, everything(large));
    exporting::Exported two = export_from(small, everything(small));
    BOOST_TEST(body_of(one.manifest) == body_of(two.manifest));
  }
}

BOOST_AUTO_TEST_CASE(an_exported_manifest_is_shorter_than_the_same_with_everything_resolved) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    World world;
    seed_estate(world, seed, 24);
    const std::string manifest = export_from(world, everything(world)).manifest;
    BOOST_TEST(body_of(manifest).size() < manifest::render(world.load(manifest)).size());
  }
}

BOOST_AUTO_TEST_CASE(every_text_comes_back_as_it_was) {
  SeededRandom random(7);
  for (int i = 0; i < 3000; ++i) {
    const std::string value = awkward_text(random) + awkward_text(random);
    const std::string yaml =
        "apiVersion: akv/v1\ndeployment: d\nresourceGroups:\n  - name: rg\n    location: "
        "westeurope\n"
        "    tags: {flow: " +
        manifest::yaml::scalar(value) + "}\n    vaults:\n      - name: kv-text\n        tags:\n" +
        "          block: " + manifest::yaml::scalar(value) + "\n";
    const manifest::Input input{"texts.yaml", yaml};
    manifest::LoadOptions options;
    options.subscription = "9c0d0000-0000-4000-8000-000000000003";
    const auto loaded = manifest::load({&input, 1}, kinds::vocabulary(), options);
    BOOST_REQUIRE_MESSAGE(loaded.errors() == 0, yaml);
    const auto& objects = loaded.deployment.objects;
    BOOST_REQUIRE(objects.size() == 2U);
    BOOST_TEST(objects[0].body["tags"]["flow"].string_or("?") == value, yaml);
    BOOST_TEST(objects[1].body["tags"]["block"].string_or("?") == value, yaml);
  }
}

BOOST_AUTO_TEST_SUITE_END()
