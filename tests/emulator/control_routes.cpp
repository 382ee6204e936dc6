#include "support/emulator_client.hpp"
#include "support/other_client.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

namespace {

struct ControlFixture : VaultFixture {
  /// Without a token, as a test in another process asks.
  Answer ask(http::Method method, const std::string& path, const std::string& body = {}) {
    return {emulator->handle(
        {.method = method, .url = "https://localhost:8443/_emulator/" + path, .body = body})};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(control_routes, ControlFixture)

BOOST_AUTO_TEST_CASE(other_routes_are_not_found) {
  BOOST_TEST(ask(http::Method::get, "nothing").status == 404);
}

BOOST_AUTO_TEST_CASE(the_answer_to_head_has_no_body) {
  BOOST_TEST(ask(http::Method::get, "nothing").body != "");
  BOOST_TEST(ask(http::Method::head, "nothing").body == "");
  BOOST_TEST(ask(http::Method::head, "requests").body == "");
}

BOOST_AUTO_TEST_CASE(faults_are_set_counted_and_taken_back) {
  BOOST_TEST(
      ask(http::Method::put, "faults", R"({"rules":[{"name":"down","effect":{"status":503}}]})")
          .status == 204);
  BOOST_TEST(get(vault()).status == 503);
  BOOST_TEST(ask(http::Method::get, "faults").body ==
             R"({"rules":[{"name":"down","matched":1,"applied":1}]})");
  BOOST_TEST(ask(http::Method::del, "faults").status == 204);
  BOOST_TEST(get(vault()).status == 200);
  const Answer refused = ask(http::Method::put, "faults", R"({"rules":[{}]})");
  BOOST_TEST(refused.status == 400);
  BOOST_TEST(refused.message() == "$.rules[0].effect: is missing");
  BOOST_TEST(ask(http::Method::post, "faults").header("Allow") == "GET, PUT, DELETE");
}

BOOST_AUTO_TEST_CASE(options_are_shown_and_changed_while_it_runs) {
  const Document before = ask(http::Method::get, "options").json();
  BOOST_TEST(before["writeDelayMilliseconds"].int_or(-1) == 0);
  BOOST_TEST(before["pageSize"].int_or(-1) == 1000);
  BOOST_TEST(!before["recoverAppliesProperties"].bool_or(true));
  const Document after = ask(http::Method::patch, "options",
                             R"({"writeDelayMilliseconds":5000,"recoverAppliesProperties":true})")
                             .json();
  BOOST_TEST(after["writeDelayMilliseconds"].int_or(-1) == 5000);
  BOOST_TEST(after["recoverAppliesProperties"].bool_or(false));
  BOOST_TEST(after["jobDelayMilliseconds"].int_or(-1) == before["jobDelayMilliseconds"].int_or(-2));
  BOOST_TEST(patch(vault(), R"({"tags":{"a":"b"}})").status == 200);
  BOOST_TEST(patch(vault(), R"({"tags":{"a":"c"}})").code() == "ConflictError");
  clock.advance(5s);
  BOOST_TEST(patch(vault(), R"({"tags":{"a":"c"}})").status == 200);
  BOOST_TEST(ask(http::Method::put, "options").header("Allow") == "GET, PATCH");
}

BOOST_AUTO_TEST_CASE(a_mistaken_option_changes_none) {
  const std::pair<const char*, const char*> mistakes[] = {
      {R"({"pageSize":0})", "pageSize: expected a number from 1 to 1000"},
      {R"({"pageSize":1001})", "pageSize: expected a number from 1 to 1000"},
      {R"({"dnsDelayMilliseconds":600001})",
       "dnsDelayMilliseconds: expected a number from 0 to 600000"},
      {R"({"jobDelayMilliseconds":"5"})",
       "jobDelayMilliseconds: expected a number from 0 to 600000"},
      {R"({"throttle":1})", "throttle: expected true or false"},
      {R"({"pageSize":7,"clock":1})", "clock: is unknown"},
      {"[]", "expected an object of options"}};
  for (const auto& [body, message] : mistakes) {
    const Answer refused = ask(http::Method::patch, "options", body);
    BOOST_TEST(refused.status == 400, body);
    BOOST_TEST(refused.message() == message);
  }
  BOOST_TEST(ask(http::Method::get, "options").json()["pageSize"].int_or(-1) == 1000);
  BOOST_TEST(ask(http::Method::patch, "options",
                 R"({"pageSize":1,"dnsDelayMilliseconds":600000,"throttle":false})")
                 .status == 200);
}

BOOST_AUTO_TEST_CASE(the_recorded_waits_are_there_by_one_word) {
  emulator::Options options;
  emulator::use_recorded_delays(options);
  BOOST_TEST((options.dns_delay >= 10s && options.dns_delay <= 30s));
  BOOST_TEST((options.job_delay >= 5s && options.job_delay <= 25s));
  BOOST_TEST((options.write_delay > 0s));
  BOOST_TEST((options.role_propagation_delay > 0s));
}

BOOST_AUTO_TEST_CASE(a_principal_with_roles_of_its_own_is_added_and_may_sign_in) {
  const Answer added =
      ask(http::Method::post, "principals", R"({"name":"auditor","roles":[{"role":"Reader"}]})");
  BOOST_REQUIRE(added.status == 201);
  const Document who = added.json();
  emulator::Identity auditor = emulator->identity();
  auditor.client_id = who["clientId"].string_or();
  auditor.client_secret = who["clientSecret"].string_or();
  token = token_of(*this, auditor);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(del(vault()).code() == "AuthorizationFailed");
}

BOOST_AUTO_TEST_CASE(a_principal_that_cannot_be_is_refused) {
  const std::string roles_101 = [] {
    std::string list;
    for (int i = 0; i < 101; ++i) list += R"({"role":"Reader"},)";
    list.back() = ']';
    return R"({"name":"a","roles":[)" + list + "}";
  }();
  const std::pair<std::string, const char*> mistakes[] = {
      {"{}", "expected a \"name\" of 1 to 256 characters"},
      {R"({"name":")" + std::string(257, 'a') + "\"}",
       "expected a \"name\" of 1 to 256 characters"},
      {R"({"name":"a","secretLifetimeSeconds":-1})",
       "expected \"secretLifetimeSeconds\" from 1 to 100 years"},
      {R"({"name":"a","roles":{}})", "expected \"roles\", a list of up to 100 objects"},
      {roles_101, "expected \"roles\", a list of up to 100 objects"}};
  for (const auto& [body, message] : mistakes)
    BOOST_TEST(ask(http::Method::post, "principals", body).message() == message);
  BOOST_TEST(
      ask(http::Method::post, "principals", R"({"name":"a","roles":[{"role":"King"}]})").status ==
      400);
  BOOST_TEST(ask(http::Method::post, "principals", R"({"name":")" + std::string(256, 'a') + "\"}")
                 .status == 201);
  BOOST_TEST(ask(http::Method::get, "principals").header("Allow") == "POST");
}

BOOST_AUTO_TEST_CASE(a_body_of_more_than_four_megabytes_is_refused) {
  const std::string four = R"({"rules":[]})" + std::string((4 << 20) - 12, ' ');
  BOOST_TEST(ask(http::Method::put, "faults", four).status == 204);
  BOOST_TEST(ask(http::Method::put, "faults", four + " ").message() ==
             "the body is longer than 4 MiB");
}

BOOST_AUTO_TEST_CASE(the_log_is_read_and_emptied_without_being_in_it) {
  ask(http::Method::del, "requests");
  get(vault());
  const Document log = ask(http::Method::get, "requests").json()["requests"];
  BOOST_REQUIRE(log.size() == 1u);
  BOOST_TEST(log.as_array()[0]["method"].string_or() == "GET");
  BOOST_TEST(log.as_array()[0]["status"].int_or(0) == 200);
  BOOST_TEST(ask(http::Method::get, "requests").body.find(token) == std::string::npos);
  BOOST_TEST(ask(http::Method::put, "requests").status == 405);
}

BOOST_AUTO_TEST_CASE(a_seed_brings_vaults_of_somebody_else) {
  const std::string foreign = "aaaa0000-0000-4000-8000-00000000000a";
  const std::string id = "/subscriptions/" + foreign +
                         "/resourceGroups/theirs/providers/Microsoft.KeyVault/vaults/taken";
  BOOST_TEST(ask(http::Method::post, "seed",
                 R"({"subscriptions":[{"id":")" + foreign + R"("}],"resources":[{"id":")" + id +
                     R"(","location":"westus","properties":{}}]})")
                 .status == 204);
  BOOST_TEST(make_vault("taken").code() == "VaultAlreadyExists");
  BOOST_TEST(ask(http::Method::post, "seed", "{}").message() ==
             "expected \"subscriptions\" or \"resources\"");
  BOOST_TEST(ask(http::Method::post, "seed", R"({"resources":[{"id":"nonsense"}]})").message() ==
             "'nonsense' is the id of no resource or resource group");
  BOOST_TEST(ask(http::Method::get, "seed").status == 405);
}

