#include "akv/mgmt/http/detail/no_answer.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>

using namespace akv::http::detail;

namespace {

constexpr int packed(int reason) {
  return static_cast<int>(ERR_PACK(ERR_LIB_SSL, 0, static_cast<unsigned>(reason)));
}

struct Row {
  const char* said;
  int code;
  const char* certificate;
  const char* sentence;
};
std::ostream& operator<<(std::ostream& out, const Row& row) { return out << row.said; }

// The texts are those of cpprestsdk 2.10.18.
const Row rows[] = {
    {"Error resolving address", 1, "", "the host name of h:1 cannot be resolved"},
    {"Failed to resolve address", 0, "", "the host name of h:1 cannot be resolved"},
    {"Failed to connect to any resolved endpoint", EHOSTUNREACH, "",
     "h:1 refused the connection, or cannot be reached"},
    {"Failed to connect to any resolved endpoint", ETIMEDOUT, "",
     "cannot connect to h:1: Connection timed out"},
    {"Failed to connect to any resolved endpoint", 0, "", "cannot connect to h:1: unknown reason"},
    {"Error in SSL handshake", packed(SSL_R_CERTIFICATE_VERIFY_FAILED), "it has expired",
     "the certificate of h:1 is not trusted: it has expired"},
    {"Error in SSL handshake", packed(SSL_R_CERTIFICATE_VERIFY_FAILED), "",
     "the certificate of h:1 is not trusted: it cannot be verified"},
    {"Error in SSL handshake", packed(SSL_R_WRONG_VERSION_NUMBER), "",
     "h:1 does not speak TLS; is it the right port?"},
    {"Error in SSL handshake", packed(SSL_R_UNSUPPORTED_PROTOCOL), "",
     "the TLS handshake with h:1 failed: unsupported protocol"},
    {"Error in SSL handshake", ECONNRESET, "",
     "h:1 closed the connection during the TLS handshake"},
    {"Failed to write request headers", EPIPE, "",
     "the connection to h:1 was lost before the request was sent"},
    {"Failed to write request body", EPIPE, "",
     "h:1 closed the connection while the request was being sent"},
    {"cannot rewind input stream for connection re-establishment", 2, "",
     "h:1 closed the connection without an answer"},
    {"Failed to read HTTP status line", ECONNABORTED, "",
     "h:1 closed the connection without an answer"},
    {"Failed to read HTTP status line", ECONNRESET, "",
     "h:1 reset the connection without an answer"},
    {"Invalid HTTP status line", 0, "", "h:1 answered with something that is not HTTP"},
    {"Failed to read response body", 2, "", "the answer of h:1 ended before it was complete"},
    {"Failed to read chunked response part", 2, "",
     "the answer of h:1 ended before it was complete"},
    {"Retrieving message chunk header", 2, "", "the answer of h:1 ended before it was complete"},
    {"Invalid chunked response header", 0, "",
     "the answer of h:1 is not valid HTTP: bad chunk length"},
    {"Expected a 200 response from proxy, received: 407", 0, "",
     "the connection to h:1 was refused there with status 407: the proxy asks for other "
     "credentials"},
    {"Expected a 200 response from proxy, received: 503", 0, "",
     "the connection to h:1 was refused there with status 503"},
    {"something new", 5, "", "the request to h:1 failed: something new"},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(no_answer)

BOOST_DATA_TEST_CASE(each_phase_has_its_sentence, boost::unit_test::data::make(rows), row) {
  BOOST_TEST(
      explain(
          {.said = row.said, .code = row.code, .peer = "h:1", .certificate = row.certificate}) ==
      row.sentence);
}

BOOST_AUTO_TEST_SUITE_END()
