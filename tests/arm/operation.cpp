#include "akv/mgmt/arm/operation.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv;
using namespace akv::arm;
using namespace std::chrono_literals;
using http::Method;
using Status = Operation::Status;
namespace data = boost::unit_test::data;

namespace {

const std::string vault_url = "https://management.azure.com/v?api-version=1";
const std::string location_url = "https://management.azure.com/locations/l/operationResults/t1?x=1";
const std::string async_url = "https://management.azure.com/operations/o1?api-version=1";
const Clock::SystemTime now{std::chrono::seconds{1795341600}};  // Sun, 22 Nov 2026 10:00:00 GMT

http::Response answer(int status, std::string body = {}, http::Headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}
std::string state(std::string_view word) {
  return R"({"name":"kv","properties":{"provisioningState":")" + std::string(word) + R"("}})";
}
Operation start(Method method, const http::Response& first, FinalState final_state) {
  return Operation::start(method, vault_url, first, final_state, now);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operation)

BOOST_AUTO_TEST_CASE(a_new_vault_is_asked_for_until_its_dns_is_registered) {
  auto job = start(Method::put, answer(200, state("RegisteringDns")), FinalState::location);
  BOOST_TEST((job.status() == Status::in_progress));
  BOOST_TEST(job.poll_url() == vault_url);
  BOOST_TEST((job.wait(5s) == 5s));
  job.advance(answer(200, state("RegisteringDns")), now);
  BOOST_TEST((job.status() == Status::in_progress));
  job.advance(answer(200, state("Succeeded")), now);
  BOOST_TEST((job.status() == Status::succeeded));
  BOOST_TEST(job.final_body().value() == state("Succeeded"));
}

BOOST_AUTO_TEST_CASE(an_existing_vault_is_done_at_once) {
  const auto job = start(Method::put, answer(200, state("Succeeded")), FinalState::location);
  BOOST_TEST((job.status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(an_absent_state_counts_as_success) {
  const auto job = start(Method::put, answer(200, R"({"name":"kv"})"), FinalState::resource);
  BOOST_TEST((job.status() == Status::succeeded));
  BOOST_TEST(job.final_body().value() == R"({"name":"kv"})");
}

BOOST_DATA_TEST_CASE(every_unknown_state_goes_on,
                     data::make({"RegisteringDns", "Provisioning", "SomethingNew", "Accepted"}),
                     word) {
  auto job = start(Method::put, answer(201, state(word)), FinalState::location);
  BOOST_TEST((job.status() == Status::in_progress));
  job.advance(answer(200, state("succeeded")), now);
  BOOST_TEST((job.status() == Status::succeeded));
}

BOOST_DATA_TEST_CASE(a_resource_that_ends_badly_is_a_failure, data::make({"Failed", "Canceled"}),
                     word) {
  auto job = start(Method::put, answer(200, state("Creating")), FinalState::location);
  job.advance(answer(200, state(word), {{"x-ms-request-id", "r"}}), now);
  BOOST_TEST((job.status() == Status::failed));
  BOOST_TEST(job.error().code == word);
  BOOST_TEST(job.error().request_id == "r");
  BOOST_TEST(job.error().message.find("without giving a reason") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(purge_follows_location_through_202s_and_the_status_decides_not_the_body) {
  auto job =
      start(Method::post, answer(202, "", {{"Location", location_url}, {"Retry-After", "5"}}),
            FinalState::none);
  BOOST_TEST(job.poll_url() == location_url);
  BOOST_TEST((job.wait(60s) == 5s));
  const std::string moved = location_url + "&more=1";
  job.advance(answer(202, R"({"status":"Succeeded"})", {{"Location", moved}, {"Retry-After", "7"}}),
              now);
  BOOST_TEST((job.status() == Status::in_progress));
  BOOST_TEST(job.poll_url() == moved);
  BOOST_TEST((job.wait(60s) == 7s));
  job.advance(answer(200, R"({"status":"NotStarted"})"), now);
  BOOST_TEST((job.status() == Status::succeeded));
  BOOST_TEST(!job.final_body());
}

BOOST_AUTO_TEST_CASE(a_204_at_location_is_done_too) {
  auto job = start(Method::del, answer(202, "", {{"Location", location_url}}), FinalState::none);
  job.advance(answer(204), now);
  BOOST_TEST((job.status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(a_4xx_at_the_end_of_a_job_is_its_failure) {
  auto job = start(Method::del, answer(202, "", {{"Location", location_url}}), FinalState::none);
  job.advance(answer(409, R"({"error":{"code":"ScopeLocked","message":"Locked."}})"), now);
  BOOST_TEST((job.status() == Status::failed));
  BOOST_TEST(job.error().code == "ScopeLocked");
  BOOST_TEST(job.error().status == 409);
  BOOST_TEST(job.error().target == "/v");
}

BOOST_AUTO_TEST_CASE(the_body_behind_location_is_the_result_where_it_is_asked_for) {
  auto job =
      start(Method::put, answer(202, "", {{"Location", location_url}}), FinalState::location);
  job.advance(answer(200, R"({"name":"kv"})"), now);
  BOOST_TEST(job.final_body().value() == R"({"name":"kv"})");
  auto empty =
      start(Method::put, answer(202, "", {{"Location", location_url}}), FinalState::location);
  empty.advance(answer(200), now);
  BOOST_TEST(empty.final_url() == vault_url);
}

BOOST_AUTO_TEST_CASE(a_resource_behind_location_must_be_ready_as_well) {
  auto job = start(Method::put, answer(201, state("RegisteringDns"), {{"Location", location_url}}),
                   FinalState::location);
  job.advance(answer(200, state("RegisteringDns")), now);
  BOOST_TEST((job.status() == Status::in_progress));
  job.advance(answer(200, state("Succeeded")), now);
  BOOST_TEST((job.status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(the_resource_is_read_at_the_end_where_that_holds_the_result) {
  auto job =
      start(Method::put, answer(202, "", {{"Location", location_url}}), FinalState::resource);
  job.advance(answer(200), now);
  BOOST_TEST((job.status() == Status::succeeded));
  BOOST_TEST(!job.final_body());
  BOOST_TEST(job.final_url() == vault_url);
}

BOOST_AUTO_TEST_CASE(azure_async_operation_comes_before_location) {
  auto job = start(Method::put,
                   answer(201, state("Creating"),
                          {{"Location", location_url}, {"Azure-AsyncOperation", async_url}}),
                   FinalState::resource);
  BOOST_TEST(job.poll_url() == async_url);
  job.advance(answer(200, R"({"status":"InProgress"})", {{"Retry-After", "9"}}), now);
  BOOST_TEST((job.status() == Status::in_progress));
  BOOST_TEST((job.wait(60s) == 9s));
  job.advance(answer(200, R"({"status":"Succeeded"})"), now);
  BOOST_TEST((job.status() == Status::succeeded));
  BOOST_TEST(job.final_url() == vault_url);

  auto by_location =
      start(Method::put,
            answer(201, "", {{"Location", location_url}, {"Azure-AsyncOperation", async_url}}),
            FinalState::location);
  by_location.advance(answer(200, R"({"status":"Succeeded"})"), now);
  BOOST_TEST(by_location.final_url() == location_url);
}

BOOST_AUTO_TEST_CASE(a_failed_async_operation_carries_its_error) {
  auto job = start(Method::put, answer(201, "", {{"Azure-AsyncOperation", async_url}}),
                   FinalState::resource);
  job.advance(answer(200, R"({"status":"Failed","error":{"code":"Conflict","message":"Taken."}})"),
              now);
  BOOST_TEST((job.status() == Status::failed));
  BOOST_TEST(job.error().code == "Conflict");
  BOOST_TEST(job.error().message == "Taken.");
}

BOOST_DATA_TEST_CASE(an_async_answer_without_a_status_is_a_failure,
                     data::make({"{}", "<html>", ""}), body) {
  auto job = start(Method::put, answer(201, "", {{"Azure-AsyncOperation", async_url}}),
                   FinalState::resource);
  job.advance(answer(200, body), now);
  BOOST_TEST((job.status() == Status::failed));
  BOOST_TEST(job.error().code == "InvalidOperationStatus");
}

BOOST_AUTO_TEST_CASE(an_async_operation_that_cannot_be_read_any_more_is_a_failure) {
  auto job = start(Method::put, answer(201, "", {{"Azure-AsyncOperation", async_url}}),
                   FinalState::resource);
  job.advance(answer(404, R"({"error":{"code":"OperationNotFound","message":"Gone."}})"), now);
  BOOST_TEST((job.status() == Status::failed));
  BOOST_TEST(job.error().code == "OperationNotFound");
}

BOOST_AUTO_TEST_CASE(an_accepted_post_that_names_nowhere_to_ask_is_a_failure) {
  const auto job = start(Method::post, answer(202), FinalState::none);
  BOOST_TEST((job.status() == Status::failed));
  BOOST_TEST(job.error().message.find("did not say where") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_accepted_delete_without_headers_waits_until_the_resource_is_gone) {
  auto job = start(Method::del, answer(202), FinalState::none);
  BOOST_TEST((job.status() == Status::in_progress));
  BOOST_TEST(job.poll_url() == vault_url);
  job.advance(answer(200, state("Deleting")), now);
  job.advance(answer(200, state("Succeeded")), now);
  BOOST_TEST((job.status() == Status::in_progress));
  job.advance(answer(404), now);
  BOOST_TEST((job.status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(deletes_and_posts_that_are_done_at_once_are_done) {
  BOOST_TEST((start(Method::del, answer(200), FinalState::none).status() == Status::succeeded));
  BOOST_TEST((start(Method::del, answer(204), FinalState::none).status() == Status::succeeded));
  BOOST_TEST((start(Method::post, answer(200), FinalState::none).status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(retry_after_may_be_zero_absent_or_a_date) {
  const auto waits = [](http::Headers headers) {
    headers.set("Location", location_url);
    return start(Method::post, answer(202, "", std::move(headers)), FinalState::none).wait(60s);
  };
  BOOST_TEST((waits({{"Retry-After", "0"}}) == 0s));
  BOOST_TEST((waits({}) == 60s));
  BOOST_TEST((waits({{"Retry-After", "Sun, 22 Nov 2026 10:00:42 GMT"}}) == 42s));
  BOOST_TEST((waits({{"Retry-After", "whenever"}}) == 60s));
}

BOOST_AUTO_TEST_CASE(an_ended_operation_takes_no_more_answers) {
  auto job = start(Method::post, answer(200), FinalState::none);
  job.advance(answer(500), now);
  BOOST_TEST((job.status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(a_resume_token_goes_on_where_it_was) {
  auto job = start(Method::post, answer(202, "", {{"Location", location_url}}), FinalState::none);
  auto resumed = Operation::resume(job.resume_token());
  BOOST_TEST((resumed.status() == Status::in_progress));
  BOOST_TEST(resumed.poll_url() == location_url);
  BOOST_TEST(resumed.resource_url() == vault_url);
  BOOST_TEST(resumed.resume_token() == job.resume_token());
  resumed.advance(answer(200), now);
  BOOST_TEST((resumed.status() == Status::succeeded));
}

BOOST_AUTO_TEST_CASE(a_token_of_an_ended_operation_leads_to_its_result_or_error) {
  auto good = start(Method::put, answer(200, state("Succeeded")), FinalState::location);
  const auto again = Operation::resume(good.resume_token());
  BOOST_TEST((again.status() == Status::succeeded));
  BOOST_TEST(again.final_url() == vault_url);

  auto bad = start(Method::put, answer(200, state("Creating")), FinalState::location);
  bad.advance(
      answer(403, R"({"error":{"code":"Denied","message":"No."}})", {{"x-ms-request-id", "r7"}}),
      now);
  const auto failed = Operation::resume(bad.resume_token());
  BOOST_TEST((failed.status() == Status::failed));
  BOOST_TEST(failed.error().status == 403);
  BOOST_TEST(failed.error().code == "Denied");
  BOOST_TEST(failed.error().request_id == "r7");
}

const char* const bad_tokens[] = {
    "",
    "{}",
    "[1]",
    R"({"version":2})",
    R"({"version":1,"method":"FETCH"})",
    R"({"version":1,"method":"PUT","style":"telepathy"})",
    R"({"version":1,"method":"PUT","style":"location","final":"none","status":"in-progress"})",
    R"({"version":1,"method":"PUT","style":"location","final":"none","status":"x","poll":"https://a","resource":"https://a"})",
};
BOOST_DATA_TEST_CASE(anything_else_is_no_token, data::make(bad_tokens), token) {
  BOOST_CHECK_EXCEPTION(Operation::resume(token), FormatError, [](const FormatError& error) {
    return std::string(error.what()).find("not a resume token") != std::string::npos;
  });
}

BOOST_AUTO_TEST_SUITE_END()