BOOST_AUTO_TEST_CASE(the_clock_is_moved_ahead_and_soft_deleted_vaults_vanish_on_time) {
  del(vault());
  BOOST_TEST(get(deleted()).status == 200);
  const Answer moved = ask(http::Method::post, "clock", R"({"advanceDays":91})");
  BOOST_TEST(moved.status == 200);
  BOOST_TEST(moved.json()["now"].string_or() ==
             ask(http::Method::get, "clock").json()["now"].string_or());
  sign_in();
  BOOST_TEST(get(deleted()).status == 404);
  for (const char* bad :
       {"{}", R"({"advanceSeconds":0})", R"({"advanceSeconds":-5})", R"({"advanceDays":36601})",
        R"({"advanceDays":213503982334602})", R"({"advanceSeconds":10,"advanceDays":-1})"})
    BOOST_TEST(ask(http::Method::post, "clock", bad).status == 400);
  BOOST_TEST(ask(http::Method::del, "clock").status == 405);
}

BOOST_AUTO_TEST_CASE(the_clock_goes_a_hundred_years_ahead_in_all_however_often_it_is_moved) {
  BOOST_TEST(ask(http::Method::post, "clock", R"({"advanceDays":36600})").status == 200);
  const Answer further = ask(http::Method::post, "clock", R"({"advanceDays":36600})");
  BOOST_TEST(further.status == 400);
  BOOST_TEST(further.message() == "the clock goes ahead only, and 100 years at most in all");
  BOOST_TEST(ask(http::Method::get, "clock").status == 200);
  BOOST_CHECK_THROW(emulator->advance(-1s), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_seed_that_no_answer_could_be_made_of_is_refused) {
  for (const char* members : {R"("properties":5)", R"("tags":[])"}) {
    const Answer refused =
        ask(http::Method::post, "seed",
            R"({"resources":[{"id":")" + vault("odd") + R"(",)" + members + "}]}");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.message().ends_with(" are no object"), refused.message());
  }
}

