#include "akv/provision/manifest/for_each.hpp"

#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;
using akv::manifest::max_combinations;
using akv::manifest::max_made_objects;
using akv::manifest::max_made_values;
using akv::manifest::max_variables;

namespace {

const std::string head = "apiVersion: akv/v1\ndeployment: d\n";

/// Names of all objects, or the mistakes.
std::string names(const std::string& groups) {
  const auto loaded = load(head + "resourceGroups:\n" + groups);
  if (loaded.errors() > 0) return report(loaded);
  std::string text;
  for (const auto& object : loaded.deployment.objects) text += object.name + " ";
  return text;
}

/// `a, b, …`: that many numbers.
std::string numbers(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? ", " : "") + std::to_string(i);
  return text + "]";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(for_each)

BOOST_AUTO_TEST_CASE(one_per_combination_and_the_last_name_changes_fastest) {
  BOOST_TEST(names("  - name: rg-${region}-${stage}\n"
                   "    forEach: {region: [weu, neu], stage: [dev, prod]}\n") ==
             "rg-weu-dev rg-weu-prod rg-neu-dev rg-neu-prod ");
}

BOOST_AUTO_TEST_CASE(variables_are_seen_in_all_that_stands_below) {
  const auto loaded = load(head +
                           "parameters: {team: {default: pay}}\n"
                           "resourceGroups:\n"
                           "  - name: rg-${region}\n"
                           "    forEach: {region: [weu, neu]}\n"
                           "    location: ${region}\n"
                           "    tags: {'${region}-tag': '${region} of ${team}'}\n"
                           "    vaults:\n"
                           "      - forEach: {n: ['1', '2'], team2: ['${team}']}\n"
                           "        name: kv-${team2}-${region}-${n}\n"
                           "        networkAcls: {ipRules: ['203.0.113.${n}']}\n");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.objects.size() == 6U);
  BOOST_TEST(loaded.deployment.objects.at(3).body.dump() ==
             R"({"location":"neu","tags":{"neu-tag":"neu of pay"}})");
  BOOST_TEST(last(loaded).name == "rg-neu/kv-pay-neu-2");
  BOOST_TEST(last(loaded).body.dump() == R"({"networkAcls":{"ipRules":["203.0.113.2"]}})");
  BOOST_TEST(loaded.deployment.places.file_and_line(last(loaded).origin) == "a.yaml:11");
}

BOOST_AUTO_TEST_CASE(what_two_combinations_make_twice_names_both) {
  BOOST_TEST(names("  - name: rg\n    vaults:\n      - name: kv-one\n"
                   "        forEach: {region: [weu, neu, eus]}\n        location: ${region}\n") ==
             "a.yaml:6:15: vault \"kv-one\" is made twice: by region=weu and by region=neu; write "
             "a variable of forEach into the name\n");
  BOOST_TEST(names("  - name: rg\n    forEach: {region: [weu, neu]}\n    location: ${region}\n") ==
             "a.yaml:4:11: resource group \"rg\" is made twice: by region=weu and by region=neu; "
             "write a variable of forEach into the name\n");
  BOOST_TEST(names("  - name: rg\n    vaults:\n      - name: kv-weu\n"
                   "      - {name: 'kv-${region}', forEach: {region: [neu, weu]}}\n") ==
             "a.yaml:7:16: vault \"kv-weu\" stands here twice (region=weu); the first is at "
             "a.yaml:6\n");
}

BOOST_AUTO_TEST_CASE(a_name_that_nothing_uses_is_a_mistake) {
  BOOST_TEST(names("  - name: rg\n    forEach: {region: [weu]}\n") ==
             "a.yaml:5:15: nothing here uses ${region}; write it into the name, or remove it from "
             "forEach\n");
  // A vault below is a use, also behind an alias.
  BOOST_TEST(names("  - {name: rg, forEach: {r: [a]}, vaults: [{name: 'kv-${r}'}]}\n") ==
             "rg rg/kv-a ");
  const auto loaded = load(head +
                           "x-tags: &tags {region: '${r}'}\nresourceGroups:\n"
                           "  - {name: rg, forEach: {r: [a]}, tags: *tags}\n");
  BOOST_TEST(report(loaded) == "");
}

BOOST_AUTO_TEST_CASE(a_name_that_means_something_already_is_a_mistake) {
  const auto loaded =
      load(head +
           "parameters: {stage: {default: dev}}\nresourceGroups:\n"
           "  - name: rg-${stage}-${region}\n    forEach: {stage: [a], region: [weu]}\n"
           "    vaults:\n      - {name: 'kv-${region}', forEach: {region: [neu]}}\n");
  BOOST_TEST(
      report(loaded) ==
      "a.yaml:6:15: \"stage\" is a parameter already; choose another name\n"
      "a.yaml:8:42: \"region\" is a variable of the resource group's forEach; choose another "
      "name; that one is at a.yaml:6\n");
}

