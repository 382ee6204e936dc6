// Resources and resource providers: samples of requests and answers, and the wait for a
// registration.
#include "neighbours/fixture.hpp"

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

const std::string provider_path = scope + "/providers/Microsoft.KeyVault";
const std::map<std::string, std::string> usual_query{{"api-version", "2024-03-01"}};

std::string provider_in(const std::string& state) {
  return R"({"id":")" + provider_path + R"(","namespace":"Microsoft.KeyVault",
      "registrationState":")" +
         state + R"(","registrationPolicy":"RegistrationRequired",
      "resourceTypes":[{"resourceType":"vaults","locations":["West Europe"],
        "locationMappings":[{"location":"West US","type":"EdgeZone","extendedLocations":["la"]}],
        "aliases":[{"name":"a","type":"Mask","defaultPath":"p",
          "defaultPattern":{"phrase":"x","variable":"v","type":"Extract"},
          "defaultMetadata":{"type":"String","attributes":"Modifiable"},
          "paths":[{"path":"p","apiVersions":["1"],"pattern":{"phrase":"x"},
                    "metadata":{"type":"Any","attributes":"None"}}]}],
        "apiVersions":["2026-02-01"],"defaultApiVersion":"2026-02-01",
        "zoneMappings":[{"location":"West Europe","zones":["1","2"]}],
        "apiProfiles":[{"profileVersion":"p","apiVersion":"1"}],
        "capabilities":"SupportsTags","properties":{"k":"v"}}],
      "providerAuthorizationConsentState":"NotRequired"})";
}