BOOST_AUTO_TEST_CASE(a_seed_with_a_known_member_of_another_kind_is_refused_with_its_place) {
  const std::string hsm = group() + "/providers/Microsoft.KeyVault/managedHSMs/h1";
  const struct {
    std::string id, members, says;
  } samples[] = {
      {hsm, R"("properties":{"regions":[5]})", "'properties.regions' must be a list of objects."},
      {hsm, R"("properties":{"regions":[{"name":"a"},{"isPrimary":1}]})",
       "'properties.regions[1].isPrimary' must be true or false."},
      {vault() + "/privateEndpointConnections/pe1",
       R"("properties":{"privateLinkServiceConnectionState":"Pending"})",
       "'properties.privateLinkServiceConnectionState' must be an object."},
      {vault() + "/keys/k1", R"("properties":{"attributes":[]})",
       "'properties.attributes' must be an object."},
      {vault() + "/secrets/s1", R"("properties":{"attributes":7})",
       "'properties.attributes' must be an object."},
      {vault("kv2"), R"("properties":{"sku":"standard"})", "'properties.sku' must be an object."},
      {group("odd"), R"("location":5)", "'location' must be a text."},
      {group() + "/providers/Microsoft.Other/things/t1", R"("tags":{"a":1})",
       "'tags' must be an object of texts."}};
  for (const auto& sample : samples) {
    const Answer refused =
        ask(http::Method::post, "seed",
            R"({"resources":[{"id":")" + sample.id + R"(",)" + sample.members + "}]}");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.message().ends_with("': The value of " + sample.says), refused.message());
  }
  // What we do not know, and what is not there, may be anything.
  BOOST_TEST(ask(http::Method::post, "seed",
                 R"({"resources":[{"id":")" + vault("kv2") +
                     R"(","location":"westus","properties":{"sku":null,"more":[5]}}]})")
                 .status == 204);
}

BOOST_AUTO_TEST_CASE(a_seed_is_done_whole_or_not_at_all) {
  const std::string foreign = "aaaa0000-0000-4000-8000-00000000000a";
  BOOST_TEST(ask(http::Method::post, "seed",
                 R"({"subscriptions":[{"id":")" + foreign + R"("}],"resources":[{"id":")" +
                     vault("kv2") + R"(","properties":{}},{"id":"nonsense"}]})")
                 .status == 400);
  BOOST_TEST(get(vault("kv2")).status == 404);
  BOOST_TEST(get("/subscriptions/" + foreign).code() == "SubscriptionNotFound");
}

