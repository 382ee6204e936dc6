#include "akv/mgmt/arm/client.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv;
using namespace std::chrono_literals;
namespace data = boost::unit_test::data;

namespace {

struct Envelope {
  const char *body, *code, *message;
};
std::ostream& operator<<(std::ostream& out, const Envelope& envelope) {
  return out << std::string(envelope.body).substr(0, 60);
}

const Envelope envelopes[] = {
    {R"({"error":{"code":"ResourceNotFound","message":"The Resource was not found."}})",
     "ResourceNotFound", "The Resource was not found."},
    {R"({"code":"BadRequest","message":"No."})", "BadRequest", "No."},
    {R"({"Code":"BadRequest","Message":"Capitals."})", "BadRequest", "Capitals."},
    {R"({"Message":"The requested resource does not support http method 'PUT'."})", "",
     "The requested resource does not support http method 'PUT'."},
    {R"({"odata.error":{"code":"Request_BadRequest","message":{"lang":"en","value":"OData."}}})",
     "Request_BadRequest", "OData."},
    {R"({"error":{"code":"Forbidden","message":{"lang":"en","value":"In an object."}}})",
     "Forbidden", "In an object."},
    {R"({"error":"invalid_client","error_description":"AADSTS7000215: wrong."})", "invalid_client",
     "AADSTS7000215: wrong."},
    {R"({"error":"just a word"})", "just a word",
     "the service gave no explanation beyond its code"},
    {R"({"error":{"code":40321,"message":"A number as code."}})", "40321", "A number as code."},
    {R"({"error":{"code":"MultipleErrorsOccurred","message":"Multiple error occurred.","details":[
         {"code":"Conflict","message":"First."},{"message":"Second."},{"code":"Third"}]}})",
     "MultipleErrorsOccurred", "Multiple error occurred.; Conflict: First.; Second.; Third"},
    {R"({"error":{"code":"C","message":"The same.","details":[{"message":"The same."}]}})", "C",
     "The same."},
    {R"({"error":{"innererror":{"code":"Deep","message":"Down here."}}})", "Deep", "Down here."},
    {R"({"error":{"code":"Out","innererror":{"code":"Mid","innererror":{"message":"Two down."}}}})",
     "Out", "Two down."},
    {R"({"error":{"innererror":{"innererror":{"code":"Deepest"}}}})", "Deepest",
     "the service gave no explanation beyond its code"},
    {R"({"error":{"code":"C","innererror":{"message":"First.","innererror":{"message":"No."}}}})",
     "C", "First."},
    {R"({"error":{"code":"C","innererror":"no object"}})", "C",
     "the service gave no explanation beyond its code"},
    {R"({"error":null,"code":"X","message":"Beside a null."})", "X", "Beside a null."},
    {R"("only a text")", "", "only a text"},
    {R"({"error":{}})", "", R"({"error":{}})"},
    {R"([1,2])", "", "[1,2]"},
    {"Service\r\n  Unavailable\n", "", "Service Unavailable"},
    {"<html><head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>", "",
     "502 Bad Gateway 502 Bad Gateway"},
    {R"({"error":{"code":"Trunc)", "", R"({"error":{"code":"Trunc)"},
    {"", "", "the service gave no explanation"},
    {"   ", "", "the service gave no explanation"},
};

http::Response answer(int status, std::string body, http::Headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(error_info)

BOOST_DATA_TEST_CASE(every_envelope_gives_status_text_and_request_id, data::make(envelopes),
                     envelope) {
  const ErrorInfo info = arm::error_info(answer(400, envelope.body, {{"x-ms-request-id", "r-1"}}),
                                         "Vaults.get", "/some/id");
  BOOST_TEST(info.status == 400);
  BOOST_TEST(info.code == envelope.code);
  BOOST_TEST(info.message == envelope.message);
  BOOST_TEST(info.request_id == "r-1");
  BOOST_TEST(info.operation == "Vaults.get");
  BOOST_TEST(info.target == "/some/id");
}

BOOST_AUTO_TEST_CASE(the_request_id_has_fallbacks) {
  const auto id = [](http::Headers headers) {
    return arm::error_info(answer(500, "", std::move(headers)), "o", "t").request_id;
  };
  BOOST_TEST(id({{"x-ms-client-request-id", "c"}, {"X-MS-REQUEST-ID", "r"}}) == "r");
  BOOST_TEST(id({{"x-ms-client-request-id", "c"}, {"x-ms-correlation-request-id", "k"}}) == "k");
  BOOST_TEST(id({{"x-ms-request-id", ""}, {"x-ms-client-request-id", "c"}}) == "c");
}

BOOST_AUTO_TEST_CASE(the_message_says_all_that_is_needed_to_act) {
  http::Response response = answer(409, R"({"error":{"code":"ScopeLocked","message":"Locked."}})",
                                   {{"x-ms-request-id", "r-9"}});
  response.attempts = 3;
  BOOST_CHECK_EXCEPTION(
      arm::throw_error(response, "Vaults.remove", "/id"), ConflictError,
      [](const ConflictError& error) {
        return std::string(error.what()) ==
               "Vaults.remove: ScopeLocked: Locked. (HTTP 409, /id, request id r-9, 3 attempts)";
      });
}

BOOST_AUTO_TEST_CASE(a_refusal_after_a_lost_answer_says_what_may_have_been_done) {
  http::Response response{.status = 409,
                          .body = R"({"error":{"code":"Conflict","message":"Busy."}})"};
  BOOST_TEST(!arm::error_info(response, "X.update", "/x").maybe_delivered);
  response.after_lost_answer = true;
  const ErrorInfo info = arm::error_info(response, "X.update", "/x");
  BOOST_TEST(info.maybe_delivered);
  BOOST_TEST(std::string(ConflictError(info).what()) ==
             "X.update: Conflict: Busy. (HTTP 409, /x, an earlier attempt may have been carried "
             "out: read before writing again)");
}

BOOST_AUTO_TEST_CASE(at_the_end_of_patience_the_wait_is_named) {
  const http::Response response{.status = 429, .headers = {{"Retry-After", "900"}}};
  BOOST_TEST(std::string(ThrottledError(arm::error_info(response, "X.get", "/x")).what()) ==
             "X.get: HTTP 429: the service gave no explanation (/x, again after 900 s)");
}

BOOST_AUTO_TEST_CASE(the_status_chooses_the_member_of_the_family) {
  const auto thrower = [](int status) {
    return [status] { arm::throw_error(answer(status, ""), "o", "t"); };
  };
  BOOST_CHECK_THROW(thrower(401)(), AuthenticationError);
  BOOST_CHECK_THROW(thrower(403)(), ForbiddenError);
  BOOST_CHECK_THROW(thrower(404)(), NotFoundError);
  BOOST_CHECK_THROW(thrower(412)(), ConflictError);
  BOOST_CHECK_THROW(thrower(429)(), ThrottledError);
  BOOST_CHECK_THROW(thrower(500)(), AzureError);
}

BOOST_AUTO_TEST_CASE(the_bodys_own_target_serves_where_the_caller_names_none) {
  const char* body = R"({"error":{"code":"C","message":"m","target":"kv1"}})";
  BOOST_TEST(arm::error_info(answer(403, body), "o", "").target == "kv1");
  BOOST_TEST(arm::error_info(answer(403, body), "o", "/id").target == "/id");
}

BOOST_AUTO_TEST_CASE(retry_after_is_read_in_seconds_and_as_a_date_by_the_services_clock) {
  const auto wait = [](http::Headers headers) {
    return arm::error_info(answer(429, "", std::move(headers)), "o", "t").retry_after;
  };
  BOOST_TEST((wait({{"Retry-After", "17"}}) == 17s));
  BOOST_TEST((wait({{"Retry-After", "Sun, 22 Nov 2026 10:00:30 GMT"},
                    {"Date", "Sun, 22 Nov 2026 10:00:00 GMT"}}) == 30s));
  BOOST_TEST(!wait({{"Retry-After", "Sun, 22 Nov 2026 10:00:30 GMT"}}));
  BOOST_TEST(!wait({{"Retry-After", "soon"}}));
  BOOST_TEST(!wait({}));
}

BOOST_AUTO_TEST_CASE(details_and_additional_infos_are_kept_as_data) {
  const ErrorInfo info = arm::error_info(
      answer(403, R"({"error":{"code":"RequestDisallowedByPolicy","message":"Disallowed.",
          "additionalInfo":[{"type":"PolicyViolation","info":{"policyAssignmentName":"no-public"}}],
          "details":[{"code":"A","message":"a","target":"/a","details":[{"code":"A1","message":"a1"}],
                      "additionalInfo":[{"type":"T","info":[1]}]},
                     7, {"code":"B","message":"Bearer abc.def.ghi"}]}})"),
      "Vaults.create_or_update", "/id");
  BOOST_REQUIRE(info.details.size() == 3u);
  BOOST_TEST(info.details[0].code == "A");
  BOOST_TEST(info.details[0].message == "a");
  BOOST_TEST(info.details[0].target == "/a");
  BOOST_TEST(info.details[1].code == "A1");
  BOOST_TEST(info.details[2].code == "B");
  BOOST_TEST(info.details[2].message.find("abc.def") == std::string::npos);
  BOOST_REQUIRE(info.additional_info.size() == 2u);
  BOOST_TEST(info.additional_info[0].type == "PolicyViolation");
  BOOST_TEST(info.additional_info[0].info == R"({"policyAssignmentName":"no-public"})");
  BOOST_TEST(info.additional_info[1].info == "[1]");
}

