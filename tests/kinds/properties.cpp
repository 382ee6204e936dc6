// Properties over generated vaults. A failure prints its seed; the number of vaults is cut down to
// the smallest that still fails.
#include "akv/mgmt/authorization/well_known_roles.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <string>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

/// Choices of one generated estate, all from one seed.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.next() % n); }
  bool often(std::size_t percent) { return below(100) < percent; }
  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }

 private:
  SeededRandom random_;
};

std::string guid(std::size_t i) {
  std::string digits = std::to_string(i);
  return "1b2c0000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

std::string some_words(Generator& g, std::string_view category) {
  const auto words = kinds::permission_words(category);
  std::string list;
  for (const auto word : words.subspan(1))
    if (g.often(25)) list += (list.empty() ? "" : ", ") + std::string(word);
  if (g.often(10)) list = "all";
  return "[" + list + "]";
}

std::string one_policy(Generator& g, std::size_t principal) {
  std::string permissions;
  for (const auto category : kinds::permission_categories())
    if (g.often(50))
      permissions += (permissions.empty() ? "" : ", ") + std::string(category) + ": " +
                     some_words(g, category);
  if (permissions.empty()) permissions = "secrets: [get]";
  return "          - {objectId: " + guid(principal) + ", permissions: {" + permissions + "}}\n";
}

/// Each principal has each role once.
std::string some_assignments(Generator& g, const std::string& indent) {
  const auto roles = well_known_roles();
  std::string text;
  for (std::size_t principal = 1; principal <= 3; ++principal) {
    const std::size_t first = g.below(roles.size());
    for (std::size_t r = 0; r < g.below(3); ++r) {
      const WellKnownRole& role = roles[(first + r) % roles.size()];
      text += indent + "  - {objectId: " + guid(principal) +
              ", role: " + std::string(g.often(50) ? role.name : role.id);
      if (g.often(20)) text += ", condition: \"@Resource[a] StringEquals 'b'\"";
      if (g.often(30)) text += ", description: of turn " + std::to_string(g.below(9));
      text += "}\n";
    }
  }
  return text.empty() ? text : indent + "roleAssignments:\n" + text;
}

std::string some_locks(Generator& g, const std::string& indent) {
  std::string text;
  for (const char* name : {"keep", "Audit Log"})
    if (g.often(50))
      text += indent + "  - {name: " + name +
              (g.often(30) ? ", level: ReadOnly" : ", level: CanNotDelete") +
              (g.often(30) ? ", notes: as agreed}\n" : "}\n");
  return text.empty() ? text : indent + "locks:\n" + text;
}

std::string one_vault(Generator& g, std::size_t i) {
  std::string text = "      - name: kv-gen-" + std::to_string(i) + "\n";
  if (g.often(70)) text += "        sku: " + g.one_of<std::string>({"standard", "premium"}) + "\n";
  if (g.often(30)) text += "        location: North Europe\n";
  if (g.often(30))
    text += "        softDeleteRetentionInDays: " + std::to_string(7 + g.below(84)) + "\n";
  for (const char* name :
       {"enabledForDeployment", "enabledForDiskEncryption", "enabledForTemplateDeployment"})
    if (g.often(30))
      text += std::string("        ") + name + (g.often(50) ? ": true\n" : ": false\n");
  if (g.often(20)) text += "        enablePurgeProtection: true\n";
  if (g.often(30))
    text += g.often(50) ? "        publicNetworkAccess: Disabled\n"
                        : "        publicNetworkAccess: Enabled\n";
  if (g.often(30))
    text += "        tags: {Team: payments, cost: '" + std::to_string(g.below(99)) + "'}\n";
  if (g.often(15)) text += "        protect: true\n";
  if (g.often(40)) {
    text += "        networkAcls:\n";
    if (g.often(50)) text += "          bypass: None\n";
    if (g.often(60)) text += "          defaultAction: Deny\n";
    if (g.often(50))
      text +=
          "          ipRules: [203.0.113." + std::to_string(g.below(200)) + ", 198.51.100.0/24]\n";
    if (g.often(40))
      text +=
          "          virtualNetworkRules: [{id: "
          "/subscriptions/5a5b0000-0000-4000-8000-000000000004/"
          "resourceGroups/Net/providers/Microsoft.Network/virtualNetworks/Hub/subnets/Apps}]\n";
    if (text.ends_with("networkAcls:\n")) text += "          defaultAction: Allow\n";
  }
  if (g.often(40)) text += some_assignments(g, "        ");
  if (g.often(30)) text += some_locks(g, "        ");
  if (g.often(80)) {
    text += "        enableRbacAuthorization: false\n        accessPolicies:\n";
    const std::size_t count = 1 + g.below(6);
    for (std::size_t p = 0; p < count; ++p) text += one_policy(g, p + 1);
  }
  return text;
}

std::string estate(std::uint64_t seed, std::size_t vaults) {
  Generator g(seed);
  std::string text =
      "apiVersion: akv/v1\ndeployment: gen\nresourceGroups:\n  - name: rg-gen\n    location: "
      "westeurope\n";
  if (g.often(50)) text += some_assignments(g, "    ");
  if (g.often(50)) text += some_locks(g, "    ");
  text += "    vaults:\n";
  for (std::size_t i = 0; i < vaults; ++i) text += one_vault(g, i);
  return text;
}

std::string recase(std::string text, Generator& g) {
  for (auto& c : text)
    if (g.often(50))
      c = ascii::to_lower(c) == c && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32)
                                                          : ascii::to_lower(c);
  return text;
}