BOOST_AUTO_TEST_CASE(json_that_no_route_took_keeps_its_secrets_out_of_the_log) {
  for (const char* path : {"/secret/s1", "/oauth2/v2.0/tokens"}) {
    emulator->handle({.method = http::Method::put,
                      .url = "https://localhost" + vault() + path,
                      .body = R"({"properties":{"value":"hunter2"},"client_secret":"hunter2"})"});
    put(vault() + path, R"({"properties":{"value":"hunter2"},"clientPassword":"hunter2"})");
  }
  BOOST_TEST(ask(http::Method::get, "requests").body.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_form_at_a_misspelt_address_keeps_its_secret_out_of_the_log) {
  emulator->handle({.method = http::Method::post,
                    .url = "https://localhost/t/oauth2/v2.0/tokens",
                    .body = "grant_type=client_credentials&client_secret=hunter2"});
  BOOST_TEST(ask(http::Method::get, "requests").body.find("hunter2") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_was_added_after_a_snapshot_can_still_sign_in_after_its_return) {
  ask(http::Method::put, "snapshots/before");
  emulator->add_principal({.name = "ada", .is_user = true});
  ask(http::Method::post, "snapshots/before");
  BOOST_CHECK_EXCEPTION(emulator->add_principal({.name = "Ada", .is_user = true}),
                        std::invalid_argument, [](const std::invalid_argument& error) {
                          return std::string(error.what()) == "there is a user 'Ada' already";
                        });
}

BOOST_AUTO_TEST_CASE(a_reset_forgets_all_but_who_may_sign_in) {
  ask(http::Method::put, "faults", R"({"rules":[{"effect":{"status":503}}]})");
  ask(http::Method::put, "snapshots/kept");
  BOOST_TEST(ask(http::Method::post, "reset").status == 204);
  BOOST_TEST(get(vault()).code() == "ResourceGroupNotFound");
  BOOST_TEST(emulator->requests().size() == 1u);
  BOOST_TEST(ask(http::Method::post, "snapshots/kept").status == 404);
  BOOST_TEST(make_group().status == 201);
  BOOST_TEST(make_vault().status == 200);
  BOOST_TEST(ask(http::Method::get, "reset").status == 405);
}

BOOST_AUTO_TEST_CASE(a_snapshot_brings_back_what_was) {
  BOOST_TEST(ask(http::Method::put, "snapshots/before").status == 204);
  del(vault());
  make_vault("kv2");
  BOOST_TEST(ask(http::Method::post, "snapshots/before").status == 204);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST(get(vault("kv2")).status == 404);
  BOOST_TEST(get(deleted()).status == 404);
  BOOST_TEST(ask(http::Method::post, "snapshots/other").status == 404);
  BOOST_TEST(ask(http::Method::get, "snapshots/before").status == 405);
}

BOOST_AUTO_TEST_CASE(sixteen_snapshots_are_kept_under_plain_names) {
  for (int i = 0; i < 16; ++i)
    BOOST_TEST(ask(http::Method::put, "snapshots/s" + std::to_string(i)).status == 204);
  BOOST_TEST(ask(http::Method::put, "snapshots/s0").status == 204);
  BOOST_TEST(ask(http::Method::put, "snapshots/s16").message() == "there are 16 snapshots already");
  BOOST_TEST(ask(http::Method::put, "snapshots/" + std::string(40, 'a')).status == 400);  // full
  for (const std::string& bad : {std::string("Upper"), std::string(41, 'a'), std::string()})
    BOOST_TEST(ask(http::Method::put, "snapshots/" + bad).message() ==
               "a snapshot's name has 1 to 40 of a to z, 0 to 9 and -");
}

BOOST_AUTO_TEST_CASE(the_clock_stays_ahead_when_a_snapshot_comes_back) {
  BOOST_TEST(ask(http::Method::put, "snapshots/a").status == 204);
  emulator->advance(24h);
  sign_in();
  del(vault());
  BOOST_TEST(ask(http::Method::post, "snapshots/a").status == 204);
  BOOST_TEST(get(vault()).status == 200);
  BOOST_TEST((emulator->now() - clock.now() == 24h));
}

BOOST_AUTO_TEST_SUITE_END()
