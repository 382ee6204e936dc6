// Reading lists: every page to its end, and what is said of a page that is none.
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/provision/kinds/arm_pages.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;

namespace {

struct Lists {
  test::FakeClock clock;
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();

  std::size_t read() {
    arm::ClientOptions options;
    options.transport = transport;
    options.clock = &clock;
    const arm::ArmClient client(
        identity::make_static_credential("token", clock.now() + std::chrono::hours(1)), options);
    std::size_t elements = 0;
    kinds::read_pages(client, "/things", "1", "Things.list", Context{.clock = &clock},
                      [&elements](const json::Document&) { ++elements; });
    return elements;
  }
  void pages(int count) {
    for (int i = 0; i < count; ++i)
      transport->reply(200, {},
                       R"({"value":[1],"nextLink":"https://management.azure.com/things?p=)" +
                           std::to_string(i) + "\"}");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pages, Lists)

BOOST_AUTO_TEST_CASE(a_list_of_10000_pages_is_read_to_its_end) {
  pages(kinds::max_pages - 1);
  transport->reply(200, {}, R"({"value":[1]})");
  BOOST_TEST(read() == 10000u);
}

BOOST_AUTO_TEST_CASE(a_list_of_one_page_more_is_given_up) {
  pages(kinds::max_pages);
  BOOST_CHECK_EXCEPTION(read(), FormatError, [](const FormatError& e) {
    return std::string(e.what()) == "Things.list: the list has more than 10,000 pages (/things)";
  });
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_page_names_the_list_and_the_request) {
  transport->reply(200, {{"x-ms-request-id", "6f1f"}}, "<html>");
  BOOST_CHECK_EXCEPTION(read(), FormatError, [](const FormatError& e) {
    return e.info().operation == "Things.list" && e.info().target == "/things" &&
           e.info().request_id == "6f1f";
  });
}

BOOST_AUTO_TEST_CASE(a_proxys_page_has_the_id_that_the_request_had) {
  transport->reply(200, {}, "<html>");
  BOOST_CHECK_EXCEPTION(read(), FormatError, [this](const FormatError& e) {
    return !e.info().request_id.empty() &&
           e.info().request_id ==
               transport->requests().at(0).headers.get("x-ms-client-request-id").value_or("");
  });
}

BOOST_AUTO_TEST_SUITE_END()
