#include "akv/mgmt/arm/path.hpp"

#include "akv/mgmt/core/errors.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using akv::AzureError;
using akv::arm::Path;

namespace {

const std::string group = "/subscriptions/s/resourceGroups/rg";
const std::string vault = group + "/providers/Microsoft.KeyVault/vaults/kv";
const std::string assignment = vault + "/providers/Microsoft.Authorization/roleAssignments/n";

std::string scope(std::string_view id) { return Path("Test").scope("scope", id).str(); }
std::string extension(std::string_view id) {
  return Path("Test").extension("id", "Microsoft.Authorization/roleAssignments", id).str();
}

bool is_refusal(const AzureError& error) {
  return error.info().code == "InvalidArgument" && error.info().operation == "Test";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(path)

BOOST_AUTO_TEST_CASE(names_are_checked_and_encoded) {
  BOOST_TEST(Path("Test").text("/x/").name("name", "a b/c?d").str() == "/x/a%20b%2Fc%3Fd");
  BOOST_TEST(Path("Test").names("names", "vaults/k v").str() == "/vaults/k%20v");
  BOOST_TEST(Path("Test").names("names", "").str().empty());
  for (const char* bad : {"/", "a/", "/a", "a//b", "a/../b", "."})
    BOOST_CHECK_EXCEPTION(Path("Test").names("names", bad), AzureError, is_refusal);
}

BOOST_DATA_TEST_CASE(whole_ids_are_scopes,
                     boost::unit_test::data::make({
                         std::string("/subscriptions/s"),
                         group,
                         vault,
                         vault + "/keys/k",
                         assignment,
                         std::string("/providers/Microsoft.Management/managementGroups/mg"),
                         std::string("/providers/Microsoft.Authorization/roleDefinitions/g"),
                         std::string("/scope"),
                     }),
                     id) {
  BOOST_TEST(scope(id) == id);
  BOOST_TEST(scope(std::string_view(id).substr(1)) == id);
}

BOOST_AUTO_TEST_CASE(the_tenant_is_a_scope_that_adds_nothing) { BOOST_TEST(scope("/").empty()); }

BOOST_AUTO_TEST_CASE(what_an_id_holds_is_encoded) {
  BOOST_TEST(scope("/subscriptions/s/resourceGroups/a (b)") ==
             "/subscriptions/s/resourceGroups/a%20%28b%29");
}

BOOST_DATA_TEST_CASE(half_ids_and_dots_are_no_scopes,
                     boost::unit_test::data::make({
                         std::string(),
                         std::string("//"),
                         std::string("/subscriptions"),
                         std::string("/SUBSCRIPTIONS/s/resourceGroups"),
                         group + "/",
                         group + "/providers/Microsoft.KeyVault",
                         group + "/providers/Microsoft.KeyVault/vaults",
                         vault + "/..",
                         vault + "/keys",
                         vault + "?x=y",
                         std::string("/subscriptions/./x"),
                         std::string("/providers"),
                         std::string("/providers/Microsoft.Management"),
                         std::string("/providers/Microsoft.Management/managementGroups"),
                         std::string("/providers/a/b/c/d"),
                     }),
                     id) {
  BOOST_CHECK_EXCEPTION(scope(id), AzureError, is_refusal);
}

BOOST_AUTO_TEST_CASE(an_extension_is_only_one_of_its_type) {
  BOOST_TEST(extension(assignment) == assignment);
  BOOST_TEST(extension(assignment.substr(1)) == assignment);
  const std::string at_tenant = "/providers/microsoft.authorization/ROLEASSIGNMENTS/n";
  BOOST_TEST(extension(at_tenant) == at_tenant);
  for (const std::string& other :
       {vault, group, assignment + "/", assignment + "/x/y", std::string("/"), std::string(),
        vault + "/providers/Microsoft.Authorization/locks/n",
        vault + "/xproviders/Microsoft.Authorization/roleAssignments/n",
        std::string("Microsoft.Authorization/roleAssignments/n")})
    BOOST_CHECK_EXCEPTION(extension(other), AzureError, is_refusal);
}

BOOST_AUTO_TEST_SUITE_END()
