#include "akv/mgmt/arm/client.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::arm;

BOOST_AUTO_TEST_SUITE(clouds)

BOOST_AUTO_TEST_CASE(the_three_clouds_are_found_by_name_in_any_case) {
  BOOST_TEST(find_cloud("azurecloud")->resource_manager == "https://management.azure.com");
  BOOST_TEST(find_cloud("AZURECHINACLOUD")->authority_host == "https://login.chinacloudapi.cn");
  BOOST_TEST(find_cloud("AzureUSGovernment")->vault_dns_suffix == "vault.usgovcloudapi.net");
  BOOST_TEST(!find_cloud("AzureGermanCloud"));
}

BOOST_AUTO_TEST_CASE(reads_the_oldest_form_which_is_one_object) {
  const Cloud cloud = cloud_from_metadata(
      R"({"galleryEndpoint":"https://gallery.example/","graphEndpoint":"https://graph.example/",
          "portalEndpoint":"https://portal.example/",
          "authentication":{"loginEndpoint":"https://localhost:8443/",
                            "audiences":["https://management.core.windows.net/",
                                         "https://management.azure.com/"]}})",
      "https://localhost:8443/");
  BOOST_TEST(cloud.resource_manager == "https://localhost:8443");
  BOOST_TEST(cloud.authority_host == "https://localhost:8443");
  BOOST_TEST(cloud.audience == "https://management.core.windows.net");
  BOOST_TEST(cloud.vault_dns_suffix == "vault.azure.net");
  BOOST_TEST(cloud.name == "localhost:8443");
}

BOOST_AUTO_TEST_CASE(a_public_cloud_is_told_by_where_it_signs_in) {
  const Cloud cloud = cloud_from_metadata(
      R"({"authentication":{"loginEndpoint":"https://login.chinacloudapi.cn/",
                            "audiences":["https://management.core.chinacloudapi.cn/"]}})",
      "https://management.chinacloudapi.cn");
  BOOST_TEST(cloud.vault_dns_suffix == "vault.azure.cn");
}

BOOST_AUTO_TEST_CASE(an_azure_stack_with_ad_fs_has_its_tenant_in_the_address) {
  const Cloud cloud = cloud_from_metadata(
      R"({"authentication":{"loginEndpoint":"https://adfs.local.example/adfs",
                            "audiences":["https://management.adfs.example/1"]}})",
      "https://management.local.example");
  BOOST_TEST(cloud.authority_host == "https://adfs.local.example");
}

BOOST_AUTO_TEST_CASE(takes_its_own_cloud_out_of_the_newer_form_which_is_an_array) {
  const char* answer = R"([
    {"name":"AzureCloud","resourceManager":"https://management.azure.com/",
     "authentication":{"loginEndpoint":"https://login.microsoftonline.com/",
       "audiences":["https://management.core.windows.net/","https://management.azure.com/"],
       "tenant":"common","identityProvider":"AAD"},
     "suffixes":{"keyVaultDns":"vault.azure.net"}},
    {"name":"Stack","resourceManager":"https://management.stack.example:443",
     "authentication":{"loginEndpoint":"https://login.stack.example",
       "audiences":["https://management.stack.example/0123"]},
     "suffixes":{"keyVaultDns":"vault.stack.example"}}])";
  const Cloud azure = cloud_from_metadata(answer, "https://MANAGEMENT.azure.com");
  BOOST_TEST(azure.name == "AzureCloud");
  BOOST_TEST(azure.audience == "https://management.azure.com");
  const Cloud stack = cloud_from_metadata(answer, "https://management.stack.example");
  BOOST_TEST(stack.name == "Stack");
  BOOST_TEST(stack.audience == "https://management.stack.example/0123");
  BOOST_TEST(stack.vault_dns_suffix == "vault.stack.example");
}

BOOST_AUTO_TEST_CASE(an_array_of_one_needs_no_address) {
  const Cloud cloud = cloud_from_metadata(
      R"([{"name":"Lab","authentication":{"loginEndpoint":"https://l.example",
           "audiences":["https://a.example"]}}])",
      "https://management.lab.example");
  BOOST_TEST(cloud.name == "Lab");
}

struct BadMetadata {
  const char *json, *named;
};
std::ostream& operator<<(std::ostream& out, const BadMetadata& bad) { return out << bad.json; }
const BadMetadata bad_answers[] = {
    {"{}", "authentication.loginEndpoint"},
    {"[]", "at least one cloud"},
    {"\"text\"", "expected an object"},
    {R"([{"name":"a"},{"name":"b"}])", "resourceManager"},
    {R"({"authentication":{"loginEndpoint":"http://login.example","audiences":["https://a"]}})",
     "not an https URL"},
    {R"({"authentication":{"loginEndpoint":"https://login.example"}})", "audiences"},
    {R"({"authentication":{"loginEndpoint":"https://login.example","audiences":[]}})", "audiences"},
};
BOOST_DATA_TEST_CASE(says_what_is_wrong_with_a_description,
                     boost::unit_test::data::make(bad_answers), bad) {
  BOOST_CHECK_EXCEPTION(cloud_from_metadata(bad.json, "https://arm.example"), FormatError,
                        [&](const FormatError& error) {
                          BOOST_TEST_INFO(error.what());
                          return std::string(error.what()).find(bad.named) != std::string::npos &&
                                 error.info().target == "https://arm.example/metadata/endpoints";
                        });
}

BOOST_AUTO_TEST_CASE(text_that_is_not_json_is_an_error) {
  BOOST_CHECK_THROW(cloud_from_metadata("<html>", "https://arm.example"), FormatError);
}

BOOST_AUTO_TEST_SUITE_END()
