// What a change of a vault does to people, from a manifest through the planner: risks and guards.
#include "kinds/world.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace akv;
using namespace akv::test;

namespace {

std::string estate(const std::string& of_vault) {
  return "apiVersion: akv/v1\ndeployment: impacts\n"
         "resourceGroups:\n  - name: rg\n    location: westeurope\n    vaults:\n"
         "      - name: kv-one\n        enableRbacAuthorization: true\n" +
         of_vault;
}

struct Sample {
  const char* before;
  const char* after;
  const char* risks;
  const char* guards;
};
std::ostream& operator<<(std::ostream& out, const Sample& sample) {
  return out << sample.before << " -> " << sample.after;
}

const std::vector<Sample> samples{
    // Bypass of Azure's own services.
    {"networkAcls: {defaultAction: Deny, bypass: None}",
     "networkAcls: {defaultAction: Deny, bypass: AzureServices}", "network-opened", ""},
    {"networkAcls: {defaultAction: Deny, bypass: AzureServices}",
     "networkAcls: {defaultAction: Deny, bypass: None}", "network-closed", "network-closed"},
    {"networkAcls: {defaultAction: Allow, bypass: AzureServices}",
     "networkAcls: {defaultAction: Allow, bypass: None}", "", ""},
    // The default action.
    {"networkAcls: {defaultAction: Deny}", "networkAcls: {defaultAction: Allow}", "network-opened",
     ""},
    {"networkAcls: {defaultAction: Allow}", "networkAcls: {defaultAction: Deny}", "network-closed",
     "network-closed"},
    // Public access.
    {"publicNetworkAccess: Disabled", "publicNetworkAccess: Enabled", "network-opened", ""},
    {"publicNetworkAccess: Enabled", "publicNetworkAccess: Disabled", "network-closed",
     "network-closed"},
    // Rules.
    {"networkAcls: {defaultAction: Deny, ipRules: [198.51.100.7]}",
     "networkAcls: {defaultAction: Deny, ipRules: [198.51.100.7, 198.51.100.8]}", "network-opened",
     ""},
    {"networkAcls: {defaultAction: Deny, ipRules: [198.51.100.7, 198.51.100.8]}",
     "networkAcls: {defaultAction: Deny, ipRules: [198.51.100.7]}", "", ""},
    {"networkAcls: {defaultAction: Deny, ipRules: [198.51.100.7]}",
     "networkAcls: {defaultAction: Deny, ipRules: []}", "network-closed", "network-closed"},
    {"networkAcls: {defaultAction: Deny, ipRules: [198.51.100.7]}",
     "networkAcls: {defaultAction: Deny, ipRules: [198.51.100.8]}", "network-closed network-opened",
     "network-closed"},
    // Irreversible.
    {"sku: standard", "enablePurgeProtection: true", "purge-protection", "purge-protection"},
    {"enablePurgeProtection: true", "enablePurgeProtection: true", "", ""},
};

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string guards(const engine::Plan& plan) {
  std::vector<std::string> ids;
  for (const auto& guard : plan.guards) ids.push_back(guard.id);
  return joined(ids);
}

std::string line(const char* member) { return "        " + std::string(member) + "\n"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(impacts)

BOOST_DATA_TEST_CASE(a_change_has_its_risks_and_guards, boost::unit_test::data::make(samples),
                     sample) {
  World world;
  world.converge(estate(line(sample.before)));
  const engine::Plan plan = world.plan(estate(line(sample.after))).plan;
  BOOST_TEST((plan.changes.empty() ? "" : joined(plan.changes[0].risks)) == sample.risks);
  BOOST_TEST(guards(plan) == sample.guards);
}

BOOST_DATA_TEST_CASE(a_create_has_neither, boost::unit_test::data::make(samples), sample) {
  World world;
  const engine::Plan plan = world.plan(estate(line(sample.after))).plan;
  BOOST_REQUIRE(plan.changes.size() == 2U);
  BOOST_TEST(joined(plan.changes[1].risks) == "");
  BOOST_TEST(guards(plan) == "");
}

BOOST_FIXTURE_TEST_CASE(another_tenant_is_guarded, World) {
  converge(estate(""));
  const std::string moved = estate("        tenant: 72f90000-0000-4000-8000-000000000009\n");
  const engine::Plan planned = plan(moved).plan;
  BOOST_REQUIRE(planned.changes.size() == 1U);
  BOOST_TEST(planned.changes[0].impact.tenant);
  BOOST_TEST(guards(planned) == "tenant");
  engine::PlanOptions options;
  options.allow = {{"tenant"}};
  BOOST_TEST(guards(plan(moved, options).plan) == "");
  BOOST_TEST(!plan(estate("        tags: {a: b}\n")).plan.changes.at(0).impact.tenant);
}

BOOST_FIXTURE_TEST_CASE(purge_protection_says_that_it_stays, World) {
  converge(estate(""));
  const engine::Plan planned = plan(estate("        enablePurgeProtection: true\n")).plan;
  BOOST_TEST(planned.changes.at(0).impact.purge_protection);
  BOOST_REQUIRE(planned.guards.size() == 1U);
  BOOST_TEST(planned.guards[0].lifted_by == "--allow purge-protection");
  // Off is what it is: nothing is sent for it.
  BOOST_TEST(plan(estate("        enablePurgeProtection: false\n")).plan.changes.empty());
}

BOOST_AUTO_TEST_SUITE_END()
