#include "akv/emulator/detail/cloud_metadata.hpp"

#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/arm/client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;

namespace {

http::Response ask(const std::string& query, http::Method method = http::Method::get) {
  emulator::Emulator emulator;
  http::Request request;
  request.method = method;
  request.url = "https://localhost:8443/metadata/endpoints" + query;
  return emulator.handle(request);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cloud_metadata)

BOOST_AUTO_TEST_CASE(both_forms_are_had_without_a_token_and_lead_back_to_the_emulator) {
  for (const char* version : {"2015-01-01", "2018-05-01", "2019-05-01", "2022-09-01"}) {
    const http::Response answer = ask(std::string("?api-version=") + version);
    BOOST_REQUIRE(answer.status == 200);
    const arm::Cloud cloud = arm::cloud_from_metadata(answer.body, "https://localhost:8443");
    BOOST_TEST(cloud.authority_host == "https://localhost:8443");
    BOOST_TEST(cloud.audience.starts_with("https://management."));
    BOOST_TEST(cloud.resource_manager == "https://localhost:8443");
    BOOST_TEST(json::Document::parse(answer.body).is_array() == (std::string(version) > "2019"));
  }
}

BOOST_AUTO_TEST_CASE(what_the_azure_cli_needs_is_there) {
  const json::Document body = json::Document::parse(ask("?api-version=2015-01-01").body);
  BOOST_TEST(!body["galleryEndpoint"].string_or().empty());
  BOOST_TEST(!body["graphEndpoint"].string_or().empty());
  BOOST_TEST(body["authentication"]["loginEndpoint"].string_or() == "https://localhost:8443/");
  BOOST_TEST(body["authentication"]["audiences"].size() > 0U);
}

BOOST_AUTO_TEST_CASE(a_missing_version_and_another_verb_are_refused) {
  BOOST_TEST(ask("").status == 400);
  BOOST_TEST(ask("?api-version=").status == 400);
  BOOST_TEST(ask("?api-version=2015-01-01", http::Method::post).status == 405);
}

BOOST_AUTO_TEST_SUITE_END()
