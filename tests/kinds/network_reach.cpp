#include "akv/provision/engine/network_reach.hpp"

#include "kinds/world.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using engine::Reach;
using Door = engine::Reach::Door;

namespace {

std::string sentences(const Reach& reach) {
  std::string text;
  for (const std::string& sentence : engine::contradictions(reach)) text += sentence + "\n";
  return text;
}

std::string told(const engine::Plan& plan) {
  std::string text;
  for (const auto& change : plan.changes)
    for (const auto& [path, effect] : change.effects)
      if (path == "network") text += effect + "\n";
  return text;
}

std::string estate(const std::string& network) {
  return "apiVersion: akv/v1\ndeployment: reach\nresourceGroups:\n  - name: rg\n    location: "
         "westeurope\n    vaults:\n      - name: kv-reach\n        enableRbacAuthorization: "
         "true\n" +
         network;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(network_reach)

BOOST_AUTO_TEST_CASE(says_who_is_let_in) {
  BOOST_TEST(engine::reach_text({}) == "all networks");
  const auto address = *engine::parse_ipv4_range("203.0.113.7");
  const auto range = *engine::parse_ipv4_range("203.0.113.0/24");
  BOOST_TEST(engine::reach_text({.all = false, .addresses = {address, address}, .subnets = 1}) ==
             "2 addresses, 1 subnet, Azure services");
  BOOST_TEST(engine::reach_text({.all = false,
                                 .addresses = {address, range},
                                 .azure_services = false,
                                 .private_endpoints = 2}) ==
             "1 address, 1 range, 2 private endpoints");
  BOOST_TEST(engine::reach_text({.all = false, .azure_services = false}) == "nobody");
  BOOST_TEST(engine::reach_text({.door = Door::closed, .addresses = {address}}) ==
             "Azure services");
  BOOST_TEST(engine::reach_text({.door = Door::perimeter, .azure_services = false}) ==
             "its network security perimeter");
}

BOOST_AUTO_TEST_CASE(says_what_counts_for_nothing) {
  const auto address = *engine::parse_ipv4_range("203.0.113.7");
  BOOST_TEST(sentences({}) == "");
  BOOST_TEST(sentences({.all = false, .addresses = {address}}) == "");
  BOOST_TEST(sentences({.addresses = {address}}) ==
             "defaultAction is Allow, so 1 network rule counts for nothing\n");
  BOOST_TEST(
      sentences({.door = Door::closed, .all = false, .addresses = {address}, .subnets = 1}) ==
      "publicNetworkAccess is Disabled, so 2 network rules count for nothing\n");
  BOOST_TEST(sentences({.door = Door::perimeter, .subnets = 1}) ==
             "publicNetworkAccess is SecuredByPerimeter, so 1 network rule counts for nothing\n");
  BOOST_TEST(sentences({.all = false, .azure_services = false}) ==
             "nobody reaches it before a private endpoint is approved\n");
  BOOST_TEST(sentences({.door = Door::closed, .azure_services = false, .private_endpoints = 1}) ==
             "");
}

BOOST_FIXTURE_TEST_CASE(a_plan_says_it_where_the_network_changes, World) {
  converge(estate(""));
  BOOST_TEST(told(plan(estate("        sku: premium\n")).plan) == "");
  BOOST_TEST(told(plan(estate("        networkAcls: {defaultAction: Deny, ipRules: [203.0.113.7, "
                              "198.51.100.7]}\n"))
                      .plan) == "network: all networks -> 2 addresses, Azure services\n");
  BOOST_TEST(told(plan(estate("        publicNetworkAccess: Disabled\n        networkAcls: "
                              "{bypass: None, ipRules: [203.0.113.7]}\n"))
                      .plan) ==
             "network: all networks -> nobody\n"
             "warning: publicNetworkAccess is Disabled, so 1 network rule counts for nothing\n"
             "warning: nobody reaches it before a private endpoint is approved\n");
  // What changes nothing in effect is said to be as before.
  BOOST_TEST(told(plan(estate("        networkAcls: {ipRules: [203.0.113.7]}\n")).plan) ==
             "network: all networks\n"
             "warning: defaultAction is Allow, so 1 network rule counts for nothing\n");
}

BOOST_FIXTURE_TEST_CASE(a_new_vault_says_it_where_the_manifest_speaks_of_the_network, World) {
  BOOST_TEST(told(plan(estate("")).plan) == "");
  BOOST_TEST(told(plan(estate("        publicNetworkAccess: Disabled\n")).plan) ==
             "network: Azure services\n");
}

BOOST_AUTO_TEST_SUITE_END()