void shuffle(Document& list, Generator& g) {
  if (!list.is_array()) return;
  auto& items = list.as_array();
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[g.below(i)]);
}

void shuffle_members(Document& object, Generator& g) {
  auto& members = object.as_object();
  for (std::size_t i = members.size(); i > 1; --i) std::swap(members[i - 1], members[g.below(i)]);
}

// What the service may do to an answer without changing what it means.
Document disguise(Document vault, Generator& g) {
  Document& properties = vault.set("properties");
  const auto again = [&g](Document& value) {
    if (value.is_string()) value = Document(recase(value.as_string(), g));
  };
  again(vault.set("location"));
  again(properties.set("tenantId"));
  again(properties.set("sku").set("name"));
  if (properties.find("publicNetworkAccess")) again(properties.set("publicNetworkAccess"));
  if (Document* policies = properties.find("accessPolicies")) {
    shuffle(*policies, g);
    for (auto& entry : policies->as_array()) {
      again(entry.set("objectId"));
      for (auto& category : entry.set("permissions").as_object()) {
        shuffle(category.value, g);
        if (category.value.is_array())
          for (auto& word : category.value.as_array()) again(word);
      }
      shuffle_members(entry, g);
    }
  }
  if (Document* acls = properties.find("networkAcls"); acls && acls->is_object()) {
    for (const char* name : {"ipRules", "virtualNetworkRules"})
      if (Document* rules = acls->find(name)) {
        shuffle(*rules, g);
        for (auto& rule : rules->as_array())
          if (Document* id = rule.find("id")) again(*id);
      }
  }
  // An absent retention equals 90.
  if (const Document* days = properties.find("softDeleteRetentionInDays");
      days && days->int_or(0) == 90)
    properties.erase("softDeleteRetentionInDays");
  properties.set("aNewProperty", "of the service");
  shuffle_members(properties, g);
  shuffle_members(vault, g);
  return vault;
}

/// The same of the entries beside a vault or group.
Document disguise_entry(Document entry, Generator& g) {
  const auto again = [&g](Document& value) {
    if (value.is_string()) value = Document(recase(value.as_string(), g));
  };
  Document& properties = entry.set("properties");
  for (const char* member : {"principalId", "roleDefinitionId", "scope", "level"})
    if (Document* value = properties.find(member)) again(*value);
  again(entry.set("name"));
  again(entry.set("id"));
  properties.set("aNewProperty", "of the service");
  shuffle_members(properties, g);
  shuffle_members(entry, g);
  return entry;
}

using Check = std::optional<std::string> (*)(std::uint64_t seed, std::size_t vaults);

