#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

const std::string approval =
    R"({"properties":{"privateLinkServiceConnectionState":{"status":"approved","description":"ok"}}})";

/// A vault and a managed HSM, each with a connection that waits.
struct ConnectionFixture : HsmFixture {
  explicit ConnectionFixture(emulator::Options options = {}) : HsmFixture(std::move(options)) {
    make_vault();
    clock.advance(2s);
    for (const std::string& parent : parents())
      emulator->seed(parent + "/privateEndpointConnections/pe1", pending_connection());
  }
  std::vector<std::string> parents() const { return {vault(), hsm()}; }
};

std::string members_of(const Document& object) {
  std::string names;
  for (const json::Member& member : object.as_object()) names += member.name + " ";
  return names;
}

struct AtOnce : ConnectionFixture {
  AtOnce() : ConnectionFixture({.dns_delay = 0ms, .job_delay = 0ms}) {}
};

}  // namespace

BOOST_AUTO_TEST_SUITE(private_endpoints)

BOOST_FIXTURE_TEST_CASE(a_seeded_connection_is_shown_by_itself_and_in_its_parent,
                        ConnectionFixture) {
  for (const std::string& parent : parents()) {
    const std::string all = parent + "/privateEndpointConnections";
    const Answer found = get(all + "/PE1");
    BOOST_TEST(found.status == 200);
    BOOST_TEST(found.json()["id"].string_or() == all + "/pe1");
    BOOST_TEST(found.json()["name"].string_or() == "pe1");
    BOOST_TEST(found.json()["type"].string_or().ends_with("/privateEndpointConnections"));
    BOOST_TEST(emulator->peek(all + "/pe1").dump() == found.body);
    BOOST_TEST(get(all).json()["value"].as_array()[0].dump() == found.body);
    const Document shown = get(parent).property("privateEndpointConnections");
    BOOST_TEST(shown.size() == 1u);
    if (parent == vault())
      BOOST_TEST(get(parent).json()["properties"].as_object()[2].name ==
                 "privateEndpointConnections");
    BOOST_TEST(shown.as_array()[0].dump() == R"({"id":")" + all +
                                                 R"(/pe1","etag":"1","properties":)" +
                                                 found.json()["properties"].dump() + "}");
    emulator->seed(all + "/pe1", nullptr);
    BOOST_TEST(get(all + "/pe1").status == 404);
    BOOST_TEST(get(parent).property("privateEndpointConnections").is_null());
    BOOST_TEST(emulator->peek(all + "/pe1").is_null());
  }
  BOOST_TEST(get(group() + "/resources").json()["value"].size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(what_a_seed_leaves_out_is_filled_in, VaultFixture) {
  const std::string one = vault() + "/privateEndpointConnections/pe1";
  emulator->seed(one, Document::object({}));
  const std::string etag(get(one).json()["etag"].string_or());
  BOOST_TEST(etag.size() == 32u);
  BOOST_TEST(get(one).body ==
             R"({"id":")" + one +
                 R"(","name":"pe1","type":"Microsoft.KeyVault/vaults/privateEndpointConnections",)"
                 R"("location":"westus","etag":")" +
                 etag +
                 R"(","properties":{"provisioningState":"Succeeded",)"
                 R"("privateLinkServiceConnectionState":{"status":"Pending",)"
                 R"("actionsRequired":"None"}}})");
}

BOOST_FIXTURE_TEST_CASE(an_answer_takes_effect_by_the_clock, ConnectionFixture) {
  for (const std::string& parent : parents()) {
    const std::string one = parent + "/privateEndpointConnections/pe1";
    const Answer approved = put(one, approval);
    BOOST_TEST(approved.status == 200);
    BOOST_TEST(approved.property("provisioningState").string_or() == "Updating");
    BOOST_TEST(approved.property("privateLinkServiceConnectionState").dump() ==
               R"({"status":"Approved","description":"ok","actionsRequired":"None"})");
    BOOST_TEST(approved.property("privateEndpoint")["id"].string_or() == "/pe");
    const std::string operation = approved.header("Azure-AsyncOperation");
    BOOST_TEST(operation.starts_with("https://management.azure.com" + key_vault() +
                                     "/locations/westus/operationResults/"));
    BOOST_TEST(get(operation).status == 200);
    BOOST_TEST(get(operation).json()["status"].string_or() == "InProgress");
    const std::string etag(approved.json()["etag"].string_or());
    BOOST_TEST(etag.size() == 32U);
    BOOST_TEST(etag.find_first_not_of("0123456789abcdef") == etag.npos);
    BOOST_TEST(members_of(approved.json()) == "id name type location etag properties ");
    BOOST_TEST(members_of(approved.json()["properties"]) ==
               "provisioningState privateEndpoint privateLinkServiceConnectionState ");
    BOOST_TEST(get(one).body == approved.body);
    clock.advance(1s);
    BOOST_TEST(state(one) == "Succeeded");
    BOOST_TEST(members_of(get(one).json()) == "id name type location etag properties ");
    BOOST_TEST(get(operation).json()["status"].string_or() == "Succeeded");
    const std::string later(get(one).json()["etag"].string_or());
    BOOST_TEST(later.size() == 32U);
    BOOST_TEST(later != etag);
    const Document shown = get(parent).property("privateEndpointConnections");
    BOOST_TEST(shown.as_array()[0]["properties"].dump() == get(one).json()["properties"].dump());
  }
}

