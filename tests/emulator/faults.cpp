#include "akv/emulator/faults.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "support/emulator_client.hpp"
#include "support/key_vault_children.hpp"
#include "support/other_client.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using emulator::Delivery;
using json::Document;
namespace data = boost::unit_test::data;

namespace {

struct FaultsFixture : VaultFixture {
  void rules(const std::string& text) { emulator->set_faults(Document::parse(text)); }
  /// One rule, of its match and its effect.
  void rule(const std::string& match, const std::string& effect) {
    rules(R"({"rules":[{"match":)" + match + R"(,"effect":)" + effect + "}]}");
  }
  std::size_t policies() const {
    return emulator->peek(vault())["properties"]["accessPolicies"].size();
  }
  /// The statuses of a row of GETs on the vault.
  std::string statuses(int count) {
    std::string row;
    for (int i = 0; i < count; ++i) row += std::to_string(get(vault()).status) + " ";
    return row;
  }
};

const std::string any = R"({"path":"**/vaults/kv1"})";

struct Pattern {
  std::string pattern, path;
  bool fits;
  friend std::ostream& operator<<(std::ostream& out, const Pattern& p) {
    return out << p.pattern << " on " << p.path;
  }
};
const Pattern patterns[] = {
    {"**", "/a/b", true},
    {"**/vaults/*", "/s/providers/P/VAULTS/kv", true},
    {"**/vaults/*", "/s/vaults/kv/keys", false},
    {"**/vaults/**", "/s/vaults/kv/keys", true},
    {"/a/*/c", "/a/b/c", true},
    {"/a/*/c", "/a/b/b/c", false},
    {"/a/**/c", "/a/b/b/c", true},
    {"*", "/a", false},
    {"/kv-?", "/kv-1", true},
    {"/kv-?", "/kv-/", false},
    {"/a*b*c", "/axbxbxc", true},
    {"/a*b*c", "/axbxb/c", false},
    {"**/x/*/y", "/x/1/x/2/y", true},
    {"", "", true},
    {"", "/", false},
    {"/a", "/a/", false},
};

struct Mistake {
  std::string text, says;
  friend std::ostream& operator<<(std::ostream& out, const Mistake& m) { return out << m.text; }
};
const Mistake mistakes[] = {
    {"[]", "$: expected an object"},
    {R"({"rules":1})", "$.rules: expected a list of rules"},
    {R"({"seed":-1,"rules":[]})", "$.seed: expected a number from 0 to 2147483647"},
    {R"({"rules":[{"efect":{}}]})", "$.rules[0].efect: unknown; one of name, match, effect"},
    {R"({"rules":[{"match":{}}]})", "$.rules[0].effect: is missing"},
    {R"({"rules":[{"effect":{}}]})", "$.rules[0].effect: says nothing that goes wrong"},
    {R"({"rules":[{"effect":{"status":99}}]})",
     "$.rules[0].effect.status: expected a number from 200 to 599"},
    {R"({"rules":[{"effect":{"body":"x"}}]})", "$.rules[0].effect.body: needs a status beside it"},
    {R"({"rules":[{"effect":{"status":500,"answer":"later"}}]})",
     "$.rules[0].effect.answer: expected insteadOfWork or afterWork"},
    {R"({"rules":[{"effect":{"status":500,"headers":{"A":"\n"}}}]})",
     "$.rules[0].effect.headers.A: expected a header of printable ASCII"},
    {R"({"rules":[{"effect":{"status":500,"headers":3}}]})",
     "$.rules[0].effect.headers: expected an object"},
    {R"({"rules":[{"effect":{"contentType":"a\r\nb"}}]})",
     "$.rules[0].effect.contentType: expected a header of printable ASCII"},
    {R"({"rules":[{"effect":{"reset":"now"}}]})",
     "$.rules[0].effect.reset: expected beforeWork or afterWork"},
    {R"({"rules":[{"effect":{"reset":1}}]})", "$.rules[0].effect.reset: expected a text"},
    {R"({"rules":[{"effect":{"delayMilliseconds":600001}}]})",
     "$.rules[0].effect.delayMilliseconds: expected a number from 1 to 600000"},
    {R"({"rules":[{"effect":{"delayMilliseconds":0}}]})",
     "$.rules[0].effect.delayMilliseconds: expected a number from 1 to 600000"},
    {R"({"rules":[{"effect":{"status":500,"headers":{"Bad Name:":"x"}}}]})",
     "$.rules[0].effect.headers.Bad Name:: is no name of a header that a rule may set"},
    {R"({"rules":[{"effect":{"repeatHeaders":{"content-length":"5"}}}]})",
     "$.rules[0].effect.repeatHeaders.content-length: is no name of a header that a rule may set"},
    {R"({"rules":[{"effect":{"contentType":""}}]})",
     "$.rules[0].effect.contentType: expected a text"},
    {R"({"rules":[{"effect":{"poller":{"failed":{"code":5}}}}]})",
     "$.rules[0].effect.poller.failed.code: expected a text"},
    {R"({"rules":[{"effect":{"secondWriter":{}}}]})",
     "$.rules[0].effect.secondWriter: says nothing that the other writer does"},
    {R"({"rules":[{"effect":{"secondWriter":{"removePolicies":[]}}}]})",
     "$.rules[0].effect.secondWriter.removePolicies: expected a list of access policies"},
    {R"({"rules":[{"effect":{"secondWriter":{"addPolicies":[5]}}}]})",
     "$.rules[0].effect.secondWriter.addPolicies: expected a list of access policies"},
    {R"({"rules":[{"effect":{"secondWriter":{"tags":{"a":5}}}}]})",
     "$.rules[0].effect.secondWriter.tags.a: expected a text"},
    {R"({"rules":[{"match":{"method":[]},"effect":{"status":500}}]})",
     "$.rules[0].match.method: is an empty list"},
    {R"({"rules":[{"effect":{"poller":"slow"}}]})",
     R"($.rules[0].effect.poller: expected "stuck" or {"failed": {…}})"},
    {R"({"rules":[{"effect":{"secondWriter":{"addPolicies":{}}}}]})",
     "$.rules[0].effect.secondWriter.addPolicies: expected a list of access policies"},
    {R"({"rules":[{"effect":{"secondWriter":{"tags":[]}}}]})",
     "$.rules[0].effect.secondWriter.tags: expected an object of tags"},
    {R"({"rules":[{"match":{"method":"FETCH"},"effect":{"status":500}}]})",
     "$.rules[0].match.method: expected GET, HEAD, PUT, POST, PATCH or DELETE"},
    {R"({"rules":[{"match":{"probability":1.5},"effect":{"status":500}}]})",
     "$.rules[0].match.probability: expected a number from 0 to 1"},
    {R"({"rules":[{"match":{"path":""},"effect":{"status":500}}]})",
     "$.rules[0].match.path: expected 1 to 2048 characters"},
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(faults, FaultsFixture)

BOOST_DATA_TEST_CASE(a_pattern_fits_paths_segment_by_segment, data::make(patterns), sample) {
  BOOST_TEST(akv::emulator::fits(sample.pattern, sample.path) == sample.fits);
}

BOOST_DATA_TEST_CASE(a_mistake_is_refused_with_its_place, data::make(mistakes), sample) {
  rule(any, R"({"status":503})");
  BOOST_CHECK_EXCEPTION(rules(sample.text), FormatError, [&](const FormatError& error) {
    BOOST_TEST(error.info().message == sample.says);
    return true;
  });
  BOOST_TEST(get(vault()).status == 503);  // the old ones stay
}

BOOST_AUTO_TEST_CASE(a_thousand_rules_are_taken_and_one_more_is_not) {
  const auto many = [](std::size_t count) {
    Document list = Document::array();
    for (std::size_t i = 0; i < count; ++i)
      list.push_back(Document::parse(R"({"effect":{"status":500}})"));
    return Document::object({{"rules", std::move(list)}});
  };
  BOOST_TEST(akv::emulator::parse_fault_rules(many(1000)).rules.size() == 1000u);
  BOOST_CHECK_THROW(akv::emulator::parse_fault_rules(many(1001)), FormatError);
}

BOOST_AUTO_TEST_CASE(an_answer_has_a_megabyte_and_no_more) {
  const auto with_body = [](std::size_t size) {
    return Document::object(
        {{"rules", Document::array({Document::object(
                       {{"effect", Document::object(
                                       {{"status", 500}, {"body", std::string(size, 'x')}})}})})}});
  };
  BOOST_CHECK_NO_THROW(akv::emulator::parse_fault_rules(with_body(1 << 20)));
  BOOST_CHECK_THROW(akv::emulator::parse_fault_rules(with_body((1 << 20) + 1)), FormatError);
}

BOOST_AUTO_TEST_CASE(an_answer_comes_in_the_services_place) {
  rule(R"({"method":"GET","path":"**/vaults/*"})",
       R"({"status":429,"headers":{"Retry-After":"7"},
           "error":{"code":"TooManyRequests","message":"Slow down."}})");
  const Answer refused = get(vault());
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.header("Retry-After") == "7");
  BOOST_TEST(refused.code() == "TooManyRequests");
  BOOST_TEST(get(group()).status == 200);
  emulator->set_faults(Document::parse(R"({"rules":[]})"));
  BOOST_TEST(get(vault()).status == 200);
}

BOOST_AUTO_TEST_CASE(nothing_is_done_unless_the_answer_comes_after_the_work) {
  rule(R"({"method":"PUT"})", R"({"status":500})");
  BOOST_TEST(make_vault("kv2").status == 500);
  BOOST_TEST(emulator->peek(vault("kv2")).is_null());
  rule(R"({"method":"PUT"})", R"({"status":500,"answer":"afterWork"})");
  BOOST_TEST(make_vault("kv2").status == 500);
  BOOST_TEST(!emulator->peek(vault("kv2")).is_null());
}

BOOST_AUTO_TEST_CASE(a_body_can_be_any_text) {
  rule(any, R"({"status":502,"headers":{"Content-Type":"text/html"},"body":"<html>Bad"})");
  const Answer answer = get(vault());
  BOOST_TEST(answer.body == "<html>Bad");
  BOOST_TEST(answer.header("Content-Type") == "text/html");
}

BOOST_AUTO_TEST_CASE(rules_choose_by_number) {
  rule(R"({"path":"**/vaults/kv1","nth":2})", R"({"status":503})");
  BOOST_TEST(statuses(4) == "200 503 200 200 ");
  rule(R"({"path":"**/vaults/kv1","every":2})", R"({"status":503})");
  BOOST_TEST(statuses(4) == "200 503 200 503 ");
  rule(R"({"path":"**/vaults/kv1","times":2})", R"({"status":503})");
  BOOST_TEST(statuses(4) == "503 503 200 200 ");
}

BOOST_AUTO_TEST_CASE(chance_is_the_same_for_the_same_seed) {
  const auto play = [&](const char* seed) {
    rules(
        R"({"seed":)" + std::string(seed) +
        R"(,"rules":[{"match":{"probability":0.5,"path":"**/vaults/kv1"},"effect":{"status":503}}]})");
    return statuses(40);
  };
  const std::string first = play("1");
  BOOST_TEST(first == play("1"));
  BOOST_TEST(first != play("2"));
  BOOST_TEST(first.find("200") != std::string::npos);
  BOOST_TEST(first.find("503") != std::string::npos);
  rule(R"({"probability":0,"path":"**"})", R"({"status":503})");
  BOOST_TEST(statuses(3) == "200 200 200 ");
}

BOOST_AUTO_TEST_CASE(the_first_rule_that_fires_decides_and_all_are_counted) {
  rules(
      R"({"rules":[{"name":"once","match":{"path":"**/vaults/kv1","times":1},"effect":{"status":500}},
                     {"name":"then","match":{"path":"**/vaults/kv1"},"effect":{"status":503}}]})");
  BOOST_TEST(statuses(3) == "500 503 503 ");
  BOOST_TEST(
      emulator->fault_counts().dump() ==
      R"({"rules":[{"name":"once","matched":3,"applied":1},{"name":"then","matched":3,"applied":2}]})");
}