// Cuts a failing estate down before it reports it.
void holds(Check check, std::uint64_t seed, std::size_t vaults) {
  auto failure = check(seed, vaults);
  if (!failure) return;
  for (std::size_t fewer = 1; fewer < vaults; ++fewer)
    if (auto smaller = check(seed, fewer)) {
      failure = std::move(smaller);
      vaults = fewer;
      break;
    }
  BOOST_ERROR("seed " << seed << ", " << vaults << " vaults:\n"
                      << *failure << "\nof\n"
                      << estate(seed, vaults));
}

std::optional<std::string> plan_after_apply_is_empty(std::uint64_t seed, std::size_t vaults) {
  World world;
  const std::string yaml = estate(seed, vaults);
  const auto planned = world.plan(yaml);
  const auto result = world.apply(planned, 4);
  for (std::size_t i = 0; i < result.changes.size(); ++i)
    if (result.changes[i].outcome != engine::Outcome::succeeded)
      return engine::called(planned.plan.changes[i]) +
             " failed: " + result.changes[i].error.message + result.changes[i].because;
  const std::string left = summary(world.plan(yaml).plan);
  return left.empty() ? std::nullopt : std::optional(left);
}

std::optional<std::string> a_disguised_answer_plans_empty(std::uint64_t seed, std::size_t vaults) {
  World world;
  const std::string yaml = estate(seed, vaults);
  world.apply(world.plan(yaml), 4);
  Generator g(seed ^ 0x5eed);
  for (std::size_t i = 0; i < vaults; ++i) {
    const std::string id = world.vault_id("rg-gen", "kv-gen-" + std::to_string(i));
    world.emulator->seed(id, disguise(world.emulator->peek(id), g));
  }
  const std::string left = summary(world.plan(yaml).plan);
  return left.empty() ? std::nullopt : std::optional(left);
}

std::optional<std::string> disguised_entries_plan_empty(std::uint64_t seed, std::size_t vaults) {
  World world;
  const auto deployment = world.load(estate(seed, vaults));
  const auto planned = world.plan(deployment);
  world.apply(planned, 4);
  Generator g(seed ^ 0x5eed);
  for (const engine::Desired& desired : deployment.objects) {
    const kinds::CompanionList* list = kinds::find_companion_list(desired.kind);
    if (!list) continue;
    const auto answer = world.other(http::Method::get, desired.id, {}, list->api_version);
    Document entries = Document::array();
    const Document page = Document::parse(answer.body);
    for (const Document& entry : page["value"].as_array())
      if (ascii::equal(kinds::parent_of(entry["id"].string_or()), kinds::parent_of(desired.id)))
        entries.push_back(disguise_entry(entry, g));
    shuffle(entries, g);
    engine::Change change;
    change.source = desired;
    const auto left = engine::Planner::replan(
        change,
        kinds::companion_document(*list, "gen", std::move(entries.as_array()), planned.environment),
        world.registry.at(desired.kind), planned.environment, {});
    if (left) {
      const engine::FieldChange& field = left->fields.at(0);
      return desired.kind + " " + desired.name + ": " + field.path + " " + field.before.dump() +
             " -> " + field.after.dump();
    }
  }
  return std::nullopt;
}

// Between each of our reads and writes somebody gives a role of their own.
std::optional<std::string> merge_never_loses_a_foreign_role(std::uint64_t seed, std::size_t) {
  World world;
  Generator g(seed);
  const auto yaml = [&g] {
    return "apiVersion: akv/v1\ndeployment: m\nresourceGroups:\n  - name: rg-gen\n    location: "
           "westeurope\n    vaults:\n      - name: kv-gen-0\n" +
           some_assignments(g, "        ");
  };
  world.converge(yaml());
  const std::string id = world.vault_id("rg-gen", "kv-gen-0");
  const std::string assignments = id + "/providers/Microsoft.Authorization/roleAssignments";
  std::size_t foreign = 0;
  world.emulator->before_each([&](const http::Request& request) {
    if (request.method == http::Method::get || request.url.find("/kv-gen-0") == std::string::npos)
      return;
    ++foreign;
    world.other(
        http::Method::put, assignments + "/" + guid(5000 + foreign),
        Document::object(
            {{"properties", Document::object({{"principalId", guid(1000 + foreign)},
                                              {"roleDefinitionId",
                                               role_definition_id(role_id::key_vault_reader)}})}}),
        "2022-04-01");
  });
  for (int turn = 0; turn < 6; ++turn) world.apply(world.plan(yaml()), 2);
  world.emulator->before_each({});
  const auto answer = world.other(http::Method::get, assignments, {}, "2022-04-01");
  for (std::size_t i = 1; i <= foreign; ++i)
    if (answer.body.find(guid(1000 + i)) == std::string::npos)
      return "the foreign role of " + guid(1000 + i) + " was lost";
  if (foreign == 0) return "no foreign role was ever given";
  return std::nullopt;
}

