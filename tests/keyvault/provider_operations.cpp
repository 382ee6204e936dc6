// The list of the provider's operations, and the operations on network security perimeters, which
// are in preview and have no published example under the newest version.
#include "akv/mgmt/keyvault/provider_operations.hpp"

#include "akv/mgmt/keyvault/network_security_perimeter_configurations.hpp"
#include "keyvault/keyvault_fixture.hpp"

using namespace akv;
using namespace akv::test;

namespace {

const std::string perimeters = vault_path + "/networkSecurityPerimeterConfigurations";

const std::string configuration_body = R"({"id":"/n","name":"guid.association","type":"t",
    "systemData":{"createdBy":"me"},
    "properties":{"provisioningState":"Succeeded",
      "provisioningIssues":[{"name":"i","properties":{"issueType":"MissingPerimeterConfiguration",
        "severity":"Warning","description":"d","suggestedResourceIds":["/r"],
        "suggestedAccessRules":[{"name":"a","properties":{"direction":"Inbound"}}]}}],
      "networkSecurityPerimeter":{"id":"/p","perimeterGuid":"g","location":"westus"},
      "resourceAssociation":{"name":"association","accessMode":"Learning"},
      "profile":{"name":"p","accessRulesVersion":1,"diagnosticSettingsVersion":0,
        "enabledLogCategories":["c"],
        "accessRules":[{"name":"r","properties":{"direction":"Outbound",
          "addressPrefixes":["1.2.3.0/24"],"subscriptions":[{"id":"/subscriptions/s"}],
          "networkSecurityPerimeters":[{"id":"/q"}],
          "fullyQualifiedDomainNames":["example.com"],"emailAddresses":["a@example.com"],
          "phoneNumbers":["1"]}}]}}})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(provider_operations, KeyVaultFixture)

BOOST_AUTO_TEST_CASE(the_operations_of_the_provider_belong_to_no_subscription) {
  const std::string body = R"({"name":"Microsoft.KeyVault/vaults/read","origin":"system",
      "display":{"provider":"p","resource":"r","operation":"o","description":"d"},
      "isDataAction":false,
      "properties":{"serviceSpecification":{
        "logSpecifications":[{"name":"AuditEvent","displayName":"Audit","blobDuration":"PT1H"}],
        "metricSpecifications":[{"name":"Hit","displayName":"h","displayDescription":"",
          "unit":"Count","aggregationType":"Count","supportedAggregationTypes":["Count"],
          "supportedTimeGrainTypes":["PT1M"],"lockAggregationType":"Count",
          "dimensions":[{"name":"d","displayName":"D","toBeExportedForShoebox":true}],
          "fillGapWithZero":false,"internalMetricName":"AuditEvent"}]}}})";
  transport->reply(200, {}, page_of(body));
  const auto listed = client().operations().list().to_vector();
  BOOST_REQUIRE(listed.size() == 1u);
  check_kept(listed[0], body);
  check(0, "GET", "/providers/Microsoft.KeyVault/operations");
}

BOOST_AUTO_TEST_CASE(the_configurations_of_perimeters_are_listed_and_read) {
  transport->reply(200, {}, page_of(configuration_body)).reply(200, {}, configuration_body);
  const auto all = client().network_security_perimeter_configurations();
  const auto listed = all.list_configurations("rg", "kv-1").to_vector();
  BOOST_REQUIRE(listed.size() == 1u);
  check_kept(listed[0], configuration_body);
  check_kept(all.get_configuration("rg", "kv-1", "guid.association"), configuration_body);
  check(0, "GET", perimeters);
  check(1, "GET", perimeters + "/guid.association");
}

BOOST_AUTO_TEST_CASE(a_configuration_is_reconciled_and_that_may_be_repeated) {
  transport->fail(true).reply(204).reply(
      409, {}, R"({"error":{"code":"Busy","message":"m","target":"t","details":[]}})");
  const auto all = client().network_security_perimeter_configurations();
  all.reconcile_configuration("rg", "kv-1", "guid.association");
  check(1, "POST", perimeters + "/guid.association/reconcile");
  BOOST_CHECK_THROW(all.reconcile_configuration("rg", "kv-1", "guid.association"), ConflictError);
}

BOOST_AUTO_TEST_SUITE_END()
