#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;

namespace {

const std::string identity =
    "/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/rg/providers/"
    "Microsoft.ManagedIdentity/userAssignedIdentities/app";

std::string with_principals(const std::string& lines) {
  return "apiVersion: akv/v1\ndeployment: d\nprincipals:\n" + lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(principals)

BOOST_AUTO_TEST_CASE(a_managed_identity_is_carried_until_it_is_resolved) {
  const auto loaded = load(with_principals("  app: {managedIdentity: " + identity + "}\n") +
                           "resourceGroups: [{name: rg, vaults: [{name: kv-one, accessPolicies: "
                           "[{principal: app, permissions: {keys: [get]}}]}]}]\n");
  BOOST_TEST(report(loaded) == "");
  const auto& principal = loaded.deployment.principals.at(0);
  BOOST_TEST(principal.managed_identity == identity);
  BOOST_TEST(principal.type == "ServicePrincipal");
  BOOST_TEST(akv::engine::managed_identity_of(principal.object_id) == identity);
  BOOST_TEST(loaded.deployment.places.file_and_line(principal.origin) == "a.yaml:4");
  const auto& body = loaded.deployment.objects.back().body;
  const auto& entry = body["accessPolicies"].as_array().at(0);
  BOOST_TEST(akv::engine::managed_identity_of(entry["objectId"].string_or()) == identity);
  BOOST_TEST(loaded.deployment.places.file_and_line(entry["objectId"].origin()) == "a.yaml:5");
  BOOST_TEST(akv::engine::managed_identity_of("1b2c0000-0000-4000-8000-000000000001") == "");
}

BOOST_AUTO_TEST_CASE(break_glass_and_type_are_carried) {
  const auto loaded = load(with_principals(
      "  a: {objectId: 1b2c0000-0000-4000-8000-000000000001, type: user, breakGlass: true}\n"
      "  b: 1b2c0000-0000-4000-8000-000000000002\n"));
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.deployment.principals.at(0).break_glass);
  BOOST_TEST(loaded.deployment.principals.at(0).type == "User");
  BOOST_TEST(!loaded.deployment.principals.at(1).break_glass);
}

BOOST_AUTO_TEST_CASE(their_mistakes_have_places) {
  BOOST_TEST(
      report(load(with_principals("  a: {managedIdentity: " + identity +
                                  ", objectId: 1b2c0000-0000-4000-8000-000000000001}\n"
                                  "  b: {managedIdentity: app}\n  c: {breakGlass: yes}\n"
                                  "  d: {managedIdentity: " +
                                  identity +
                                  "}\n"
                                  "  e: {managedIdentity: /SUBSCRIPTIONS" +
                                  identity.substr(14) + "}\n"))) ==
      "a.yaml:4:24: a principal has an objectId and a managedIdentity; write one of them\n"
      "a.yaml:5:24: \"app\" is not the id of a resource; write /subscriptions/S/resourceGroups/G/"
      "providers/Microsoft.ManagedIdentity/userAssignedIdentities/NAME\n"
      "a.yaml:6:6: principal \"c\" has no object id; write objectId: GUID, or managedIdentity: ID\n"
      "a.yaml:6:19: \"yes\" is not a value of breakGlass; write true or false\n"
      "a.yaml:8:3: \"e\" and \"d\" are one object id; keep one name; the other is at a.yaml:7\n");
}

BOOST_AUTO_TEST_CASE(an_encoded_id_of_a_managed_identity_is_refused_at_its_place) {
  for (const std::string name : {"my%20app", "app%2F..", "app%", "%61pp"}) {
    const std::string encoded = identity.substr(0, identity.rfind('/') + 1) + name;
    BOOST_TEST(report(load(with_principals("  a: {managedIdentity: " + encoded + "}\n"))) ==
               "a.yaml:4:24: \"/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourceGroups/"
               "rg/providers/...\" is encoded as in a URL; write the id without %, as Azure shows "
               "it\n");
  }
}

BOOST_AUTO_TEST_SUITE_END()
