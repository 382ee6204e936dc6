// What may have reached the service when no answer came, and that nothing is sent twice.
#include "http/cpprest_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::http;
using test::chunk;
using test::CpprestFixture;

BOOST_FIXTURE_TEST_SUITE(cpprest_delivery, CpprestFixture)

BOOST_DATA_TEST_CASE(nothing_but_a_read_is_ever_sent_twice,
                     boost::unit_test::data::make({"PUT", "POST", "PATCH", "DELETE"}) *
                         boost::unit_test::data::make({"", "{\"some\":\"body\"}"}),
                     name, body) {
  warm_up();
  server.then(test::hang_up());
  const ErrorInfo info = lost(parse_method(name).value(), body);
  BOOST_TEST(info.message == peer() + " closed the connection without an answer");
  BOOST_TEST(info.maybe_delivered);
  BOOST_TEST(info.target == "http://" + peer() + "/x");
  BOOST_TEST(info.operation == "Test.run");
  BOOST_TEST(sent_to("/x?y=z") == 1u);
  // Nothing is left over that spoils the next one.
  BOOST_TEST(send(Method::put, "/next", "{}").status == 200);
  BOOST_TEST(sent_to("/x?y=z") == 1u);
}

BOOST_AUTO_TEST_CASE(a_new_connection_that_closes_without_an_answer_may_have_delivered) {
  server.then(test::hang_up());
  const ErrorInfo info = lost(Method::post);
  BOOST_TEST(info.message == peer() + " closed the connection without an answer");
  BOOST_TEST(info.maybe_delivered);
  BOOST_TEST(server.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_connection_that_went_stale_in_the_pool_repeats_no_write) {
  warm_up();
  server.then(test::answer_and_hang_up(200));
  send(Method::get);
  // A write may find its connection closed before, while or after it goes out, or may get another
  // one. It is never there twice, and what is lost is lost once.
  int answered = 0;
  for (const char* const path : {"/one", "/two"}) {
    try {
      send(Method::put, path, "{}");
      ++answered;
    } catch (const TransportError&) {
    }
    BOOST_TEST(sent_to(path) <= 1u);
  }
  BOOST_TEST(answered >= 1);
}

BOOST_AUTO_TEST_CASE(a_refused_connection_delivered_nothing) {
  const std::string nobody = "127.0.0.1:" + std::to_string(test::unused_port());
  try {
    transport().send({.method = Method::put, .url = "http://" + nobody + "/x", .body = "{}"},
                     context);
    BOOST_FAIL("somebody answered");
  } catch (const TransportError& error) {
    BOOST_TEST(error.info().message == nobody + " refused the connection, or cannot be reached");
    BOOST_TEST(!error.info().maybe_delivered);
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_host_delivered_nothing) {
  try {
    transport().send({.method = Method::put, .url = "http://no-such-host.invalid/"}, context);
    BOOST_FAIL("somebody answered");
  } catch (const TransportError& error) {
    BOOST_TEST(error.info().message ==
               "the host name of no-such-host.invalid:80 cannot be resolved");
    BOOST_TEST(!error.info().maybe_delivered);
  }
}

BOOST_AUTO_TEST_CASE(an_answer_that_breaks_off_is_no_answer) {
  server.then(test::send_raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"));
  ErrorInfo info = lost(Method::put);
  BOOST_TEST(info.message == "the answer of " + peer() + " ended before it was complete");
  BOOST_TEST(info.maybe_delivered);
  server.then(
      test::send_raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk("one")));
  BOOST_TEST(lost(Method::get).message ==
             "the answer of " + peer() + " ended before it was complete");
  server.then(test::send_raw("HTTP/1.1 200 OK\r\nContent-Len"));
  BOOST_TEST(lost(Method::get).message == peer() + " closed the connection without an answer");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_not_http_is_no_answer) {
  server.then(test::send_raw("SSH-2.0-server\r\n\r\n"));
  BOOST_TEST(lost(Method::get).message == peer() + " answered with something that is not HTTP");
  server.then(test::send_raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"));
  BOOST_TEST(lost(Method::get).message ==
             "the answer of " + peer() + " is not valid HTTP: bad chunk length");
}

BOOST_AUTO_TEST_CASE(an_interim_answer_is_not_taken_for_the_answer) {
  server.then(test::answer(103));
  const ErrorInfo info = lost(Method::put);
  BOOST_TEST(info.message ==
             peer() + " answered with status 103, which is none that a request can end with");
  BOOST_TEST(info.maybe_delivered);
  server.then(test::answer(200, "next"));
  BOOST_TEST(send(Method::get).body == "next");
}

BOOST_AUTO_TEST_SUITE_END()
