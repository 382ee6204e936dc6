#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "support/loopback_server.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace akv;
using namespace akv::http;
using test::LoopbackServer;

namespace {

struct Fixture {
  std::string folder = make_folder();
  Context context;

  Fixture() = default;
  ~Fixture() { std::filesystem::remove_all(folder); }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  static std::string make_folder() {
    std::string path = (std::filesystem::temp_directory_path() / "akv-tls-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(path.data()));
    return path;
  }
  std::string save(const std::string& text) const {
    const std::string path = folder + "/ca.pem";
    std::ofstream(path) << text;
    return path;
  }
  ErrorInfo refusal(const LoopbackServer& server, CpprestOptions options = {}) {
    try {
      make_cpprest_transport(options)->send(
          {.method = Method::put, .url = server.url("/x"), .body = "{}"}, context);
    } catch (const TransportError& error) {
      return error.info();
    }
    BOOST_FAIL("there was an answer");
    return {};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(tls, Fixture)

BOOST_AUTO_TEST_CASE(an_authority_in_the_ca_file_is_trusted) {
  const auto certificate = test::make_test_certificate("localhost");
  LoopbackServer server(&certificate);
  server.then(test::answer(200, "over TLS"));
  const auto transport = make_cpprest_transport({.ca_file = save(certificate.certificate_pem)});
  BOOST_TEST(transport->send({.url = server.url("/")}, context).body == "over TLS");
}

BOOST_AUTO_TEST_CASE(an_unknown_authority_is_refused_and_nothing_is_sent) {
  const auto certificate = test::make_test_certificate("localhost");
  LoopbackServer server(&certificate);
  const ErrorInfo info = refusal(server);
  BOOST_TEST(info.message == "the certificate of localhost:" + std::to_string(server.port()) +
                                 " is not trusted: self-signed certificate");
  BOOST_TEST(!info.maybe_delivered);
  BOOST_TEST(server.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_ca_file_trusts_nobody_else) {
  const auto certificate = test::make_test_certificate("localhost");
  const auto other = test::make_test_certificate("localhost");
  LoopbackServer server(&certificate);
  BOOST_TEST(refusal(server, {.ca_file = save(other.certificate_pem)})
                 .message.starts_with("the certificate of localhost:"));
}

BOOST_AUTO_TEST_CASE(a_certificate_for_another_host_is_refused) {
  for (const char* const host : {"elsewhere.example", "127.0.0.2"}) {
    const auto certificate = test::make_test_certificate(host);
    LoopbackServer server(&certificate);
    const ErrorInfo info = refusal(server, {.ca_file = save(certificate.certificate_pem)});
    BOOST_TEST(info.message == "the certificate of localhost:" + std::to_string(server.port()) +
                                   " is not trusted: it was issued for another host name");
    BOOST_TEST(!info.maybe_delivered);
  }
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_refused) {
  const auto certificate = test::make_test_certificate("localhost", true);
  LoopbackServer server(&certificate);
  BOOST_TEST(refusal(server, {.ca_file = save(certificate.certificate_pem)})
                 .message.ends_with(" is not trusted: certificate has expired"));
}

BOOST_AUTO_TEST_CASE(a_peer_without_tls_is_named) {
  LoopbackServer plain;
  try {
    make_cpprest_transport()->send(
        {.url = "https://127.0.0.1:" + std::to_string(plain.port()) + "/"},
        Context{.deadline = system_clock().steady_now() + std::chrono::milliseconds(500)});
    BOOST_FAIL("there was an answer");
  } catch (const AzureError& error) {
    // The plain server takes the handshake for the start of a request and waits for its end.
    BOOST_TEST(error.info().message.find("127.0.0.1:") != std::string::npos);
    BOOST_TEST(!error.info().maybe_delivered);
  }
}

BOOST_AUTO_TEST_CASE(a_ca_file_that_cannot_be_used_is_refused_with_the_reason) {
  const auto message = [](const std::string& path) {
    try {
      make_cpprest_transport({.ca_file = path});
    } catch (const AzureError& error) {
      return error.info().message;
    }
    return std::string("trusted");
  };
  const std::string start = "cannot read trusted certificates from ";
  BOOST_TEST(message(folder + "/absent.pem") ==
             start + folder + "/absent.pem: No such file or directory");
  BOOST_TEST(message(folder) == start + folder + ": Is a directory");
  const std::string path = save("not a certificate\n");
  BOOST_TEST(message(path) == start + path + ": it holds no certificate in PEM form");
  std::filesystem::resize_file(path, std::uintmax_t{16} << 20);
  BOOST_TEST(message(path) == start + path + ": it holds no certificate in PEM form");
  std::filesystem::resize_file(path, (std::uintmax_t{16} << 20) + 1);
  BOOST_TEST(message(path) == start + path + ": it is larger than 16 MiB");
}

BOOST_AUTO_TEST_SUITE_END()
