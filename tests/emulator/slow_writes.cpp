#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

struct SlowFixture : VaultFixture {
  SlowFixture() : VaultFixture({.write_delay = 5s}) {}
};

const std::string policies = R"({"properties":{"accessPolicies":[]}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(slow_writes)

BOOST_FIXTURE_TEST_CASE(a_second_write_of_a_vault_conflicts_until_the_first_is_done, SlowFixture) {
  emulator->seed(vault() + "/privateEndpointConnections/pe1", pending_connection());
  const std::string approval =
      R"({"properties":{"privateLinkServiceConnectionState":{"status":"Approved"}}})";
  BOOST_TEST(patch(vault(), R"({"tags":{"a":"1"}})").status == 200);
  for (const Answer& answer : {put(vault(), vault_body()), patch(vault(), "{}"),
                               put(vault() + "/accessPolicies/add", policies), del(vault()),
                               put(vault() + "/privateEndpointConnections/pe1", approval),
                               del(vault() + "/privateEndpointConnections/pe1")}) {
    BOOST_TEST(answer.status == 409);
    BOOST_TEST(answer.code() == "ConflictError");
    BOOST_TEST(answer.message() ==
               "A conflict occurred that prevented the operation from completing. The operation "
               "failed because the vault 'kv1' changed from the point the operation began. This "
               "can happen if parallel operations are being performed on the vault. To prevent "
               "this error, serialize the operations so that only one operation is performed on "
               "the vault at a time.");
  }
  BOOST_TEST(get(vault()).json()["tags"].dump() == R"({"a":"1"})");
  clock.advance(4s);
  BOOST_TEST(patch(vault(), "{}").status == 409);
  clock.advance(1s);
  BOOST_TEST(put(vault() + "/accessPolicies/add", policies).status == 200);
  BOOST_TEST(patch(vault(), "{}").status == 409);
}

BOOST_FIXTURE_TEST_CASE(a_refused_write_keeps_nobody_out, SlowFixture) {
  BOOST_TEST(patch(vault(), R"({"properties":{"enableSoftDelete":false}})").status == 400);
  BOOST_TEST(patch(vault(), "{}").status == 200);
}

BOOST_FIXTURE_TEST_CASE(other_vaults_and_reads_are_not_kept_out, SlowFixture) {
  make_vault("kv2");
  BOOST_TEST(patch(vault(), "{}").status == 200);
  BOOST_TEST(patch(vault("kv2"), "{}").status == 200);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(put(vault() + "/secrets/s1", R"({"properties":{"value":"x"}})").status == 200);
}

BOOST_FIXTURE_TEST_CASE(writes_are_quick_unless_told_otherwise, VaultFixture) {
  patch(vault(), "{}");
  BOOST_TEST(patch(vault(), "{}").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
