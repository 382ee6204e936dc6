#include "akv/mgmt/http/message.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv::http;

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(methods_have_their_names_in_upper_case_only) {
  for (const Method method :
       {Method::get, Method::head, Method::put, Method::post, Method::patch, Method::del}) {
    BOOST_TEST((parse_method(to_string(method)) == method));
  }
  BOOST_TEST(to_string(Method::del) == "DELETE");
  BOOST_TEST(!parse_method("get").has_value());
  BOOST_TEST(!parse_method("").has_value());
  BOOST_TEST(!parse_method("OPTIONS").has_value());
}

BOOST_AUTO_TEST_CASE(headers_compare_without_case_and_keep_order_and_repeats) {
  Headers headers{{"Accept", "a"}, {"X-One", "1"}};
  headers.add("x-one", "2");
  BOOST_TEST(headers.get("X-ONE").value() == "1");
  BOOST_TEST(headers.size() == 3u);
  headers.set("x-ONE", "3");
  BOOST_TEST(headers.size() == 2u);
  BOOST_TEST(headers.get("X-One").value() == "3");
  BOOST_TEST(headers.begin()->first == "Accept");
  headers.erase("ACCEPT");
  BOOST_TEST(!headers.has("Accept"));
  BOOST_TEST(!headers.get("absent").has_value());
}

BOOST_AUTO_TEST_CASE(all_but_a_plain_post_may_be_repeated) {
  Request request;
  for (const Method method : {Method::get, Method::head, Method::put, Method::patch, Method::del}) {
    request.method = method;
    BOOST_TEST(is_idempotent(request));
  }
  request.method = Method::post;
  BOOST_TEST(!is_idempotent(request));
  request.idempotent_post = true;
  BOOST_TEST(is_idempotent(request));
}

BOOST_AUTO_TEST_SUITE_END()
