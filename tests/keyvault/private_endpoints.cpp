// The operations on private endpoint connections and private link resources, of vaults and of
// managed HSMs.
#include "akv/mgmt/keyvault/mhsm_private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/mhsm_private_link_resources.hpp"
#include "akv/mgmt/keyvault/private_endpoint_connections.hpp"
#include "akv/mgmt/keyvault/private_link_resources.hpp"
#include "keyvault/keyvault_fixture.hpp"

#include <tuple>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

struct OfVaults {
  using Connection = PrivateEndpointConnection;
  static auto connections(const KeyVaultManagementClient& client) {
    return client.private_endpoint_connections();
  }
  static auto link_resources(const KeyVaultManagementClient& client) {
    return client.private_link_resources().list_by_vault("rg", "kv-1");
  }
  static std::string parent() { return "kv-1"; }
  static std::string path() { return vault_path; }
};
struct OfManagedHsms {
  using Connection = MHSMPrivateEndpointConnection;
  static auto connections(const KeyVaultManagementClient& client) {
    return client.mhsm_private_endpoint_connections();
  }
  static auto link_resources(const KeyVaultManagementClient& client) {
    return client.mhsm_private_link_resources().list_by_mhsm_resource("rg", "hsm-1");
  }
  static std::string parent() { return "hsm-1"; }
  static std::string path() { return hsm_path; }
};
using Owners = std::tuple<OfVaults, OfManagedHsms>;

std::string connection_body(std::string_view state = "Succeeded") {
  return R"({"id":"/c","name":"pec","type":"Microsoft.KeyVault/x/privateEndpointConnections",
      "location":"westeurope","tags":{},"systemData":{"createdBy":"me"},"etag":"",
      "properties":{"privateEndpoint":{"id":"/pe"},
        "privateLinkServiceConnectionState":{"status":"Pending","description":"Please.",
          "actionsRequired":"None"},
        "provisioningState":")" +
         std::string(state) + R"("}})";
}

template <class Connection>
Connection approval() {
  return {.properties = PrivateEndpointConnectionProperties{
              .private_link_service_connection_state = PrivateLinkServiceConnectionState{
                  .status = private_endpoint_service_connection_status::approved,
                  .description = "Welcome."}}};
}

const char* approval_body = R"({"properties":{"privateLinkServiceConnectionState":{
    "status":"Approved","description":"Welcome."}}})";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(private_endpoints, KeyVaultFixture)

