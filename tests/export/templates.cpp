// Every template: apply -> export -> plan is empty.
#include "export/exporting.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

std::vector<std::filesystem::path> all_templates() {
  std::vector<std::filesystem::path> found;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(AKV_SOURCE_DIR) / "templates"))
    if (entry.path().extension() == ".yaml") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What a manifest says to exist, made by somebody else.
void make_existing(World& world, const std::string& yaml) {
  for (const engine::Desired& object : world.load(yaml).objects)
    if (object.existing && object.kind == "resourceGroup")
      world.emulator->seed(object.id, Document::object({{"location", "westeurope"}}));
    else if (object.existing && object.kind == "vault")
      world.emulator->seed(
          object.id,
          Document::object(
              {{"location", "westeurope"},
               {"properties", Document::object({{"sku", Document::object({{"name", "premium"}})},
                                                {"tenantId", world.emulator->identity().tenant_id},
                                                {"enableRbacAuthorization", false},
                                                {"accessPolicies", Document::array()}})}}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(templates)

BOOST_AUTO_TEST_CASE(the_plan_of_every_exported_template_is_empty) {
  BOOST_TEST(all_templates().size() >= 7U);
  for (const auto& path : all_templates()) {
    BOOST_TEST_CONTEXT(path.filename().string()) {
      World world;
      const std::string yaml = text_of(path);
      make_existing(world, yaml);
      world.converge(yaml);
      const exporting::Exported exported = export_from(world, everything(world));
      BOOST_TEST(exported.deployment == world.load(yaml).name);
      // An existing vault in it has no mark, and is the only reason to adopt anything.
      const bool guest = holds(yaml, "existing: true");
      BOOST_TEST(exported.unmarked == (guest ? 1U : 0U));
      BOOST_TEST((guest ? left_over(world, exported.manifest)
                        : summary(world.plan(exported.manifest).plan)) == "",
                 exported.manifest);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