BOOST_AUTO_TEST_CASE(a_reset_before_the_work_does_nothing_and_one_after_it_loses_the_answer) {
  Delivery delivery;
  rule(R"({"method":"PUT"})", R"({"reset":"beforeWork"})");
  const auto put_vault = request(http::Method::put, vault("kv2"), vault_body());
  BOOST_TEST(emulator->handle(put_vault, delivery).status == 0);
  BOOST_TEST(delivery.reset);
  BOOST_TEST(emulator->peek(vault("kv2")).is_null());
  rule(R"({"method":"PUT"})", R"({"reset":"afterWork"})");
  BOOST_TEST(emulator->handle(put_vault, delivery).status == 0);
  BOOST_TEST(!emulator->peek(vault("kv2")).is_null());
}

BOOST_AUTO_TEST_CASE(
    in_process_a_lost_or_cut_answer_is_a_transport_error_and_delays_go_by_the_clock) {
  const auto transport = emulator::make_in_process_transport(emulator);
  const Context context{.clock = &clock};
  for (const char* effect : {R"({"reset":"afterWork"})", R"({"truncateAfter":10})"}) {
    rule(any, effect);
    BOOST_CHECK_EXCEPTION(transport->send(request(http::Method::get, vault()), context),
                          TransportError,
                          [](const TransportError& error) { return error.info().maybe_delivered; });
  }
  const auto before = clock.slept();
  rule(any, R"({"delayMilliseconds":1500})");
  BOOST_TEST(transport->send(request(http::Method::get, vault()), context).status == 200);
  BOOST_TEST((clock.slept() - before == 1500ms));
  rule(any, R"({"status":200,"body":"0123456789","bytesPerSecond":5})");
  transport->send(request(http::Method::get, vault()), context);
  BOOST_TEST((clock.slept() - before == 3500ms));
}