BOOST_FIXTURE_TEST_CASE_TEMPLATE(get_reads_a_connection, Owner, Owners, KeyVaultFixture) {
  transport->reply(200, {}, connection_body()).reply(200, {}, connection_body());
  const auto all = Owner::connections(client());
  check_kept(all.get("rg", Owner::parent(), "pec"), connection_body());
  BOOST_TEST(all.find("rg", Owner::parent(), "pec")->name == "pec");
  check(0, "GET", Owner::path() + "/privateEndpointConnections/pec");
  check(1, "GET", Owner::path() + "/privateEndpointConnections/pec");
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(an_answer_without_content_means_that_there_is_none, Owner, Owners,
                                 KeyVaultFixture) {
  transport->reply(204).reply(204).reply(404);
  const auto all = Owner::connections(client());
  BOOST_CHECK_THROW(all.get("rg", Owner::parent(), "pec"), NotFoundError);
  BOOST_TEST(!all.find("rg", Owner::parent(), "pec"));
  BOOST_TEST(!all.find("rg", Owner::parent(), "pec"));
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(put_sends_the_state_and_takes_the_answer_as_it_is, Owner, Owners,
                                 KeyVaultFixture) {
  transport->reply(200, {{"Azure-AsyncOperation", arm_origin + "/job"}},
                   connection_body("Updating"));
  const auto connection = Owner::connections(client()).put("rg", Owner::parent(), "pec",
                                                           approval<typename Owner::Connection>());
  check_put(0, Owner::path() + "/privateEndpointConnections/pec", approval_body);
  check_kept(connection, connection_body("Updating"));
  BOOST_TEST(count() == 1u);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(begin_put_follows_the_job_that_a_200_names, Owner, Owners,
                                 KeyVaultFixture) {
  transport
      ->reply(200, {{"Azure-AsyncOperation", arm_origin + "/job"}, {"Retry-After", "7"}},
              connection_body("Updating"))
      .reply(200, {}, R"({"status":"InProgress"})")
      .reply(200, {}, R"({"status":"Succeeded"})")
      .reply(200, {}, connection_body());
  auto poller = Owner::connections(client()).begin_put("rg", Owner::parent(), "pec",
                                                       approval<typename Owner::Connection>());
  check_kept(poller.result(), connection_body());
  check_put(0, Owner::path() + "/privateEndpointConnections/pec", approval_body);
  BOOST_TEST(sent(1).url == arm_origin + "/job");
  check(3, "GET", Owner::path() + "/privateEndpointConnections/pec");
  BOOST_TEST((clock.slept() == 12s));
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(begin_put_waits_for_the_resource_where_no_job_is_named, Owner,
                                 Owners, KeyVaultFixture) {
  transport->reply(200, {}, connection_body("Updating")).reply(200, {}, connection_body());
  const auto all = Owner::connections(client());
  const std::string token =
      all.begin_put("rg", Owner::parent(), "pec", approval<typename Owner::Connection>())
          .resume_token();
  check_kept(all.resume_put(token).result(), connection_body());
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_connection_without_its_endpoint_is_not_waited_for, Owner, Owners,
                                 KeyVaultFixture) {
  transport->reply(200, {}, connection_body("Disconnected"));
  auto poller = Owner::connections(client()).begin_put("rg", Owner::parent(), "pec",
                                                       approval<typename Owner::Connection>());
  check_kept(poller.result(), connection_body("Disconnected"));
  BOOST_TEST(count() == 1u);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_deletion_gives_what_the_service_shows_at_its_end, Owner, Owners,
                                 KeyVaultFixture) {
  const std::string path = Owner::path() + "/privateEndpointConnections/pec";
  const std::string job = arm_origin + path + "?operationid=1";
  transport->reply(200, {}, connection_body("Disconnected"))
      .reply(202, {{"Location", job}, {"Retry-After", "60"}})
      .reply(202, {{"Location", job}})
      .reply(200, {}, connection_body("Deleting"))
      .reply(200, {}, connection_body("Disconnected"));
  const auto all = Owner::connections(client());
  check_kept(*all.begin_delete("rg", Owner::parent(), "pec").result(),
             connection_body("Disconnected"));
  check(0, "DELETE", path);
  check_kept(*all.begin_delete("rg", Owner::parent(), "pec").result(),
             connection_body("Disconnected"));
  BOOST_TEST(sent(2).url == job);
  BOOST_TEST(sent(4).url == job);
  BOOST_TEST((clock.slept() == 70s));
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_deletion_may_leave_nothing, Owner, Owners, KeyVaultFixture) {
  const std::string job = arm_origin + "/job";
  const std::string deleting = connection_body("Deleting");
  transport->reply(200)
      .reply(204)
      .reply(202, {{"Location", job}})
      .reply(204)
      .reply(202, {}, deleting)
      .reply(200, {}, deleting)
      .reply(404)
      .reply(202, {{"Azure-AsyncOperation", job}})
      .reply(200, {}, R"({"status":"Succeeded"})");
  const auto all = Owner::connections(client());
  for (int i = 0; i < 5; ++i) BOOST_TEST(!all.begin_delete("rg", Owner::parent(), "pec").result());
  BOOST_TEST(count() == 9u);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_deletion_that_fails_says_so, Owner, Owners, KeyVaultFixture) {
  transport->reply(202, {{"Location", arm_origin + "/job"}})
      .reply(200, {}, connection_body("Failed"))
      .reply(404, {}, R"({"error":{"code":"ParentResourceNotFound","message":"Gone."}})");
  const auto all = Owner::connections(client());
  BOOST_CHECK_EXCEPTION(all.begin_delete("rg", Owner::parent(), "pec").result(), AzureError,
                        [](const AzureError& error) { return error.info().code == "Failed"; });
  BOOST_CHECK_THROW(all.begin_delete("rg", Owner::parent(), "pec"), NotFoundError);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_deletion_is_resumed_from_its_token_also_at_its_end, Owner,
                                 Owners, KeyVaultFixture) {
  transport->reply(202, {{"Location", arm_origin + "/job"}}).reply(200).reply(200);
  const auto all = Owner::connections(client());
  auto poller = all.begin_delete("rg", Owner::parent(), "pec");
  BOOST_TEST(!all.resume_delete(poller.resume_token()).result());
  BOOST_TEST(poller.poll());
  BOOST_TEST(!all.resume_delete(poller.resume_token()).result());
  BOOST_TEST(count() == 3u);
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(lists_give_the_connections_and_what_there_is_to_connect_to, Owner,
                                 Owners, KeyVaultFixture) {
  const std::string link = R"({"id":"/l","name":"vault","type":"t","location":"westeurope",
      "tags":{"a":"b"},"systemData":{"createdBy":"me"},
      "properties":{"groupId":"vault","requiredMembers":["default"],
        "requiredZoneNames":["privatelink.vaultcore.azure.net"]}})";
  transport->reply(200, {}, R"({"value":[)" + connection_body() + R"(],"nextLink":null})")
      .reply(200, {}, page_of(link));
  const auto connections =
      Owner::connections(client()).list_by_resource("rg", Owner::parent()).to_vector();
  BOOST_REQUIRE(connections.size() == 1u);
  check_kept(connections[0], connection_body());
  const auto links = Owner::link_resources(client());
  BOOST_REQUIRE(links.size() == 1u);
  check_kept(links[0], link);
  check(0, "GET", Owner::path() + "/privateEndpointConnections");
  check(1, "GET", Owner::path() + "/privateLinkResources");
}

BOOST_FIXTURE_TEST_CASE_TEMPLATE(a_connection_is_read_changed_and_put, Owner, Owners,
                                 KeyVaultFixture) {
  std::string body = connection_body();
  body.insert(body.find(R"("provisioningState")"), R"("groupIds":["vault"],)");
  body.insert(1, R"("kind":"new",)");
  transport->reply(200, {}, body);
  auto parameters = to_parameters(Owner::connections(client()).get("rg", Owner::parent(), "pec"));
  BOOST_TEST(parameters.name.empty());
  BOOST_TEST(parameters.system_data.is_absent());
  BOOST_TEST(parameters.properties->provisioning_state.is_absent());
  parameters.properties->private_link_service_connection_state->status = "Rejected";
  parameters.location.reset();
  parameters.tags.reset();
  check_sends(parameters, R"({"etag":"","kind":"new","properties":{"groupIds":["vault"],
      "privateLinkServiceConnectionState":{"status":"Rejected","description":"Please.",
        "actionsRequired":"None"}}})");
}

BOOST_AUTO_TEST_SUITE_END()
