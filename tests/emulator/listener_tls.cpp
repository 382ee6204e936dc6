#include "emulator/listener_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace akv;
using namespace akv::emulator;
using test::listener_authority;
using test::ListenerFixture;
using test::TcpClient;
using test::TlsClient;

BOOST_FIXTURE_TEST_SUITE(listener_tls, ListenerFixture)

BOOST_AUTO_TEST_CASE(plain_http_is_told_to_write_https) {
  auto server = serve();
  TcpClient client(server.port());
  client.send(get("/x"));
  auto answer = client.read_all();
  BOOST_TEST(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"));
  BOOST_TEST(answer.find("write https://") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(noise_in_place_of_tls_does_no_harm) {
  auto server = serve();
  for (int i = 0; i < 8; ++i) {
    TcpClient client(server.port());
    client.send(std::string(5000, static_cast<char>(i * 37)));
    client.read_all();
  }
  TcpClient silent(server.port());
  BOOST_TEST(connect(server).ask(get("/x")).status == 200);
}

BOOST_AUTO_TEST_CASE(old_protocols_are_refused) {
  auto server = serve();
  auto with = [&](int version) {
    auto trust = trusting();
    trust.min_version = trust.max_version = version;
    return TlsClient(server.port(), trust).ask(get("/x")).status;
  };
  BOOST_TEST(with(TLS1_2_VERSION) == 200);
  BOOST_TEST(with(TLS1_3_VERSION) == 200);
  BOOST_CHECK_THROW(with(TLS1_1_VERSION), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(http_1_1_is_the_one_protocol_that_is_agreed_on) {
  auto server = serve();
  auto agreed = [&](const std::string& alpn) {
    auto trust = trusting();
    trust.alpn = alpn;
    TlsClient client(server.port(), trust);
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(client.native(), &name, &size);
    return std::string(reinterpret_cast<const char*>(name), size);
  };
  BOOST_TEST(agreed("\x02h2\x08http/1.1") == "http/1.1");
  BOOST_TEST(agreed("") == "");
  BOOST_CHECK_THROW(agreed("\x02h2"), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(the_certificate_holds_for_this_machine_alone) {
  auto server = serve();
  for (const char* name : {"localhost", "127.0.0.1", "::1"})
    BOOST_TEST(TlsClient(server.port(), trusting(name)).ask(get("/x")).status == 200, name);
  BOOST_CHECK_THROW(TlsClient(server.port(), trusting("management.azure.com")), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_server_without_a_certificate_does_not_start) {
  Authority broken = listener_authority();
  broken.server_key_pem = "none";
  BOOST_CHECK_EXCEPTION(
      HttpsServer(handler, broken, options), std::runtime_error,
      [](const std::runtime_error& error) {
        return std::string(error.what()).starts_with("the server's certificate or key is unusable");
      });
}

BOOST_AUTO_TEST_SUITE_END()
