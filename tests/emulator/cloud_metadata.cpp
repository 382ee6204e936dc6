#include "akv/emulator/detail/cloud_metadata.hpp"

#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/arm/client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;

namespace {

http::Response ask(const std::string& query, http::Method method = http::Method::get,
                   const std::string& origin = "https://localhost:8443") {
  emulator::Emulator emulator;
  http::Request request;
  request.method = method;
  request.url = origin + "/metadata/endpoints" + query;
  return emulator.handle(request);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud_metadata)

BOOST_AUTO_TEST_CASE(both_forms_are_had_without_a_token_and_lead_back_to_the_emulator) {
  for (const char* version :
       {"2015-01-01", "2018-05-01", "2019-05-01", "2021-12-01", "2022-09-01"}) {
    const http::Response answer = ask(std::string("?api-version=") + version);
    BOOST_REQUIRE(answer.status == 200);
    const arm::Cloud cloud = arm::cloud_from_metadata(answer.body, "https://localhost:8443");
    BOOST_TEST(cloud.authority_host == "https://localhost:8443");
    BOOST_TEST(cloud.audience.starts_with("https://management."));
    BOOST_TEST(cloud.resource_manager == "https://localhost:8443");
    BOOST_TEST(json::Document::parse(answer.body).is_array() ==
               (std::string(version) == "2019-05-01" || std::string(version) == "2021-12-01"));
  }
}

BOOST_AUTO_TEST_CASE(what_the_azure_cli_needs_is_there) {
  const json::Document body = json::Document::parse(ask("?api-version=2015-01-01").body);
  BOOST_TEST(!body["galleryEndpoint"].string_or().empty());
  BOOST_TEST(!body["graphEndpoint"].string_or().empty());
  BOOST_TEST(body["authentication"]["loginEndpoint"].string_or() == "https://localhost:8443/");
  BOOST_TEST(body["authentication"]["audiences"].size() > 0U);
}

BOOST_AUTO_TEST_CASE(since_2022_one_object_says_where_all_is) {
  const json::Document body = json::Document::parse(ask("?api-version=2022-09-01").body);
  BOOST_TEST(body["resourceManager"].string_or() == "https://localhost:8443/");
  BOOST_TEST(body["suffixes"].dump() ==
             R"({"acrLoginServer":"azurecr.io","sqlServerHostname":"database.windows.net",)"
             R"("keyVaultDns":"vault.azure.net","mhsmDns":"managedhsm.azure.net",)"
             R"("storage":"core.windows.net","mysqlServerEndpoint":"mysql.database.azure.com",)"
             R"("postgresqlServerEndpoint":"postgres.database.azure.com",)"
             R"("storageSyncEndpointSuffix":"afs.azure.net"})");
  for (const char* member : {"batch", "media", "vmImageAliasDoc", "sqlManagement", "gallery",
                             "portal", "graph", "microsoftGraphResourceId"})
    BOOST_TEST(body[member].string_or().starts_with("https://"), member);
}

BOOST_AUTO_TEST_CASE(on_azures_own_hosts_it_names_where_their_cloud_signs_in) {
  struct Row {
    std::string host, name, sign_in, vaults;
  };
  for (const Row& row :
       {Row{"management.azure.com", "AzureCloud", "login.microsoftonline.com", "vault.azure.net"},
        Row{"management.chinacloudapi.cn", "AzureChinaCloud", "login.chinacloudapi.cn",
            "vault.azure.cn"},
        Row{"management.usgovcloudapi.net", "AzureUSGovernment", "login.microsoftonline.us",
            "vault.usgovcloudapi.net"}}) {
    const std::string origin = "https://" + row.host;
    const json::Document body =
        json::Document::parse(ask("?api-version=2022-09-01", http::Method::get, origin).body);
    BOOST_TEST(body["name"].string_or() == row.name);
    BOOST_TEST(body["resourceManager"].string_or() == origin + "/");
    BOOST_TEST(body["authentication"]["loginEndpoint"].string_or() ==
               "https://" + row.sign_in + "/");
    BOOST_TEST(body["suffixes"]["keyVaultDns"].string_or() == row.vaults);
    const arm::Cloud cloud = arm::cloud_from_metadata(body.dump(), origin);
    BOOST_TEST(cloud.authority_host == "https://" + row.sign_in);
    const json::Document oldest =
        json::Document::parse(ask("?api-version=2015-01-01", http::Method::get, origin).body);
    BOOST_TEST(oldest["authentication"].dump() ==
               json::Document::object({{"loginEndpoint", "https://" + row.sign_in + "/"},
                                       {"audiences", body["authentication"]["audiences"]}})
                   .dump());
  }
}

BOOST_AUTO_TEST_CASE(a_missing_version_and_another_verb_are_refused) {
  BOOST_TEST(ask("").status == 400);
  BOOST_TEST(ask("?api-version=").status == 400);
  BOOST_TEST(ask("?api-version=2015-01-01", http::Method::post).status == 405);
}

BOOST_AUTO_TEST_SUITE_END()
