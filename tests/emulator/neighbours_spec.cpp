#include "akv/emulator/neighbour_properties.hpp"
#include "support/other_client.hpp"
#include "support/skipped.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace akv;
using namespace akv::test;
using emulator::Property;
using json::Document;

namespace {

std::filesystem::path spec_folder() {
  const char* given = std::getenv("AKV_SPEC_DIR");
  return given && *given ? std::filesystem::path(given)
                         : std::filesystem::path(AKV_SOURCE_DIR) / "../shared/spec";
}

bool have_spec() {
  if (std::filesystem::exists(spec_folder() / "Microsoft.Authorization")) return true;
  say_skipped("no interface descriptions in " + spec_folder().string() + " (AKV_SPEC_DIR)");
  return false;
}

Document read(const std::string& path) {
  std::ifstream file(spec_folder() / path);
  return Document::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

const Document& resolved(const Document& all, const Document& schema) {
  constexpr std::string_view local = "#/definitions/";
  const std::string_view reference = schema["$ref"].string_or();
  return reference.starts_with(local) ? all["definitions"][reference.substr(local.size())] : schema;
}

/// The names that a definition has, and those that we know, are the same but for `extra`.
void compare(const Document& all, const Document& schema, std::span<const Property> known,
             const std::string& place, const std::set<std::string_view>& extra) {
  const Document& definition = resolved(all, schema);
  std::set<std::string_view> published;
  for (const json::Member& member : definition["properties"].as_object()) {
    published.insert(member.name);
    const Property* ours = nullptr;
    for (const Property& property : known)
      if (property.name == member.name) ours = &property;
    BOOST_TEST((ours != nullptr), place << "." << member.name << " is not known");
    if (!ours) continue;
    BOOST_TEST(ours->read_only == member.value["readOnly"].bool_or(false),
               place << "." << member.name << " read-only");
    if (ours->members.empty()) continue;
    const Document& type = resolved(all, member.value);
    const bool is_list = ours->kind == emulator::Kind::list;
    compare(all, is_list ? type["items"] : type, ours->members, place + "." + member.name, extra);
  }
  for (const Property& property : known)
    BOOST_TEST((published.contains(property.name) || extra.contains(property.name)),
               place << "." << property.name << " is not published");
}

const std::string authorization = "Microsoft.Authorization/2022-04-01/";
const std::string graph = "Microsoft.ResourceGraph/2022-10-01/";

}  // namespace

BOOST_AUTO_TEST_SUITE(neighbours_spec)

BOOST_AUTO_TEST_CASE(what_is_known_of_the_neighbours_is_what_is_published) {
  if (!have_spec()) return;
  struct Row {
    std::string file, definition;
    std::span<const Property> known;
    std::set<std::string_view> extra;
  };
  const Row rows[] = {
      {authorization + "authorization-RoleAssignmentsCalls.json",
       "RoleAssignmentCreateParameters",
       emulator::role_assignment_properties(),
       {"id", "name", "type"}},
      {authorization + "authorization-RoleDefinitionsCalls.json",
       "RoleDefinition",
       emulator::role_definition_properties(),
       {"condition", "conditionVersion"}},
      {"Microsoft.Authorization.locks/2020-05-01/locks.json",
       "ManagementLockObject",
       emulator::lock_properties(),
       {}},
      {"Microsoft.Insights/2021-05-01-preview/diagnosticsSettings_API.json",
       "DiagnosticSettingsResource",
       emulator::diagnostic_setting_properties(),
       // The last four come back as null, and are published nowhere.
       {"id", "name", "type", "location", "kind", "tags", "identity"}},
      {graph + "resourcegraph.json", "QueryRequest", emulator::resource_query_properties(), {}}};
  for (const Row& row : rows) {
    const Document all = read(row.file);
    compare(all, all["definitions"][row.definition], row.known, row.definition, row.extra);
  }
}

BOOST_AUTO_TEST_CASE(published_queries_are_answered_or_refused_clearly) {
  if (!have_spec()) return;
  OthersFixture arm;
  for (const auto& [name, status] : {std::pair{"ResourcesBasicQuery", 200},
                                     {"ResourcesFilterQuery", 200},
                                     {"ResourcesFirstPageQuery", 200},
                                     {"ResourcesRandomPageQuery", 200},
                                     {"ResourcesTenantBasicQuery", 200},
                                     {"ResourcesMgBasicQuery", 400},
                                     {"ResourcesComplexQuery", 400},
                                     {"ResourcesPropertiesQuery", 400},
                                     {"ResourcesSummarizeQuery", 400},
                                     {"ResourcesFacetQuery", 400}}) {
    const Document example = read(graph + "examples/" + name + ".json");
    const Answer answer = arm.post("/providers/Microsoft.ResourceGraph/resources",
                                   example["parameters"]["query"].dump(), "2022-10-01");
    BOOST_TEST(answer.status == status, name << ": " << answer.body);
  }
}

BOOST_AUTO_TEST_CASE(answers_have_the_members_of_the_published_ones) {
  if (!have_spec()) return;
  OthersFixture arm;
  auto check = [&](const std::string& file, const char* status, const Document& ours) {
    const Document example = read(file);
    const Document& published = example["responses"][status]["body"];
    for (const json::Member& member : published.as_object())
      BOOST_TEST((ours.find(member.name) != nullptr), file << ": " << member.name);
    if (!published["properties"].is_object()) return;
    for (const json::Member& member : published["properties"].as_object())
      BOOST_TEST((ours["properties"].find(member.name) != nullptr), file << ": " << member.name);
  };
  const Document body = read(authorization + "examples/RoleAssignments_CreateForSubscription.json");
  // The example's role is not among the built-in ones.
  Document sent = body["parameters"]["parameters"];
  sent.set("properties")
      .set("roleDefinitionId",
           "/providers/Microsoft.Authorization/roleDefinitions/" + std::string(reader_role));
  const Answer made = arm.put(arm.assignment(arm.vault()), sent.dump(), roles_version);
  BOOST_TEST(made.status == 201, made.body);
  check(authorization + "examples/RoleAssignments_CreateForSubscription.json", "201", made.json());
  check(authorization + "examples/GetRoleDefinitionByName.json", "200",
        arm.get(arm.vault() + "/providers/Microsoft.Authorization/roleDefinitions/" + reader_role,
                roles_version)
            .json());
  const std::string locks = "Microsoft.Authorization.locks/2020-05-01/examples/";
  const Document lock = read(locks + "ManagementLocks_CreateOrUpdateAtScope.json");
  check(locks + "ManagementLocks_CreateOrUpdateAtScope.json", "201",
        arm.put(arm.lock(arm.group()), lock["parameters"]["parameters"].dump(), locks_version)
            .json());
  check(graph + "examples/ResourcesBasicQuery.json", "200",
        arm.post("/providers/Microsoft.ResourceGraph/resources", R"({"query":"resources"})",
                 "2022-10-01")
            .json());
}

BOOST_AUTO_TEST_SUITE_END()
