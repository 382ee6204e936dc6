// Queries to Azure Resource Graph: samples of requests and answers, and pages.
#include "neighbours/fixture.hpp"

#include <iterator>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
using json::Document;

static_assert(std::input_iterator<QueryPages::iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, QueryPages::iterator>);

namespace {

const std::string path = "/providers/Microsoft.ResourceGraph/resources";
const std::map<std::string, std::string> usual_query{{"api-version", "2022-10-01"}};

std::string page(int count, const std::string& data, const std::string& token = {}, int total = 3) {
  return R"({"totalRecords":)" + std::to_string(total) + R"(,"count":)" + std::to_string(count) +
         R"(,"resultTruncated":"false","facets":[],"data":)" + data +
         (token.empty() ? "" : R"(,"$skipToken":")" + token + "\"") + "}";
}

const char* const table = R"({"columns":[{"name":"id","type":"string"},
    {"name":"tags","type":"object"}],"rows":[["/a",{"k":"v"}],["/b",null]]})";

struct GraphFixture : NeighbourFixture {
  ResourceGraphClient graph() { return ResourceGraphClient(credential(), options()); }
  static std::string ids(const std::vector<Document>& rows) {
    std::string all;
    for (const Document& row : rows) all += row["id"].string_or("?");
    return all;
  }
  static bool is(const FormatError& error, std::string_view code) {
    return error.info().code == code && error.info().target == path;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(resource_graph, GraphFixture)

BOOST_AUTO_TEST_CASE(a_query_sends_all_that_it_is_told) {
  const char* facets = R"([{"expression":"location","resultType":"FacetResult","totalRecords":2,
      "count":1,"data":[{"location":"x","count":2}]},{"expression":"y","resultType":"FacetError",
      "errors":[{"code":"NoValidColumns","message":"None.","new":{"a":1}}]}])";
  const std::string answer =
      R"({"totalRecords":9007199254740993,"count":1,"resultTruncated":"true","$skipToken":"t",
          "data":[{"id":"/a","n":1.10}],"facets":)" +
      std::string(facets) + "}";
  transport->reply(200, {}, answer);
  const QueryResponse response = graph().resources(
      {.query = "Resources",
       .subscriptions = {subscription},
       .management_groups = {"mg"},
       .options = QueryRequestOptions{.skip_token = "s",
                                      .top = 5,
                                      .skip = 10,
                                      .result_format = result_format::object_array,
                                      .allow_partial_scopes = true,
                                      .authorization_scope_filter =
                                          authorization_scope_filter::at_scope_exact},
       .facets = {{.expression = "location",
                   .options = FacetRequestOptions{.sort_by = "location",
                                                  .sort_order = facet_sort_order::ascending,
                                                  .filter = "x",
                                                  .top = 3}}}});
  check(0, "POST", path, usual_query,
        R"({"subscriptions":[")" + subscription + R"("],"managementGroups":["mg"],
            "query":"Resources","options":{"$skipToken":"s","$top":5,"$skip":10,
            "resultFormat":"objectArray","allowPartialScopes":true,
            "authorizationScopeFilter":"AtScopeExact"},"facets":[{"expression":"location",
            "options":{"sortBy":"location","sortOrder":"asc","filter":"x","$top":3}}]})");
  const std::string again = json::encode(response, {.keep_read_only = true});
  BOOST_TEST((Document::parse(again) == Document::parse(answer)), again);
  BOOST_TEST(response.is_truncated());
  BOOST_TEST(response.facets[1].errors[0].code.value_or("") == "NoValidColumns");
  BOOST_TEST(response.rows().at(0)["n"].as_number().text == "1.10");
}

BOOST_AUTO_TEST_CASE(a_query_changes_nothing_and_may_be_repeated) {
  transport->fail(true).reply(200, {}, page(0, "[]", {}, 0));
  BOOST_TEST(graph().resources({.query = "Resources"}).rows().empty());
  check(1, "POST", path, usual_query, R"({"query":"Resources"})");
}

BOOST_AUTO_TEST_CASE(a_query_that_cannot_be_read_is_an_error_that_names_it) {
  transport->reply(400, {}, R"({"error":{"code":"BadRequest","message":"Query is invalid."}})");
  BOOST_CHECK_EXCEPTION(graph().resources({.query = "?"}), AzureError, [](const AzureError& error) {
    return error.info().operation == "ResourceGraph.resources" && error.info().target == path &&
           error.info().message == "Query is invalid.";
  });
}

BOOST_AUTO_TEST_CASE(a_table_and_an_array_of_objects_give_the_same_rows) {
  transport->reply(200, {}, page(2, table))
      .reply(200, {}, page(2, R"([{"id":"/a","tags":{"k":"v"}},{"id":"/b","tags":null}])"));
  const QueryResponse as_table = graph().resources(
      {.query = "q", .options = QueryRequestOptions{.result_format = result_format::table}});
  const QueryResponse as_objects = graph().resources({.query = "q"});
  BOOST_TEST(as_table.table().columns.at(1).type == column_type::object);
  BOOST_TEST(as_table.table().rows.at(0).at(1).text == R"({"k":"v"})");
  BOOST_TEST((as_table.rows() == as_objects.rows()));
}

