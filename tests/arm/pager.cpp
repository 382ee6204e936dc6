#include "akv/mgmt/arm/pager.hpp"

#include "support/arm_fixture.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <iterator>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;

namespace {

struct Thing {
  std::string name{};
  static std::span<const json::FieldInfo> json_fields() {
    static constexpr json::FieldInfo list[] = {json::field<&Thing::name>("name")};
    return list;
  }
};

static_assert(std::input_iterator<Pager<Thing>::iterator>);
static_assert(std::input_iterator<Pager<Thing>::Pages::iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, Pager<Thing>::iterator>);

std::string page(const std::vector<std::string>& names, const std::string& next = {}) {
  json::Document items = json::Document::array();
  for (const std::string& name : names) items.push_back(json::Document::object({{"name", name}}));
  json::Document body = json::Document::object({{"value", items}});
  if (!next.empty()) body.set("nextLink", next);
  return body.dump();
}

struct PagerFixture : ArmFixture {
  const std::string first = arm_origin + "/things?api-version=1";
  const std::string second = arm_origin + "/things?$skiptoken=ab%2fc&api-version=2015-11-01";
  const std::string third = arm_origin + "/things?$skiptoken=3&api-version=1";

  Pager<Thing> things(CallOptions call = {}) {
    return Pager<Thing>(arm::PageSource(arm(), {.operation = "Things.list",
                                                .target = "/things",
                                                .first_url = first,
                                                .api_version = "1",
                                                .options = std::move(call)}));
  }
  static std::string names(Pager<Thing>& pager) {
    std::string all;
    for (const Thing& thing : pager) all += thing.name;
    return all;
  }
  std::string names() {
    auto pager = things();
    return names(pager);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pager, PagerFixture)

BOOST_AUTO_TEST_CASE(items_come_page_by_page_and_links_are_followed_as_given) {
  transport->reply(200, {}, page({"a", "b"}, second)).reply(200, {}, page({"c"}));
  auto pager = things();
  BOOST_TEST(count() == 0u);
  BOOST_TEST(names(pager) == "abc");
  BOOST_TEST(sent(0).url == first);
  BOOST_TEST(sent(1).url == second);
}

BOOST_AUTO_TEST_CASE(a_page_is_fetched_only_when_it_is_needed) {
  transport->reply(200, {}, page({"a", "b"}, second)).reply(200, {}, page({"c"}));
  auto pager = things();
  auto item = pager.begin();
  BOOST_TEST(item->name == "a");
  BOOST_TEST(count() == 1u);
  ++item;
  BOOST_TEST((*item).name == "b");
  BOOST_TEST(count() == 1u);
  item++;
  BOOST_TEST(item->name == "c");
  BOOST_TEST(count() == 2u);
  ++item;
  BOOST_TEST((item == pager.end()));
}

const char* const last_pages[] = {
    R"({"value":[]})",
    R"({"value":[],"nextLink":null})",
    R"({"value":[],"nextLink":""})",
    R"({"value":null})",
    R"({})",
};
BOOST_DATA_TEST_CASE_F(PagerFixture, an_absent_null_or_empty_link_is_the_end,
                       boost::unit_test::data::make(last_pages), last) {
  transport->reply(200, {}, page({"a"}, second)).reply(200, {}, last);
  BOOST_TEST(names() == "a");
  BOOST_TEST(count() == 2u);
}

BOOST_AUTO_TEST_CASE(an_empty_list_is_an_empty_range) {
  transport->reply(200, {}, page({}));
  BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(empty_pages_in_the_middle_are_stepped_over) {
  transport->reply(200, {}, page({}, second))
      .reply(200, {}, page({}, third))
      .reply(200, {}, page({"x"}));
  BOOST_TEST(names() == "x");
}

BOOST_AUTO_TEST_CASE(a_link_without_a_version_gets_one) {
  transport->reply(200, {}, page({"a"}, arm_origin + "/things?$skiptoken=1"))
      .reply(200, {}, page({"b"}, arm_origin + "/more"))
      .reply(200, {}, page({"c"}));
  BOOST_TEST(names() == "abc");
  BOOST_TEST(sent(1).url == arm_origin + "/things?$skiptoken=1&api-version=1");
  BOOST_TEST(sent(2).url == arm_origin + "/more?api-version=1");
}

BOOST_AUTO_TEST_CASE(a_link_elsewhere_is_refused_after_the_items_before_it) {
  transport->reply(200, {}, page({"a"}, "https://evil.example/things"));
  auto pager = things();
  std::string seen;
  BOOST_CHECK_EXCEPTION(for (const Thing& thing
                             : pager) seen += thing.name;
                        , FormatError, [](const FormatError& error) {
                          return error.info().code == "ForeignUrl" &&
                                 error.info().operation == "Things.list";
                        });
  BOOST_TEST(seen == "a");
  BOOST_TEST(count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_continuation_token_that_leads_elsewhere_is_refused) {
  auto pager = things();
  pager.start_at("https://evil.example/things");
  BOOST_CHECK_EXCEPTION(pager.to_vector(), FormatError, [](const FormatError& error) {
    return error.info().code == "ForeignUrl" && error.info().operation == "Things.list";
  });
  BOOST_TEST(count() == 0u);
}

BOOST_AUTO_TEST_CASE(a_page_that_links_to_itself_is_refused) {
  transport->reply(200, {}, page({"a"}, second)).reply(200, {}, page({"b"}, second));
  BOOST_CHECK_EXCEPTION(names(), FormatError, [](const FormatError& error) {
    return error.info().code == "EndlessList";
  });
}

BOOST_AUTO_TEST_CASE(a_thousand_empty_pages_in_a_row_are_read_and_one_more_is_refused) {
  const auto link = [](int i) {
    return arm_origin + "/things?api-version=1&n=" + std::to_string(i);
  };
  for (int i = 0; i < 1000; ++i) transport->reply(200, {}, page({}, link(i)));
  transport->reply(200, {}, page({"x"}));
  BOOST_TEST(names() == "x");
  for (int i = 0; i < 1001; ++i) transport->reply(200, {}, page({}, link(i)));
  BOOST_CHECK_EXCEPTION(names(), FormatError, [](const FormatError& error) {
    return error.info().code == "EndlessList";
  });
}

BOOST_AUTO_TEST_CASE(an_error_answer_is_thrown_and_the_walk_can_be_taken_up_again) {
  transport->reply(200, {}, page({"a"}, second))
      .reply(403, {}, R"({"error":{"code":"AuthorizationFailed","message":"No."}})")
      .reply(200, {}, page({"b"}));
  auto pager = things();
  std::string seen;
  BOOST_CHECK_THROW(for (const Thing& thing : pager) seen += thing.name, ForbiddenError);
  for (const Thing& thing : pager) seen += thing.name;
  BOOST_TEST(seen == "ab");
  BOOST_TEST(sent(2).url == second);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_read_says_so_with_the_request_id) {
  transport->reply(200, {{"x-ms-request-id", "r3"}}, R"({"value":[{"name":5}]})");
  BOOST_CHECK_EXCEPTION(names(), FormatError, [](const FormatError& error) {
    const std::string text = error.what();
    return text.find("$.value[0].name") != std::string::npos &&
           text.find("r3") != std::string::npos && text.find("Things.list") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(pages_show_every_page_and_where_the_next_one_is) {
  transport->reply(200, {}, page({"a", "b"}, second)).reply(200, {}, page({}));
  auto pager = things();
  std::vector<std::string> shapes;
  for (const Page<Thing>& each : pager.pages())
    shapes.push_back(std::to_string(each.items.size()) + " " + each.continuation_token);
  BOOST_TEST(shapes == (std::vector<std::string>{"2 " + second, "0 "}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_continuation_token_takes_the_list_up_elsewhere) {
  transport->reply(200, {}, page({"a"}, second));
  auto pager = things();
  BOOST_TEST(pager.begin()->name == "a");
  const std::string token = pager.continuation_token();
  transport->reply(200, {}, page({"b"}));
  auto rest = things().start_at(token);
  BOOST_TEST(names(rest) == "b");
  BOOST_TEST(sent(1).url == second);
  BOOST_TEST(rest.continuation_token().empty());
  auto nothing = things().start_at("");
  BOOST_TEST(names(nothing).empty());
}

BOOST_AUTO_TEST_CASE(items_may_be_moved_out) {
  transport->reply(200, {}, page({"a"}, second)).reply(200, {}, page({"b"}));
  const std::vector<Thing> all = things().to_vector();
  BOOST_TEST(all.size() == 2u);
  BOOST_TEST(all[1].name == "b");
}

BOOST_AUTO_TEST_CASE(a_deadline_is_the_time_for_each_page) {
  CallOptions call;
  call.context.deadline = clock.steady_now() + 10s;
  transport->reply(200, {}, page({"a"}, second)).reply(200, {}, page({"b"}, third));
  auto pager = things(call);
  auto item = pager.begin();
  clock.advance(1h);
  ++item;
  BOOST_TEST(item->name == "b");
  transport->reply(503, {{"Retry-After", "11"}}, "{}");
  BOOST_CHECK_THROW(++item, AzureError);
}

BOOST_AUTO_TEST_CASE(a_deadline_at_the_end_of_time_leaves_all_time_to_the_pages) {
  CallOptions call;
  call.context.deadline = Clock::SteadyTime::max();
  transport->reply(200, {}, page({"a"}, second)).reply(200, {}, page({"b"}, ""));
  BOOST_TEST(things(call).to_vector().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_pager_may_be_moved_while_it_is_walked) {
  transport->reply(200, {}, page({"a", "b"}));
  auto pager = things();
  auto item = pager.begin();
  const auto moved = std::move(pager);
  ++item;
  BOOST_TEST(item->name == "b");
}

BOOST_AUTO_TEST_CASE(a_list_whose_links_go_round_in_a_circle_is_given_up) {
  for (int i = 0; i < 4; ++i) transport->reply(200, {}, page({"a"}, i % 2 ? second : third));
  auto pager = things();
  BOOST_CHECK_EXCEPTION(for ([[maybe_unused]] const Thing& thing
                             : pager){},
                        FormatError, [](const FormatError& e) {
                          return e.info().code == "EndlessList" &&
                                 e.info().message ==
                                     "the service's list does not end: its pages go round in a "
                                     "circle";
                        });
  BOOST_TEST(transport->requests().size() == 4u);
}

// As with `$top=1` over a large estate.
BOOST_AUTO_TEST_CASE(a_list_of_a_million_pages_is_read_and_one_more_is_refused) {
  arm::PageWalk walk(arm(), "Things.list", {});
  std::string link;
  const auto turn = [&](int page) {
    const std::string next = arm_origin + "/" + std::to_string(page);
    walk.end_page(link, next, false, "/things");
    link = next;
  };
  for (int page = 2; page <= 1000000; ++page) turn(page);
  BOOST_CHECK_EXCEPTION(turn(1000001), FormatError, [](const FormatError& e) {
    return e.info().message == "the service's list does not end: it has more than 1000000 pages";
  });
}

BOOST_AUTO_TEST_CASE(a_circle_of_a_thousand_pages_is_found_before_its_third_round) {
  arm::PageWalk walk(arm(), "Things.list", {});
  int turns = 0;
  const auto go_round = [&] {
    for (;; ++turns)
      walk.end_page(std::to_string(turns % 1000), std::to_string((turns + 1) % 1000), false, "/t");
  };
  BOOST_CHECK_THROW(go_round(), FormatError);
  BOOST_TEST(turns < 3000);
}

BOOST_AUTO_TEST_SUITE_END()