BOOST_AUTO_TEST_CASE(content_type_and_repeated_headers_change_the_real_answer) {
  rule(any, R"({"contentType":"text/plain","repeatHeaders":{"Cache-Control":"no-store"}})");
  const Answer answer = get(vault());
  BOOST_TEST(answer.header("Content-Type") == "text/plain");
  BOOST_TEST(answer.json()["name"].string_or() == "kv1");
  std::size_t count = 0;
  for (const auto& [name, value] : answer.headers) count += name == "Cache-Control";
  BOOST_TEST(count == 2u);
}

BOOST_AUTO_TEST_CASE(a_poller_is_stuck_or_fails) {
  rule(any, R"({"poller":"stuck"})");
  BOOST_TEST(get(vault()).property("provisioningState").string_or() == "RegisteringDns");
  rule(any, R"({"poller":{"failed":{"code":"Busy","message":"No."}}})");
  BOOST_TEST(get(vault()).property("provisioningState").string_or() == "Failed");
  BOOST_TEST(get(vault()).code() == "Busy");

  const std::string job = del(group()).header("Location");
  clock.advance(5s);
  rule(R"({"path":"**/operationresults/*"})", R"({"poller":"stuck"})");
  const Answer stuck = get(job);
  BOOST_TEST(stuck.status == 202);
  BOOST_TEST(stuck.header("Location") == job);
  BOOST_TEST(stuck.header("Retry-After") == "1");
  rule(R"({"path":"**/operationresults/*"})", R"({"poller":{"failed":{}}})");
  const Answer failed = get(job);
  BOOST_TEST(failed.status == 409);
  BOOST_TEST(failed.code() == "InternalServerError");
}

BOOST_AUTO_TEST_CASE(a_purge_that_is_stuck_says_so_in_its_body) {
  del(vault());
  const std::string job = post(deleted() + "/purge").header("Location");
  clock.advance(30s);
  rule(R"({"path":"**/operationresults/*"})", R"({"poller":"stuck"})");
  const Answer stuck = get(job);
  BOOST_TEST(stuck.status == 202);
  BOOST_TEST(stuck.json()["status"].string_or() == "NotStarted");
  BOOST_TEST(stuck.json()["createdDateTime"].string_or() != "");
  BOOST_TEST(stuck.json().find("lastActionDateTime") == nullptr);
}

BOOST_AUTO_TEST_CASE(the_address_of_an_async_operation_answers_200_whatever_happens) {
  const std::string connection = vault() + "/privateEndpointConnections/pe";
  emulator->seed(connection, pending_connection());
  const std::string operation =
      put(connection,
          R"({"properties":{"privateLinkServiceConnectionState":{"status":"Approved"}}})")
          .header("Azure-AsyncOperation");
  clock.advance(30s);
  rule(R"({"path":"**/operationresults/*"})", R"({"poller":"stuck"})");
  const Answer stuck = get(operation);
  BOOST_TEST(stuck.status == 200);
  BOOST_TEST(stuck.body == R"({"status":"InProgress"})");
  rule(R"({"path":"**/operationresults/*"})",
       R"({"poller":{"failed":{"code":"Busy","message":"No."}}})");
  const Answer failed = get(operation);
  BOOST_TEST(failed.status == 200);
  BOOST_TEST(failed.body == R"({"status":"Failed","error":{"code":"Busy","message":"No."}})");
}

BOOST_AUTO_TEST_CASE(an_answer_in_the_services_place_has_the_headers_of_every_answer) {
  rule(any, R"({"status":503,"error":{"code":"ServiceUnavailable","message":"Later."}})");
  const Answer refused = get(vault());
  for (const char* name : {"x-ms-request-id", "x-ms-correlation-request-id",
                           "x-ms-routing-request-id", "Cache-Control", "Pragma", "Expires",
                           "Strict-Transport-Security", "X-Content-Type-Options"})
    BOOST_TEST(refused.header(name) != "", name);
  rule(any, R"({"status":429,"headers":{"x-ms-request-id":"mine"}})");
  BOOST_TEST(get(vault()).header("x-ms-request-id") == "mine");
  rule(any, R"({"status":502,"body":"<html>","headers":{"Content-Type":"text/html"}})");
  BOOST_TEST(get(vault()).header("x-ms-request-id") == "");
}

BOOST_AUTO_TEST_CASE(content_type_and_repeated_headers_also_change_such_an_answer) {
  rule(
      any,
      R"({"status":503,"body":"<html>","contentType":"text/html","repeatHeaders":{"Pragma":"x"}})");
  const Answer refused = get(vault());
  BOOST_TEST(refused.header("Content-Type") == "text/html");
  BOOST_TEST(std::count_if(refused.headers.begin(), refused.headers.end(),
                           [](const auto& header) { return header.first == "Pragma"; }) == 2);
}

BOOST_AUTO_TEST_CASE(what_needs_the_work_is_refused_where_none_is_done) {
  for (const char* effect :
       {R"({"status":503,"poller":"stuck"})", R"({"status":503,"staleReads":1})",
        R"({"status":503,"answer":"insteadOfWork","rolePropagationSeconds":1})"})
    BOOST_CHECK_EXCEPTION(rule(any, effect), FormatError, [](const FormatError& error) {
      return std::string(error.what()).find("beside a status it needs answer: afterWork") !=
             std::string::npos;
    });
  rule(any, R"({"status":503,"answer":"afterWork","staleReads":1})");
}

BOOST_AUTO_TEST_CASE(a_role_assignment_can_count_late) {
  const emulator::Identity other = emulator->add_principal({.name = "late"});
  rule(R"({"method":"PUT","path":"**/roleAssignments/*"})", R"({"rolePropagationSeconds":30})");
  const std::string reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  BOOST_TEST(
      put(vault() + "/providers/Microsoft.Authorization/roleAssignments/"
                    "5f6e0000-0000-4000-8000-000000000001",
          R"({"properties":{"principalId":")" + other.object_id +
              R"(","roleDefinitionId":"/providers/Microsoft.Authorization/roleDefinitions/)" +
              reader + R"("}})",
          "2022-04-01")
          .status == 201);
  token = token_of(*this, other);
  BOOST_TEST(get(vault()).status == 403);
  clock.advance(30s);
  BOOST_TEST(get(vault()).status == 200);
}

BOOST_AUTO_TEST_CASE(a_second_writer_edits_policies_and_tags_just_before_a_write) {
  const std::string other = "9f3e0000-0000-4000-8000-000000000007";
  rule(R"({"method":"PATCH","path":"**/vaults/kv1"})", R"({"secondWriter":{"addPolicies":[)" +
                                                           policy(other, R"({"secrets":["get"]})") +
                                                           R"(],"tags":{"seen":"yes"}}})");
  BOOST_TEST(patch(vault(), R"({"properties":{"enabledForDeployment":true}})").status == 200);
  BOOST_TEST(policies() == 1u);
  BOOST_TEST(emulator->peek(vault())["tags"]["seen"].string_or() == "yes");
  rule(R"({"method":"PATCH","path":"**/vaults/kv1"})",
       R"({"secondWriter":{"removePolicies":[)" + policy(other, R"({"secrets":["get"]})") + "]}}");
  patch(vault(), R"({"properties":{"enabledForDeployment":false}})");
  BOOST_TEST(policies() == 0u);
  rule(R"({"method":"PATCH"})", R"({"secondWriter":{"tags":{"a":"b"}}})");
  BOOST_TEST(patch(vault("none"), "{}").status == 404);  // nothing to write to
}

