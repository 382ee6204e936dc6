// Credentials over real TLS connections, to peers that the tests script.
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/identity/detail/pinned_transport.hpp"
#include "akv/mgmt/identity/detail/quiet_bio.hpp"
#include "support/client_certificate.hpp"
#include "support/loopback_server.hpp"
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <openssl/bio.h>
#include <openssl/sha.h>

#include <fcntl.h>
#include <fstream>
#include <sys/socket.h>
#include <unistd.h>

using namespace akv;
using namespace akv::identity;
using test::LoopbackServer;

namespace {

/// SHA-1 of the certificate, in hexadecimal.
std::string thumbprint_of(const test::TestCertificate& certificate) {
  BIO* const bio = BIO_new_mem_buf(certificate.certificate_pem.data(), -1);
  X509* const x509 = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  unsigned char digest[SHA_DIGEST_LENGTH];
  X509_digest(x509, EVP_sha1(), digest, nullptr);
  X509_free(x509);
  BIO_free(bio);
  std::string text;
  for (const unsigned char byte : digest) {
    constexpr const char* digits = "0123456789ABCDEF";
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

struct Fixture {
  test::TemporaryFolder folder;
  test::TestCertificate certificate = test::make_test_certificate("localhost");
  LoopbackServer server{&certificate};
  test::FakeClock clock;  // nobody waits for the second try
  Context context{.clock = &clock};

  CredentialOptions trusting() const {
    const std::string path = (folder / "ca.pem").string();
    std::ofstream(path) << certificate.certificate_pem;
    return {.authority_host = server.url(""),
            .transport = http::make_cpprest_transport({.ca_file = path})};
  }
  std::string token(TokenCredential& credential) const {
    return credential.get_token({.scopes = {"https://management.azure.com/.default"}}, context)
        .token;
  }
  std::string seen() const { return server.requests().at(0).text; }

  Environment service_fabric(const std::string& thumbprint) const {
    return {{"IDENTITY_ENDPOINT", server.url("/metadata/identity/oauth2/token")},
            {"IDENTITY_HEADER", "the-header"},
            {"IDENTITY_SERVER_THUMBPRINT", thumbprint}};
  }
  std::string no_answer(const std::string& thumbprint, const std::string& url) {
    try {
      identity::detail::make_pinned_transport(thumbprint)->send({.url = url}, context);
    } catch (const TransportError& error) {
      delivered = error.info().maybe_delivered;
      return error.info().message;
    }
    return "an answer";
  }
  bool delivered = false;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sign_in_over_tls, Fixture)

BOOST_AUTO_TEST_CASE(a_client_secret_goes_to_a_trusted_authority) {
  server.then(test::answer(200, test::good_token));
  BOOST_TEST(token(*make_client_secret_credential("t", "c", "the-secret", trusting())) == "t");
  BOOST_TEST(seen().starts_with("POST /t/oauth2/v2.0/token HTTP/1.1\r\n"));
  BOOST_TEST(seen().find("client_secret=the-secret") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_client_certificate_signs_for_it) {
  server.then(test::answer(200, test::good_token));
  BOOST_TEST(token(*make_client_certificate_credential(
                 "t", "c",
                 {.content = test::client_key().key_pem() + test::client_key().certificate_pem()},
                 trusting())) == "t");
  BOOST_TEST(seen().find("client_assertion=eyJ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_authority_that_is_not_trusted_gets_nothing) {
  CredentialOptions options{.authority_host = server.url(""),
                            .transport = http::make_cpprest_transport({})};
  BOOST_CHECK_EXCEPTION(token(*make_client_secret_credential("t", "c", "the-secret", options)),
                        AuthenticationError, [](const AuthenticationError& error) {
                          return error.info().message.find("is not trusted") != std::string::npos;
                        });
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(service_fabric_is_known_by_its_thumbprint) {
  server.then(test::answer(200, R"({"access_token":"t","expires_on":4102444800})"));
  const auto made =
      make_managed_identity_credential({}, lookup_in(service_fabric(thumbprint_of(certificate))));
  BOOST_TEST(token(*made) == "t");
  BOOST_TEST(
      seen().starts_with("GET /metadata/identity/oauth2/token?api-version=2019-07-01-preview"
                         "&resource=https%3A%2F%2Fmanagement.azure.com HTTP/1.1\r\n"));
  BOOST_TEST(seen().find("Secret: the-header\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(another_certificate_gets_nothing) {
  const auto made =
      make_managed_identity_credential({}, lookup_in(service_fabric(std::string(40, '0'))));
  BOOST_CHECK_EXCEPTION(token(*made), AuthenticationError, [&](const AuthenticationError& error) {
    return error.info().message ==
           "no token from Service Fabric: the certificate of localhost:" +
               std::to_string(server.port()) +
               " is not the one in IDENTITY_SERVER_THUMBPRINT; check that its endpoint is the "
               "one of this machine";
  });
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(what_comes_over_a_pinned_connection_is_read_or_refused) {
  const std::string thumbprint = thumbprint_of(certificate);
  const auto transport = identity::detail::make_pinned_transport(thumbprint);
  server.then(
      test::send_raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n"));
  BOOST_TEST(transport->send({.url = server.url("/")}, context).body == "abcde");
  server.then(test::send_raw("HTTP/1.1 404 Not Found\r\nX-One:  1 \r\n\r\nto the end"));
  const http::Response response = transport->send({.url = server.url("/")}, context);
  BOOST_TEST(response.status == 404);
  BOOST_TEST(response.headers.get("x-one").value() == "1");
  BOOST_TEST(response.body == "to the end");

  const std::string peer = "localhost:" + std::to_string(server.port());
  server.then(test::send_raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc"));
  BOOST_TEST(no_answer(thumbprint, server.url("/")) == "the answer ended early");
  BOOST_TEST(delivered);
  server.then(test::send_raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"));
  BOOST_TEST(no_answer(thumbprint, server.url("/")) == "the answer ended early");
  server.then(test::send_raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
  BOOST_TEST(no_answer(thumbprint, server.url("/")) == "the answer ended early");
  server.then(test::hang_up());
  BOOST_TEST(no_answer(thumbprint, server.url("/")) == "the answer is no HTTP");
  server.then(test::send_raw("SSH-2.0-OpenSSH\r\n\r\n"));
  BOOST_TEST(no_answer(thumbprint, server.url("/")) == "the answer is no HTTP");
}

BOOST_AUTO_TEST_CASE(an_answer_of_a_mebibyte_is_read_over_it_and_not_a_byte_more) {
  const std::string thumbprint = thumbprint_of(certificate);
  const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
  const std::size_t room = (std::size_t{1} << 20) - head.size();
  server.then(test::send_raw(head + std::string(room, 'x')));
  BOOST_TEST(identity::detail::make_pinned_transport(thumbprint)
                 ->send({.url = server.url("/")}, context)
                 .body.size() == room);
  server.then(test::send_raw(head + std::string(room + 1, 'x')));
  BOOST_TEST(no_answer(thumbprint, server.url("/")) ==
             "the answer of localhost:" + std::to_string(server.port()) + " is too long");
}

BOOST_AUTO_TEST_CASE(peers_that_cannot_be_reached_are_named) {
  const std::string port = std::to_string(test::unused_port());
  BOOST_TEST(no_answer("", "https://127.0.0.1:" + port + "/") ==
             "127.0.0.1:" + port + " refused the connection");
  BOOST_TEST(!delivered);
  BOOST_TEST(no_answer("", "https://a..b/") == "the host of a..b:443 is not known");
  BOOST_TEST(no_answer("", "http://localhost/") ==
             "a server with a known certificate has an https URL");
  const LoopbackServer plain;
  const std::string peer = "127.0.0.1:" + std::to_string(plain.port());
  context = {.deadline = system_clock().steady_now() + std::chrono::milliseconds(300)};
  BOOST_CHECK_THROW(no_answer("", "https://" + peer + "/"), CancelledError);
}

BOOST_AUTO_TEST_CASE(a_header_with_a_line_break_is_not_sent) {
  const auto transport = identity::detail::make_pinned_transport(thumbprint_of(certificate));
  BOOST_CHECK_EXCEPTION(
      transport->send({.url = server.url("/"), .headers = {{"Secret", "a\r\nb"}}}, context),
      TransportError, [](const TransportError& error) {
        return error.info().message == "the header secret holds a line break";
      });
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_peer_that_goes_away_raises_no_signal) {
  int ends[2];
  BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  BIO* const bio = identity::detail::make_quiet_bio(ends[0]);
  char block[8];
  BOOST_TEST(BIO_write(bio, "1234", 4) == 4);
  BOOST_TEST(::read(ends[1], block, sizeof block) == 4);
  BOOST_TEST(::write(ends[1], "56", 2) == 2);
  BOOST_TEST(BIO_read(bio, block, sizeof block) == 2);
  BOOST_TEST(::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
  BOOST_TEST(BIO_read(bio, block, sizeof block) == -1);
  BOOST_TEST(BIO_should_read(bio));
  ::close(ends[1]);
  BOOST_TEST(BIO_write(bio, "1234", 4) == -1);
  BOOST_TEST(!BIO_should_retry(bio));
  BOOST_TEST(BIO_read(bio, block, sizeof block) == 0);
  BIO_free(bio);
  ::close(ends[0]);
}

// Refused or, without IPv6, impossible; but the address is one.
BOOST_AUTO_TEST_CASE(an_address_in_brackets_is_an_address) {
  BOOST_TEST(no_answer(thumbprint_of(certificate), "https://[::1]:1/") ==
             "[::1]:1 refused the connection");
}

BOOST_AUTO_TEST_SUITE_END()