BOOST_AUTO_TEST_CASE(data_of_another_shape_says_so) {
  const auto complaint = [](const std::string& data, bool as_table) -> std::string {
    QueryResponse response;
    response.data.text = data;
    try {
      as_table ? (void)response.table() : (void)response.rows();
    } catch (const FormatError& error) {
      return error.info().message;
    }
    return "none";
  };
  BOOST_TEST(complaint("1", false) ==
             "the result of the query cannot be read: it is neither an array of objects nor a "
             "table");
  for (const char* data : {R"({"columns":[]})", R"({"rows":[]})", R"({"columns":1,"rows":2})"})
    BOOST_TEST(complaint(data, false) ==
               "the result of the query cannot be read: it is no table with columns and rows");
  BOOST_TEST(complaint("[]", true) ==
             "the result of the query cannot be read: it is no table with columns and rows");
  BOOST_TEST(complaint(R"({"columns":[{"name":"a"}],"rows":[[1,2]]})", false) ==
             "the result of the query cannot be read: a row has 2 cells, but there are 1 columns");
}

BOOST_AUTO_TEST_CASE(pages_follow_the_skip_token_to_the_last) {
  transport->reply(200, {}, page(2, R"([{"id":"/a"},{"id":"/b"}])", "t1"))
      .reply(200, {}, page(0, "[]", "t2"))
      .reply(200, {}, page(1, R"([{"id":"/c"}])"));
  QueryPages pages =
      graph().resource_pages({.query = "q", .options = QueryRequestOptions{.top = 2, .skip = 0}});
  BOOST_TEST(count() == 0u);
  std::string all;
  std::string tokens;
  for (const QueryResponse& one : pages) {
    all += ids(one.rows());
    tokens += pages.continuation_token() + ";";
  }
  BOOST_TEST(all == "/a/b/c");
  BOOST_TEST(tokens == "t1;t2;;");
  check(0, "POST", path, usual_query, R"({"query":"q","options":{"$top":2,"$skip":0}})");
  check(1, "POST", path, usual_query, R"({"query":"q","options":{"$top":2,"$skipToken":"t1"}})");
  check(2, "POST", path, usual_query, R"({"query":"q","options":{"$top":2,"$skipToken":"t2"}})");
}

BOOST_AUTO_TEST_CASE(a_walk_goes_on_from_a_token_and_outlives_its_client) {
  transport->reply(200, {}, page(1, R"([{"id":"/c"}])", "t2", 500))
      .reply(200, {}, page(1, R"([{"id":"/d"}])", {}, 500));
  QueryPages pages =
      graph().resource_pages({.query = "q", .options = QueryRequestOptions{.skip_token = "t1"}},
                             {.api_version = "2021-03-01"});
  QueryPages moved = std::move(pages);
  BOOST_TEST(ids(moved.rows()) == "/c/d");
  check(0, "POST", path, {{"api-version", "2021-03-01"}},
        R"({"query":"q","options":{"$skipToken":"t1"}})");
}

BOOST_AUTO_TEST_CASE(rows_do_not_get_lost_in_silence) {
  reply_times(1, page(2, "[{},{}]", {}, 5000));
  BOOST_CHECK_EXCEPTION(
      graph().resource_pages({.query = "Resources | project name"}).rows(), FormatError,
      [](const FormatError& error) {
        return is(error, "TruncatedResult") &&
               error.info().message ==
                   "the query matches 5000 rows, but the service shows 2 and no way to read on: "
                   "project id, so that the result has pages";
      });
  // What was skipped on purpose is not lost.
  reply_times(1, page(2, R"([{"id":"/a"},{"id":"/b"}])", {}, 12));
  BOOST_TEST(ids(graph()
                     .resource_pages({.query = "q", .options = QueryRequestOptions{.skip = 10}})
                     .rows()) == "/a/b");
}

BOOST_AUTO_TEST_CASE(a_walk_that_goes_round_in_a_circle_ends) {
  reply_times(2, page(1, "[{}]", "t1"));
  BOOST_CHECK_EXCEPTION(graph().resource_pages({.query = "q"}).rows(), FormatError,
                        [](const FormatError& error) { return is(error, "EndlessList"); });
  BOOST_TEST(count() == 2u);
}

BOOST_AUTO_TEST_CASE(a_deadline_is_the_time_for_each_page) {
  for (const char* token : {"t1", "t2", ""})
    transport->then([this, token](const http::Request&) {
      clock.advance(40s);
      return http::Response{200, {}, page(1, "[{}]", token)};
    });
  QueryPages pages =
      graph().resource_pages({.query = "q"}, {.context = {.deadline = clock.steady_now() + 60s}});
  BOOST_TEST(pages.rows().size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_page_that_failed_is_asked_for_again) {
  transport->reply(200, {}, page(1, R"([{"id":"/a"}])", "t1"))
      .reply(403, {}, R"({"error":{"code":"AuthorizationFailed","message":"No."}})")
      .reply(200, {}, page(1, R"([{"id":"/b"}])"));
  QueryPages pages = graph().resource_pages({.query = "q"});
  BOOST_CHECK_THROW(pages.rows(), ForbiddenError);
  BOOST_TEST(ids(pages.rows()) == "/b");
}

BOOST_AUTO_TEST_CASE(send_request_is_the_raw_way_out) {
  reply_times(1, "raw");
  BOOST_TEST(graph().send_request({.url = "/providers?api-version=1"}).body == "raw");
}

BOOST_AUTO_TEST_SUITE_END()