BOOST_AUTO_TEST_CASE(thirty_two_details_and_infos_are_kept_and_no_more) {
  for (const std::size_t count : {std::size_t{32}, std::size_t{33}}) {
    std::string details, infos;
    for (std::size_t i = 0; i < count; ++i) {
      details += (i ? "," : "") + std::string(R"({"code":"C","message":"m"})");
      infos += (i ? "," : "") + std::string(R"({"type":"T","info":1})");
    }
    const ErrorInfo info =
        arm::error_info(answer(400, R"({"error":{"code":"C","message":"m","details":[)" + details +
                                        R"(],"additionalInfo":[)" + infos + "]}}"),
                        "o", "t");
    BOOST_TEST(info.details.size() == 32u);
    BOOST_TEST(info.additional_info.size() == 32u);
  }
  for (const std::size_t size : {std::size_t{16384}, std::size_t{16385}}) {
    const ErrorInfo info = arm::error_info(
        answer(400, R"({"error":{"code":"C","additionalInfo":[{"type":"T","info":")" +
                        std::string(size - 2, 'x') + R"("}]}})"),
        "o", "t");
    BOOST_TEST(info.additional_info.at(0).info.size() == (size == 16384 ? size : 0));
  }
}

BOOST_AUTO_TEST_CASE(details_twenty_five_levels_deep_are_read_without_recursion) {
  std::string body;
  for (int i = 0; i < 25; ++i) body += R"({"code":"C","details":[)";
  body += R"({"code":"last"})";
  for (int i = 0; i < 25; ++i) body += "]}";
  BOOST_TEST(arm::error_info(answer(400, body), "o", "t").details.back().code == "last");
}

