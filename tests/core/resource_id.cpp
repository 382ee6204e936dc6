#include "akv/mgmt/core/resource_id.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace akv::test {
namespace {

std::string parts(std::string_view text) {
  const auto id = ResourceId::parse(text);
  if (!id) return "none";
  std::string result = id->subscription + '|' + id->resource_group + '|' + id->provider;
  for (const auto& [type, name] : id->types) result += '|' + type + '=' + name;
  return result + " is " + id->type() + ' ' + id->name();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(resource_id)

BOOST_AUTO_TEST_CASE(the_parts_of_every_form_of_id_are_read) {
  BOOST_TEST(parts("/subscriptions/s") == "s|| is Microsoft.Resources/subscriptions s");
  BOOST_TEST(parts("/subscriptions/s/resourceGroups/g") ==
             "s|g| is Microsoft.Resources/resourceGroups g");
  BOOST_TEST(parts("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv") ==
             "s|g|Microsoft.KeyVault|vaults=kv is Microsoft.KeyVault/vaults kv");
  BOOST_TEST(
      parts("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv/keys/k") ==
      "s|g|Microsoft.KeyVault|vaults=kv|keys=k is Microsoft.KeyVault/vaults/keys k");
  BOOST_TEST(parts("/subscriptions/s/providers/Microsoft.KeyVault/locations/we/deletedVaults/kv") ==
             "s||Microsoft.KeyVault|locations=we|deletedVaults=kv is "
             "Microsoft.KeyVault/locations/deletedVaults kv");
}

BOOST_AUTO_TEST_CASE(an_extension_resource_has_the_type_behind_its_own_provider) {
  BOOST_TEST(parts("/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv"
                   "/providers/Microsoft.Authorization/roleAssignments/r") ==
             "s|g|Microsoft.KeyVault|vaults=kv|providers=Microsoft.Authorization|"
             "roleAssignments=r is Microsoft.Authorization/roleAssignments r");
  BOOST_TEST(parts("/subscriptions/s/resourceGroups/g/providers/Microsoft.Authorization/locks/l") ==
             "s|g|Microsoft.Authorization|locks=l is Microsoft.Authorization/locks l");
}

BOOST_AUTO_TEST_CASE(keywords_are_read_in_any_case_and_names_keep_theirs) {
  BOOST_TEST(
      parts("/SUBSCRIPTIONS/S/resourcegroups/RG-Dev/Providers/microsoft.keyvault/Vaults/KV") ==
      "S|RG-Dev|microsoft.keyvault|Vaults=KV is microsoft.keyvault/Vaults KV");
}

BOOST_AUTO_TEST_CASE(what_is_no_id_is_refused) {
  for (const std::string text :
       {"", "/", "subscriptions/s", "/subscriptions", "/subscriptions/", "/subscriptions//",
        "//subscriptions/s", "/subscriptions/s/", "/subscriptions/s/resourceGroups",
        "/subscriptions/s//resourceGroups/g", "/subscriptions/s/resourceGroups/g/",
        "/subscriptions/s/resourceGroups/g/providers",
        "/subscriptions/s/resourceGroups/g/providers/NS",
        "/subscriptions/s/resourceGroups/g/providers/NS/vaults",
        "/subscriptions/s/resourceGroups/g/providers/NS/vaults/kv/providers/NS",
        "/subscriptions/s/other/g", "/providers/NS/type/name", "/tenants/t",
        "https://management.azure.com/subscriptions/s"})
    BOOST_TEST(parts(text) == "none", text);
}

BOOST_AUTO_TEST_CASE(names_that_a_url_would_read_otherwise_are_refused) {
  for (const std::string name : {".", "..", "a?b", "a#b", "a\nb", "a\x7f", "\t"})
    BOOST_TEST(parts("/subscriptions/s/resourceGroups/" + name) == "none", name);
  BOOST_TEST(parts("/subscriptions/s/resourceGroups/...") != "none");
  BOOST_TEST(parts("/subscriptions/s/resourceGroups/gr\xc3\xbcn (1).x_-") != "none");
  BOOST_TEST(parts(std::string("/subscriptions/a\0b", 18)) == "none");
}

BOOST_AUTO_TEST_CASE(two_thousand_and_forty_eight_characters_are_read_and_one_more_is_not) {
  const std::string start = "/subscriptions/s/resourceGroups/";
  BOOST_TEST(parts(start + std::string(2048 - start.size(), 'g')) != "none");
  BOOST_TEST(parts(start + std::string(2049 - start.size(), 'g')) == "none");
}

BOOST_AUTO_TEST_CASE(ids_are_written_as_they_are_read) {
  for (const std::string text :
       {"/subscriptions/s", "/subscriptions/s/resourceGroups/g",
        "/subscriptions/s/providers/Microsoft.KeyVault/locations/we/deletedVaults/kv",
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv/providers/"
        "Microsoft.Authorization/roleAssignments/r"})
    BOOST_TEST(ResourceId::parse(text)->to_string() == text);
  BOOST_TEST(resource_group_id("s", "g") == "/subscriptions/s/resourceGroups/g");
  BOOST_TEST(vault_id("s", "g", "kv") ==
             "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