// Between each of our reads and writes somebody adds a policy of their own.
std::optional<std::string> merge_never_loses_a_foreign_policy(std::uint64_t seed, std::size_t) {
  World world;
  Generator g(seed);
  const auto yaml = [](const std::string& permissions, bool second) {
    return "apiVersion: akv/v1\ndeployment: m\nresourceGroups:\n  - name: rg-gen\n    location: "
           "westeurope\n"
           "    vaults:\n      - name: kv-gen-0\n        manage: {accessPolicies: merge}\n"
           "        tags: {turn: '" +
           permissions.substr(0, 5) +
           "'}\n"
           "        enableRbacAuthorization: false\n        accessPolicies:\n"
           "          - {objectId: " +
           guid(1) + ", permissions: {secrets: " + permissions + "}}\n" +
           (second ? "          - {objectId: " + guid(2) + ", permissions: {keys: [get]}}\n" : "");
  };
  world.converge(yaml("[get]", false));
  const std::string id = world.vault_id("rg-gen", "kv-gen-0");
  std::size_t foreign = 0;
  const std::string tenant = world.emulator->identity().tenant_id;
  world.emulator->before_each([&](const http::Request& request) {
    if (request.method == http::Method::get || request.url.find("/kv-gen-0") == std::string::npos)
      return;
    ++foreign;
    const Document entry = Document::object(
        {{"tenantId", tenant},
         {"objectId", guid(1000 + foreign)},
         {"permissions", Document::object({{"secrets", Document::array({"Get"})}})}});
    world.other(
        http::Method::put, id + "/accessPolicies/add",
        Document::object(
            {{"properties", Document::object({{"accessPolicies", Document::array({entry})}})}}));
  });
  for (int turn = 0; turn < 6; ++turn) {
    const auto planned = world.plan(yaml(some_words(g, "secrets"), g.often(50)));
    world.apply(planned, 2, {{"access-removed", "*"}, {"access-emptied", "*"}});
  }
  const Document vault = world.emulator->peek(id);
  for (std::size_t i = 1; i <= foreign; ++i) {
    const auto& entries = vault["properties"]["accessPolicies"].as_array();
    if (std::none_of(entries.begin(), entries.end(), [i](const Document& entry) {
          return entry["objectId"].string_or() == guid(1000 + i);
        }))
      return "the foreign policy " + guid(1000 + i) + " was lost";
  }
  if (foreign == 0) return "no foreign policy was ever written";
  return std::nullopt;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(properties)

BOOST_AUTO_TEST_CASE(after_apply_the_plan_is_empty) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) holds(plan_after_apply_is_empty, seed, 20);
}

BOOST_AUTO_TEST_CASE(any_shuffle_and_recase_of_a_live_answer_plans_empty) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) holds(a_disguised_answer_plans_empty, seed, 20);
}

BOOST_AUTO_TEST_CASE(so_does_any_of_what_stands_beside_vaults_and_groups) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) holds(disguised_entries_plan_empty, seed, 20);
}

BOOST_AUTO_TEST_CASE(in_merge_no_role_of_a_second_writer_is_ever_lost) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) holds(merge_never_loses_a_foreign_role, seed, 1);
}

BOOST_AUTO_TEST_CASE(in_merge_no_policy_of_a_second_writer_is_ever_lost) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed)
    holds(merge_never_loses_a_foreign_policy, seed, 1);
}

BOOST_AUTO_TEST_SUITE_END()
