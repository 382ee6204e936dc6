#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/manifest/permission_sets.hpp"
#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <string>

using namespace akv::manifest_tests;
using akv::manifest::built_in_sets;
using akv::manifest::permissions_of;

BOOST_AUTO_TEST_SUITE(builtin_sets)

BOOST_AUTO_TEST_CASE(there_is_one_for_each_template_of_the_portal) {
  std::string names;
  for (const auto& set : built_in_sets()) names += std::string(set.name) + "\n";
  BOOST_TEST(names ==
             "key-secret-certificate-management\nkey-secret-management\n"
             "secret-certificate-management\nkey-management\nsecret-management\n"
             "certificate-management\nsql-server-connector\n"
             "azure-data-lake-storage-or-azure-storage\nazure-backup\n"
             "exchange-online-customer-key\nsharepoint-online-customer-key\n"
             "azure-information-byok\n");
}

BOOST_AUTO_TEST_CASE(their_words_are_permissions_in_the_usual_case_and_stand_once) {
  for (const auto& set : built_in_sets()) {
    const akv::json::Document permissions = permissions_of(set);
    for (const auto& category : permissions.as_object()) {
      const auto known = akv::kinds::permission_words(category.name);
      std::set<std::string> seen;
      for (const auto& word : category.value.as_array()) {
        BOOST_TEST_CONTEXT(set.name << " " << category.name << " " << word.as_string()) {
          BOOST_TEST((std::find(known.begin(), known.end(), word.as_string()) != known.end()));
          BOOST_TEST(seen.insert(word.as_string()).second);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(none_of_them_may_purge) {
  for (const auto& set : built_in_sets()) {
    const std::string text = permissions_of(set).dump();
    BOOST_TEST(text.find("purge") == std::string::npos);
    BOOST_TEST(text.find("\"all\"") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(connectors_get_what_they_need_and_no_more) {
  const auto text = [](std::string_view name) {
    const auto sets = built_in_sets();
    const auto found = std::find_if(sets.begin(), sets.end(),
                                    [name](const auto& set) { return set.name == name; });
    return permissions_of(*found).dump();
  };
  BOOST_TEST(text("sql-server-connector") == R"({"keys":["get","list","wrapKey","unwrapKey"]})");
  BOOST_TEST(text("azure-backup") ==
             R"({"keys":["get","list","backup"],"secrets":["get","list","backup"]})");
  BOOST_TEST(text("azure-information-byok") == R"({"keys":["get","decrypt","sign"]})");
}

BOOST_AUTO_TEST_CASE(their_names_are_taken) {
  BOOST_TEST(report(load(vault("").replace(vault("").find("reader:"), 7, "azure-backup:"))) ==
             "a.yaml:6:18: \"azure-backup\" is a built-in permission set; choose another name\n");
}

BOOST_AUTO_TEST_SUITE_END()
