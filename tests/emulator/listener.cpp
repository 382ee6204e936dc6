#include "akv/emulator/detail/wire_format.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::emulator;

BOOST_AUTO_TEST_SUITE(listener)

BOOST_AUTO_TEST_CASE(a_line_break_in_a_header_does_not_start_another) {
  http::Response response{.status = 200, .headers = {{"Location", "a\r\nSet-Cookie: b\0"}}};
  BOOST_TEST(to_wire(response, "OK", false, true) ==
             "HTTP/1.1 200 OK\r\nLocation: a  Set-Cookie: b\r\nContent-Length: 0\r\n\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