BOOST_AUTO_TEST_CASE(reads_after_a_write_are_stale_for_so_many_requests) {
  rule(R"({"method":"PUT","path":"**/vaults/kv2"})", R"({"staleReads":2})");
  make_vault("kv2");
  BOOST_TEST(get(vault("kv2")).status == 404);
  BOOST_TEST(get(vault("KV2")).status == 404);
  BOOST_TEST(get(vault("kv2")).status == 200);

  rule(R"({"method":"DELETE","path":"**/vaults/kv2"})", R"({"staleReads":1})");
  del(vault("kv2"));
  BOOST_TEST(get(vault("kv2")).status == 200);
  BOOST_TEST(get(vault("kv2")).status == 404);
}

BOOST_AUTO_TEST_CASE(reads_of_all_that_is_written_can_be_stale) {
  rule(R"({"method":"PUT"})", R"({"staleReads":1})");
  const std::string role = vault() +
                           "/providers/Microsoft.Authorization/roleDefinitions/"
                           "aaaa0000-0000-4000-8000-00000000000a";
  make_group("late");
  BOOST_TEST(get(group("late")).status == 404);
  BOOST_TEST(get(group("late")).status == 200);
  put(group("late"), R"({"location":"westus","tags":{"a":"b"}})");
  BOOST_TEST(get(group("late")).json()["tags"].is_null());
  BOOST_TEST(get(group("late")).json()["tags"]["a"].string_or() == "b");
  // Its address answers no GET: nothing is kept of it.
  put(vault() + "/accessPolicies/add",
      R"({"properties":{"accessPolicies":[)" + policy(role.substr(role.size() - 36), "{}") + "]}}");
  BOOST_TEST(get(vault() + "/accessPolicies/add").status >= 400);
}