BOOST_AUTO_TEST_CASE(mistakes_in_it_have_their_places_and_cause_no_others) {
  BOOST_TEST(names("  - name: rg-${a}-${b}-${c}\n    forEach: {a: [], b: x, c: , '1': [z]}\n") ==
             "a.yaml:5:18: \"a\" has no list of values; write forEach: {NAME: [VALUE, VALUE]}\n"
             "a.yaml:5:25: \"b\" has no list of values; write forEach: {NAME: [VALUE, VALUE]}\n"
             "a.yaml:5:28: \"c\" has no list of values; write forEach: {NAME: [VALUE, VALUE]}\n"
             "a.yaml:5:33: \"1\" cannot name a variable; write letters, digits, _ and -, the first "
             "no digit\n");
  BOOST_TEST(names("  - name: rg-${a}\n    forEach: [a]\n    skuu: x\n") ==
             "a.yaml:5:14: forEach is a map of names and their values; write forEach: {region: "
             "[weu, neu]}\n"
             "a.yaml:6:5: unknown key \"skuu\"; known here: name, location, tags, vaults, "
             "subscription, existing, adopt, protect, manage, unmanaged, roleAssignments, locks or "
             "forEach\n");
  BOOST_TEST(names("  - {name: 'rg-${a}', forEach: {a: [x, y, x]}}\n") ==
             "a.yaml:4:43: \"x\" stands twice in a; remove one; the first is on line 4\n");
  BOOST_TEST(
      names("  - {name: 'rg-${a}', forEach: {a: ['${b}', {}]}}\n").find("unknown parameter") !=
      std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mistake_in_every_combination_is_reported_for_each_value) {
  BOOST_TEST(names("  - {name: rg, vaults: [{name: 'kv-${a}-', forEach: {a: [x, y]}}]}\n")
                 .find("\"kv-y-\"") != std::string::npos);
  BOOST_TEST(names("  - {name: 'rg-${a}', forEach: {a: [x, y]}, skuu: 1}\n").find("skuu") ==
             names("  - {name: 'rg-${a}', forEach: {a: [x, y]}, skuu: 1}\n").rfind("skuu"));
}

BOOST_AUTO_TEST_CASE(it_cannot_stand_in_defaults) {
  BOOST_TEST(report(load(head + "defaults: {vault: {forEach: {a: [b]}}}\n")) ==
             "a.yaml:3:20: \"forEach\" cannot stand in defaults; write it where it belongs to one "
             "object\n");
}

BOOST_AUTO_TEST_CASE(combinations_stop_at_their_cap) {
  const auto made = [](std::size_t count) {
    return load(head + "resourceGroups: [{name: 'rg-${n}-${m}', forEach: {n: " + numbers(count) +
                ", m: [x]}}]\n");
  };
  BOOST_TEST(made(max_combinations).deployment.objects.size() == max_combinations);
  BOOST_TEST(report(made(max_combinations + 1)) ==
             "a.yaml:3:50: forEach makes more than 1000 combinations; write several entries with "
             "shorter lists\n");
}

BOOST_AUTO_TEST_CASE(names_stop_at_their_cap) {
  const auto with = [](std::size_t count) {
    std::string name = "rg", lists;
    for (std::size_t i = 0; i < count; ++i) {
      name += "-${n" + std::to_string(i) + "}";
      lists += "n" + std::to_string(i) + ": [x], ";
    }
    return report(
        load(head + "resourceGroups: [{name: '" + name + "', forEach: {" + lists + "}}]\n"));
  };
  BOOST_TEST(with(max_variables) == "");
  BOOST_TEST(with(max_variables + 1).find("forEach has more than 16 names") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_all_of_them_make_stops_at_its_cap) {
  const auto made = [](std::size_t plain) {
    std::string vaults;
    for (std::size_t i = 0; i < plain; ++i)
      vaults += "{name: 'kv-p" + std::to_string(i) + "-${n}'},";
    return load(head + "resourceGroups: [{name: 'rg-${n}', forEach: {n: " + numbers(1000) +
                "}, vaults: [" + vaults + "]}]\n");
  };
  // A thousand groups, and nineteen vaults in each.
  BOOST_TEST(report(made(19)) == "");
  BOOST_TEST(made(19).deployment.objects.size() == max_made_objects);
  BOOST_TEST(report(made(20)).find("forEach makes more than 20000 groups and vaults") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_values_that_they_make_stop_at_their_cap) {
  // Each vault holds its body, the firewall, its list and the entries.
  const auto made = [](std::size_t rules) {
    std::string list;
    for (std::size_t i = 0; i < rules; ++i)
      list += "20.1." + std::to_string(i / 250) + "." + std::to_string(i % 250) + ",";
    return load(head + "x-vault: &v {name: 'kv-${a}-${n}', networkAcls: {ipRules: [" + list +
                "]}}\nresourceGroups: [{name: rg, vaults: [" +
                "{<<: *v, forEach: {a: [x, y], n: " + numbers(500) + "}}, " +
                "{<<: *v, forEach: {a: [z, w], n: " + numbers(500) + "}}]}]\n");
  };
  static_assert(2'000 * (997 + 3) == max_made_values);
  BOOST_TEST(report(made(997)) == "");
  BOOST_TEST(report(made(998)).find("forEach makes more than 2000000 values") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