BOOST_AUTO_TEST_CASE(secrets_in_a_services_text_are_masked) {
  const ErrorInfo info = arm::error_info(
      answer(400, R"({"error":{"code":"C","message":"got Authorization: Bearer abc.def.ghi"}})"),
      "o", "t");
  BOOST_TEST(info.message.find("abc.def") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_code_is_one_short_line_without_secrets) {
  const auto code = [](const std::string& given) {
    return arm::error_info(answer(400, R"({"error":")" + given + R"("})"), "o", "t").code;
  };
  BOOST_TEST(code("client_secret=hunter2") == "client_secret=REDACTED");
  BOOST_TEST(code("a\\nb\\u001b[31m") == "a b [31m");
  BOOST_TEST(code(std::string(128, 'x')).size() == 128u);
  BOOST_TEST(code(std::string(129, 'x')).size() == 128u);
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_at_a_whole_character) {
  const std::string exact(2000, 'x');
  BOOST_TEST(arm::error_info(answer(500, exact), "o", "t").message == exact);
  const std::string over = arm::error_info(answer(500, exact + "y"), "o", "t").message;
  BOOST_TEST(over == exact + "...");
  std::string umlauts;
  for (int i = 0; i < 1500; ++i) umlauts += "\xc3\xa4";
  const std::string cut = arm::error_info(answer(500, "x" + umlauts), "o", "t").message;
  BOOST_TEST(cut.size() == 1999u + 3u);
}

BOOST_AUTO_TEST_CASE(a_huge_body_is_quoted_not_parsed) {
  const std::string filler(300'000, ' ');
  const ErrorInfo info =
      arm::error_info(answer(500, R"({"error":{"code":"C"},)" + filler + "}"), "o", "t");
  BOOST_TEST(info.code.empty());
  BOOST_TEST(info.message == R"({"error":{"code":"C"},)");
}

BOOST_AUTO_TEST_CASE(inner_errors_are_read_eight_levels_down_and_no_further) {
  const auto message = [](int levels) {
    std::string body = R"({"message":"Bottom."})";
    for (int i = 0; i < levels; ++i) body.insert(0, R"({"innererror":)").append("}");
    return arm::error_info(answer(400, R"({"error":{"code":"C",)" + body.substr(1) + "}"), "", "")
        .message;
  };
  BOOST_TEST(message(8) == "Bottom.");
  BOOST_TEST(message(9) == "the service gave no explanation beyond its code");
}

BOOST_AUTO_TEST_SUITE_END()
