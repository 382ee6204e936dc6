// What a manifest with mistakes gets: each sample with the full list of its diagnostics.
#include "manifest/loading.hpp"
#include "manifest/samples.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;

BOOST_AUTO_TEST_SUITE(mistakes)

BOOST_DATA_TEST_CASE(each_gets_its_place_and_its_remedy, boost::unit_test::data::make(samples()),
                     sample) {
  BOOST_TEST(report(load(sample.text)) == sample.expected);
}

BOOST_AUTO_TEST_CASE(values_files_hold_single_values) {
  auto options = with_environment();
  options.values = {{"v.yaml", "p: [1]\nq:\n"}, {"w.yaml", "- x\n"}, {"u.yaml", ""}};
  // Each once: a value that is faulty is not missing as well.
  BOOST_TEST(report(load(vault("") + "parameters: {p: {}, q: {}}\n", options)) ==
             "v.yaml:1:4: \"p\": expected a single value; write NAME: VALUE\n"
             "v.yaml:2:1: \"q\" has no value; write NAME: VALUE\n"
             "w.yaml:1:1: a values file: expected a map, found a list\n"
             "u.yaml: the file has no content; a manifest begins with \"apiVersion: akv/v1\"\n");
}

BOOST_AUTO_TEST_CASE(lists_stop_at_azures_limits) {
  const auto rules = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
      list += "20." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ".1, ";
    return vault("networkAcls: {ipRules: [" + list + "]}");
  };
  BOOST_TEST(report(load(rules(1000))) == "");
  BOOST_TEST(report(load(rules(1001))) ==
             "a.yaml:11:32: ipRules has 1001 entries; the limit is 1000\n");
  const auto policies = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
      list += "{objectId: 1b2c0000-0000-4000-8000-" + std::to_string(100000000000 + i) +
              ", permissions: {}}, ";
    return vault("accessPolicies: [" + list + "]");
  };
  BOOST_TEST(report(load(policies(1024))) == "");
  BOOST_TEST(report(load(policies(1025))) ==
             "a.yaml:11:25: accessPolicies has 1025 entries; the limit is 1024\n");
  const auto subnets = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i)
      list +=
          "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/"
          "subnets/n" +
          std::to_string(i) + ", ";
    return vault("networkAcls: {virtualNetworkRules: [" + list + "]}");
  };
  BOOST_TEST(report(load(subnets(200))) == "");
  BOOST_TEST(report(load(subnets(201))) ==
             "a.yaml:11:44: virtualNetworkRules has 201 entries; the limit is 200\n");
}

BOOST_AUTO_TEST_CASE(tags_leave_room_for_our_own) {
  const auto tags = [](int count, const std::string& rest) {
    std::string list;
    for (int i = 0; i < count; ++i) list += "t" + std::to_string(i) + ": x, ";
    return vault("tags: {" + list + "}\n" + rest);
  };
  BOOST_TEST(report(load(tags(49, ""))) == "");
  BOOST_TEST(report(load(tags(50, ""))) ==
             "a.yaml:11:15: tags has 50 entries, and akv adds 1; Azure's limit is 50\n");
  BOOST_TEST(report(load(tags(48, "protect: true"))) == "");
  BOOST_TEST(report(load(tags(49, "protect: true"))) ==
             "a.yaml:11:15: tags has 49 entries, and akv adds 2; Azure's limit is 50\n");
  BOOST_TEST(report(load(tags(51, ""))) == "a.yaml:11:15: tags has 51 entries; the limit is 50\n");
}

BOOST_AUTO_TEST_CASE(codes_are_for_machines) {
  const auto loaded = load(vault("skuu: x"));
  BOOST_TEST(loaded.diagnostics.at(0).code == "unknown-key");
  BOOST_TEST(loaded.diagnostics.at(0).message == "unknown key \"skuu\"");
  BOOST_TEST(loaded.diagnostics.at(0).hint == "did you mean \"sku\"?");
  BOOST_TEST(loaded.errors() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