struct ProvidersFixture : NeighbourFixture {
  ProvidersOperations providers() { return resource_client().providers(); }
  void reply_state(const std::string& state) { transport->reply(200, {}, provider_in(state)); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(providers, ProvidersFixture)

BOOST_AUTO_TEST_CASE(get_and_list_read_all_that_a_provider_shows) {
  reply_state("Registered");
  reply_state("Registered");
  transport->reply(200, {}, R"({"value":[)" + provider_in("NotRegistered") + "]}");
  const Provider provider = providers().get("Microsoft.KeyVault");
  providers().get("Microsoft.KeyVault", "resourceTypes/aliases");
  const auto all = providers().list("metadata").to_vector();
  check(0, "GET", provider_path, usual_query);
  check(1, "GET", provider_path,
        {{"api-version", "2024-03-01"}, {"$expand", "resourceTypes/aliases"}});
  check(2, "GET", scope + "/providers", {{"api-version", "2024-03-01"}, {"$expand", "metadata"}});
  const std::string again = json::encode(provider, {.keep_read_only = true});
  BOOST_TEST((json::Document::parse(again) == json::Document::parse(provider_in("Registered"))),
             again);
  BOOST_TEST(provider.unknown.empty());
  BOOST_TEST(provider.resource_types[0].aliases[0].paths[0].metadata->type.value_or("") == "Any");
  BOOST_TEST(all.at(0).registration_state.value_or("") == registration_state::not_registered);
}

BOOST_AUTO_TEST_CASE(register_sends_nothing_but_the_consent_of_a_third_party) {
  reply_state("Registering");
  transport->fail(true);
  reply_state("Registering");
  const Provider provider = providers().register_provider("Microsoft.KeyVault");
  BOOST_TEST(!is_registered(provider));
  providers().register_provider("Contoso.Vaults",
                                {.third_party_provider_consent =
                                     ProviderConsentDefinition{.consent_to_authorization = true}});
  check(0, "POST", provider_path + "/register", usual_query);
  BOOST_TEST(sent(0).body.empty());
  check(2, "POST", scope + "/providers/Contoso.Vaults/register", usual_query,
        R"({"thirdPartyProviderConsent":{"consentToAuthorization":true}})");
}

BOOST_AUTO_TEST_CASE(a_registered_provider_is_only_read) {
  reply_state("registered");  // no case is promised
  BOOST_TEST(ensure_provider_registered(resource_client(), "Microsoft.KeyVault").id ==
             provider_path);
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_provider_is_registered_and_waited_for) {
  for (const char* state :
       {"NotRegistered", "Registering", "NotRegistered", "Registering", "Registered"})
    reply_state(state);
  const Provider provider = ensure_provider_registered(resource_client(), "Microsoft.KeyVault");
  BOOST_TEST(is_registered(provider));
  check(0, "GET", provider_path, usual_query);
  check(1, "POST", provider_path + "/register", usual_query);
  check(4, "GET", provider_path, usual_query);
  BOOST_TEST(count() == 5u);
  BOOST_TEST((clock.slept() == 20s));
}

BOOST_AUTO_TEST_CASE(a_registration_under_way_is_only_waited_for) {
  for (const char* state : {"Registering", "Registering", "Registered"}) reply_state(state);
  BOOST_TEST(is_registered(ensure_provider_registered(resource_client(), "Microsoft.KeyVault")));
  for (std::size_t i = 0; i < count(); ++i) BOOST_TEST(http::to_string(sent(i).method) == "GET");
}

BOOST_AUTO_TEST_CASE(the_wait_ends_after_a_minute_where_nobody_registers) {
  for (int i = 0; i < 7; ++i) reply_state("Unregistered");
  BOOST_CHECK_EXCEPTION(providers().wait_until_registered("Microsoft.KeyVault"), AzureError,
                        [](const AzureError& error) {
                          return error.info().message ==
                                 "after a minute the provider is still \"Unregistered\"";
                        });
  BOOST_TEST((clock.slept() == 60s));
}

BOOST_AUTO_TEST_CASE(the_wait_ends_at_the_deadline_of_the_call) {
  for (int i = 0; i < 4; ++i) reply_state("Registering");
  const CallOptions call{.context = {.deadline = clock.steady_now() + 25s}};
  BOOST_CHECK_THROW(providers().wait_until_registered("Microsoft.KeyVault", call), CancelledError);
  BOOST_TEST(count() == 3u);
}

BOOST_AUTO_TEST_CASE(the_wait_ends_at_a_stop_request) {
  std::stop_source stop;
  transport->then([&](const http::Request&) {
    stop.request_stop();
    return http::Response{200, {}, provider_in("Registering")};
  });
  const CallOptions call{.context = {.stop = stop.get_token()}};
  BOOST_CHECK_THROW(providers().wait_until_registered("Microsoft.KeyVault", call), CancelledError);
}

BOOST_AUTO_TEST_CASE(the_wait_ends_after_an_hour_in_any_case) {
  for (int i = 0; i < 362; ++i) reply_state("Registering");
  BOOST_CHECK_EXCEPTION(providers().wait_until_registered("Microsoft.KeyVault"), AzureError,
                        [](const AzureError& error) {
                          return error.info().code == "ProviderNotRegistered" &&
                                 error.info().target == provider_path &&
                                 error.info().message ==
                                     "after an hour the provider is still \"Registering\"";
                        });
  BOOST_TEST((clock.slept() == 1h));
}

BOOST_AUTO_TEST_CASE(who_may_not_register_is_told_so) {
  reply_state("NotRegistered");
  transport->reply(403, {}, R"({"error":{"code":"AuthorizationFailed","message":"No."}})");
  BOOST_CHECK_THROW(ensure_provider_registered(resource_client(), "Microsoft.KeyVault"),
                    ForbiddenError);
  transport->reply(404, {}, R"({"error":{"code":"InvalidResourceNamespace","message":"No."}})");
  BOOST_CHECK_THROW(ensure_provider_registered(resource_client(), "Microsoft.KeyVautl"),
                    NotFoundError);
}

BOOST_AUTO_TEST_CASE(a_provider_without_a_name_is_not_asked_for) {
  for (const char* name : {"", ".."}) {
    BOOST_TEST(refusal([&] { providers().get(name); }).find("resource provider namespace") !=
               std::string::npos);
    BOOST_TEST(!refusal([&] { providers().register_provider(name); }).empty());
  }
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(resources_are_listed_by_subscription_and_group) {
  const std::string resource = R"({"id":"/r","name":"vm","type":"Microsoft.Compute/virtualMachines",
      "location":"westeurope","extendedLocation":{"type":"EdgeZone","name":"e"},"tags":{"a":"b"},
      "plan":{"name":"n","publisher":"p","product":"o","promotionCode":"c","version":"1"},
      "properties":{"x":[1.10,null]},"kind":"k","managedBy":"/m",
      "sku":{"name":"n","tier":"t","size":"s","family":"f","model":"m","capacity":2},
      "identity":{"principalId":"p","tenantId":"t","type":"SystemAssigned, UserAssigned",
        "userAssignedIdentities":{"/i":{"principalId":"p","clientId":"c"},"/j":null}},
      "createdTime":"2026-01-01T00:00:00.1234567Z","changedTime":"2026-01-02T00:00:00Z",
      "provisioningState":"Succeeded","systemData":{"createdBy":"me"}})";
  reply_times(2, R"({"value":[)" + resource + R"(],"nextLink":""})");
  const ResourcesOperations resources = resource_client().resources();
  const auto all = resources.list({.filter = "resourceType eq 'x'", .top = 2}).to_vector();
  resources.list_by_resource_group("rg", {.expand = "createdTime,changedTime"}).to_vector();
  check(0, "GET", scope + "/resources",
        {{"api-version", "2024-03-01"}, {"$filter", "resourceType eq 'x'"}, {"$top", "2"}});
  check(1, "GET", scope + "/resourceGroups/rg/resources",
        {{"api-version", "2024-03-01"}, {"$expand", "createdTime,changedTime"}});
  BOOST_TEST(all.at(0).unknown.empty());
  BOOST_TEST(all.at(0).identity->type.value_or("") == resource_identity_type::both);
  const std::string again = json::encode(all.at(0), {.keep_read_only = true});
  BOOST_TEST((json::Document::parse(again) == json::Document::parse(resource)), again);
}

BOOST_AUTO_TEST_CASE(the_operations_of_each_provider_are_listed) {
  reply_times(3, R"({"value":[{"name":"Microsoft.X/y/read","origin":"user",
      "display":{"provider":"X","resource":"Y","operation":"Read","description":"Reads Y."}}]})");
  BOOST_TEST(resource_client().operations().list().to_vector().at(0).name == "Microsoft.X/y/read");
  const auto of_authorization = authorization().authorization_operations().list().to_vector();
  BOOST_TEST(of_authorization.at(0).display->description.value_or("") == "Reads Y.");
  BOOST_TEST(of_authorization.at(0).origin.value_or("") == "user");
  ResourceGraphClient(credential(), options()).operations().list().to_vector();
  check(0, "GET", "/providers/Microsoft.Resources/operations", usual_query);
  check(1, "GET", "/providers/Microsoft.Authorization/operations", {{"api-version", "2020-05-01"}});
  check(2, "GET", "/providers/Microsoft.ResourceGraph/operations", {{"api-version", "2022-10-01"}});
}

BOOST_AUTO_TEST_SUITE_END()
