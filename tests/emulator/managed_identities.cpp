#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using json::Document;

namespace {

constexpr const char* identity_version = "2023-01-31";

struct IdentityFixture : OthersFixture {
  std::string one(const std::string& name = "app") const {
    return group() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(managed_identities)

BOOST_FIXTURE_TEST_CASE(one_is_made_with_a_principal_of_its_own_and_keeps_it, IdentityFixture) {
  const Answer made = put(one(), R"({"location":"West Europe"})", identity_version);
  BOOST_TEST(made.status == 201);
  BOOST_TEST(made.json()["type"].string_or() == "Microsoft.ManagedIdentity/userAssignedIdentities");
  const std::string principal(made.property("principalId").string_or());
  BOOST_TEST(principal.size() == 36u);
  BOOST_TEST(made.property("clientId").string_or() != principal);
  const Answer again =
      put(one("APP"), R"({"location":"westeurope","tags":{"a":"b"}})", identity_version);
  BOOST_TEST(again.status == 200);
  BOOST_TEST(again.property("principalId").string_or() == principal);
  BOOST_TEST(get(one(), identity_version).body == again.body);
  const Answer all = get(group() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities",
                         identity_version);
  BOOST_TEST(all.json()["value"].size() == 1u);
  BOOST_TEST(del(one(), identity_version).status == 200);
  BOOST_TEST(del(one(), identity_version).status == 204);
  BOOST_TEST(get(one(), identity_version).code() == "ResourceNotFound");
  BOOST_TEST(put(one(), "{}", identity_version).status == 400);
}

BOOST_FIXTURE_TEST_CASE(a_resource_may_have_one_of_its_own, IdentityFixture) {
  const std::string site = group() + "/providers/Microsoft.Web/sites/app";
  const std::string own = site + "/providers/Microsoft.ManagedIdentity/identities/default";
  BOOST_TEST(get(own, identity_version).code() == "ResourceNotFound");
  emulator->seed(site, Document::parse(R"({"location":"westeurope"})"));
  BOOST_TEST(get(own, identity_version).code() == "ResourceNotFound");
  emulator->seed(site,
                 Document::parse(R"({"location":"westeurope","identity":{"principalId":"p-1"}})"));
  const Answer shown = get(own, identity_version);
  BOOST_TEST(shown.status == 200);
  BOOST_TEST(shown.property("principalId").string_or() == "p-1");
  BOOST_TEST(shown.property("tenantId").string_or() == emulator->identity().tenant_id);
}

BOOST_FIXTURE_TEST_CASE(one_is_in_a_region_and_stays_there, IdentityFixture) {
  BOOST_TEST(put(one(), R"({"location":"atlantis"})", identity_version).code() ==
             "LocationNotAvailableForResourceType");
  put(one(), R"({"location":"westus"})", identity_version);
  BOOST_TEST(put(one(), R"({"location":"eastus"})", identity_version).status == 409);
  BOOST_TEST(put(one(), R"({"location":"West US"})", identity_version).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