BOOST_AUTO_TEST_CASE(a_stale_answer_is_for_those_who_would_be_answered) {
  rule(R"({"method":"PUT","path":"**/vaults/kv2"})", R"({"staleReads":1})");
  make_vault("kv2");
  auto stranger = request(http::Method::get, vault("kv2"));
  stranger.headers.erase("Authorization");
  BOOST_TEST(emulator->handle(stranger).status == 401);
  BOOST_TEST(get(vault("kv2"), "none").code() == "MissingApiVersionParameter");
  BOOST_TEST(get(vault("kv2")).status == 404);
  BOOST_TEST(get(vault("kv2")).status == 200);
}

BOOST_AUTO_TEST_CASE(blank_segments_and_a_last_slash_make_no_other_path) {
  rule(any, R"({"status":503})");
  BOOST_TEST(get(vault() + "/").status == 503);
  BOOST_TEST(get("/" + vault()).status == 503);
  rule(R"({"method":"PATCH","path":"**/vaults/kv1"})",
       R"({"secondWriter":{"tags":{"seen":"yes"}},"staleReads":1})");
  patch(vault() + "//", R"({"properties":{"enabledForDeployment":true}})");
  BOOST_TEST(emulator->peek(vault())["tags"]["seen"].string_or() == "yes");
  BOOST_TEST(get("/" + vault() + "/").property("enabledForDeployment").bool_or(true) == false);
}

BOOST_AUTO_TEST_CASE(the_deletion_of_a_connection_can_be_stuck_too) {
  const std::string one = vault() + "/privateEndpointConnections/pe1";
  emulator->seed(one, Document::object({{"properties", Document::object()}}));
  const std::string job = del(one).header("Location");
  clock.advance(5s);
  rule(R"({"method":"GET"})", R"({"poller":"stuck"})");
  BOOST_TEST(get(job).status == 202);
  BOOST_TEST(get(job).header("Location") == job);
  emulator->set_faults(Document::parse(R"({"rules":[]})"));
  BOOST_TEST(get(job).status == 200);
}

BOOST_AUTO_TEST_CASE(a_refused_write_leaves_nothing_stale) {
  rule(R"({"method":"PUT","path":"**/vaults/kv1"})", R"({"staleReads":5})");
  BOOST_TEST(put(vault(), "{}").status == 400);
  patch(vault(), R"({"tags":{"a":"b"}})");
  BOOST_TEST(get(vault()).json()["tags"]["a"].string_or() == "b");
}

BOOST_AUTO_TEST_SUITE_END()