BOOST_FIXTURE_TEST_CASE(without_a_delay_answers_and_deletions_are_done_at_once, AtOnce) {
  for (const std::string& parent : parents()) {
    const std::string one = parent + "/privateEndpointConnections/pe1";
    const Answer approved = put(one, approval);
    BOOST_TEST(approved.property("provisioningState").string_or() == "Succeeded");
    BOOST_TEST(!approved.headers.has("Azure-AsyncOperation"));
    const Answer gone = del(one);
    BOOST_TEST(gone.status == 200);
    BOOST_TEST(gone.property("provisioningState").string_or() == "Disconnected");
    BOOST_TEST(del(one).status == 204);
    BOOST_TEST(get(parent).property("privateEndpointConnections").is_null());
  }
}

BOOST_FIXTURE_TEST_CASE(connections_are_not_made_here, ConnectionFixture) {
  for (const std::string& parent : parents()) {
    BOOST_TEST(put(parent + "/privateEndpointConnections/pe2", approval).code() ==
               "ResourceNotFound");
    BOOST_TEST(put(parent + "/privateEndpointConnections/pe1",
                   R"({"properties":{"privateLinkServiceConnectionState":{"status":"Sure"}}})")
                   .message() ==
               "An invalid value was provided for 'privateLinkServiceConnectionState.status'.");
    BOOST_TEST(put(parent + "/privateEndpointConnections/pe1", "{}").message() ==
               "An invalid value was provided for 'privateLinkServiceConnectionState'.");
  }
}

BOOST_FIXTURE_TEST_CASE(a_deletion_is_a_job_at_the_connections_own_address, ConnectionFixture) {
  for (const std::string& parent : parents()) {
    const std::string one = parent + "/privateEndpointConnections/pe1";
    put(one, approval);
    const Answer accepted = del(one);
    BOOST_TEST(accepted.status == 202);
    BOOST_TEST(accepted.header("Retry-After") == "1");
    const std::string location = accepted.header("Location");
    BOOST_TEST(location.starts_with("https://management.azure.com" + one + "?operationid="));
    BOOST_TEST(del(one).header("Location") == location);
    BOOST_TEST(state(one) == "Deleting");
    BOOST_TEST(put(one, approval).code() == "ResourceNotFound");
    const Answer busy = get(location);
    BOOST_TEST(busy.status == 202);
    BOOST_TEST(busy.header("Location") == location);
    clock.advance(1s);
    const Answer done = get(location);
    BOOST_TEST(done.status == 200);
    BOOST_TEST(done.property("provisioningState").string_or() == "Disconnected");
    BOOST_TEST(done.json()["name"].string_or() == "pe1");
    BOOST_TEST(get(one).status == 404);
    BOOST_TEST(del(one).status == 204);
    BOOST_TEST(get(parent).property("privateEndpointConnections").is_null());
    BOOST_TEST(get(one + "?operationid=none").code() == "OperationNotFound");
  }
}

BOOST_FIXTURE_TEST_CASE(what_ends_while_the_vault_is_deleted_is_shown_on_recovery,
                        ConnectionFixture) {
  put(vault() + "/privateEndpointConnections/pe1", approval);
  del(vault());
  clock.advance(1s);
  const Answer back = put(vault(), vault_body(R"(,"createMode":"recover")"));
  BOOST_TEST(back.property("privateEndpointConnections")
                 .as_array()[0]["properties"]["provisioningState"]
                 .string_or() == "Succeeded");
}

BOOST_FIXTURE_TEST_CASE(updates_of_the_parent_keep_its_connections, ConnectionFixture) {
  const std::string before = get(vault()).property("privateEndpointConnections").dump();
  put(vault(), vault_body());
  BOOST_TEST(patch(vault(), R"({"tags":{}})").property("privateEndpointConnections").dump() ==
             before);
  put(hsm(), hsm_body());
  BOOST_TEST(get(hsm()).property("privateEndpointConnections").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_part_of_nothing_cannot_be_seeded, EmulatorClient) {
  const std::string id = vault("kv9") + "/privateEndpointConnections/pe1";
  try {
    emulator->seed(id, pending_connection());
    BOOST_ERROR("it was");
  } catch (const std::invalid_argument& error) {
    BOOST_TEST(error.what() == "the emulator has no '" + vault("kv9") + "' that '" + id +
                                   "' could be part of; seed it first");
  }
}

BOOST_AUTO_TEST_SUITE_END()
