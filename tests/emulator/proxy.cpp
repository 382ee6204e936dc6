// The CONNECT proxy: Azure's own names lead to the emulator, no other name leads anywhere.
#include "akv/emulator/azure_names.hpp"
#include "akv/emulator/listener.hpp"
#include "akv/mgmt/json/document.hpp"
#include "emulator/listener_fixture.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>

using namespace akv;
using namespace akv::emulator;
using namespace akv::test;
namespace data = boost::unit_test::data;

namespace {

struct ProxyFixture : ListenerFixture {
  ProxyFixture() { options.proxy_port = 0; }

  TlsClient through(const HttpsServer& server, const std::string& name) {
    TlsOptions tls = trusting(name);
    tls.tunnel = name + ":443";
    return {server.proxy_port(), tls};
  }
  /// What the proxy says to a first line.
  std::string refusal(const HttpsServer& server, const std::string& line) {
    TcpClient client(server.proxy_port());
    client.send(line + " HTTP/1.1\r\nHost: x\r\n\r\n");
    return client.read_all();
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(proxy, ProxyFixture)

BOOST_DATA_TEST_CASE(
    azures_own_names_are_answered_by_the_emulator,
    data::make({"management.azure.com", "login.microsoftonline.com", "graph.microsoft.com",
                "kv-1.vault.azure.net", "hsm.managedhsm.azure.net", "management.chinacloudapi.cn",
                "login.chinacloudapi.cn", "kv.vault.azure.cn", "management.usgovcloudapi.net",
                "login.microsoftonline.us", "kv.vault.usgovcloudapi.net"}),
    name) {
  const HttpsServer server = serve();
  TlsClient client = through(server, name);
  const HttpReply reply =
      client.ask("GET /path?q=1 HTTP/1.1\r\nHost: " + std::string(name) + "\r\n\r\n");
  BOOST_TEST(reply.status == 200);
  BOOST_TEST(reply.body == "GET https://" + std::string(name) + "/path?q=1 ");
}

BOOST_DATA_TEST_CASE(every_other_name_and_port_is_refused,
                     data::make({"example.com:443", "management.azure.com:80",
                                 "vault.azure.net:443", "a.b.vault.azure.net:443",
                                 ".vault.azure.net:443", "management.azure.com.example.com:443",
                                 "localhost:443", "management.azure.com", ""}),
                     target) {
  BOOST_TEST(!is_azure_address(target));
  const HttpsServer server = serve();
  if (*target == '\0') return;
  const std::string answer = refusal(server, "CONNECT " + std::string(target));
  BOOST_TEST(answer.starts_with("HTTP/1.1 403 Forbidden\r\n"), answer);
  BOOST_TEST(answer.find("Azure's own names on port 443 only") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_speaks_before_the_tunnel_is_there_is_refused) {
  const HttpsServer server = serve();
  TcpClient client(server.proxy_port());
  client.send("CONNECT management.azure.com:443 HTTP/1.1\r\nHost: x\r\n\r\nearly");
  BOOST_TEST(client.read_all().starts_with("HTTP/1.1 403 Forbidden\r\n"));
}

BOOST_AUTO_TEST_CASE(it_is_no_proxy_for_plain_http) {
  const HttpsServer server = serve();
  BOOST_TEST(refusal(server, "GET http://management.azure.com/").starts_with("HTTP/1.1 403 "));
}

BOOST_AUTO_TEST_CASE(a_head_without_end_is_given_up) {
  const HttpsServer server = serve();
  TcpClient client(server.proxy_port());
  client.send("CONNECT management.azure.com:443 HTTP/1.1\r\nX: " + std::string(9000, 'x'));
  BOOST_TEST(client.read_all().empty());
}

BOOST_AUTO_TEST_CASE(there_is_none_unless_it_is_asked_for) {
  options.proxy_port.reset();
  BOOST_TEST(serve().proxy_port() == 0);
}

BOOST_AUTO_TEST_CASE(the_emulators_own_routes_are_not_reached_through_it) {
  auto emulator = std::make_shared<Emulator>();
  Listener server(emulator, listener_authority(), options);
  const auto port = http::Url::parse(server.proxy_url())->port;
  TlsOptions tls = trusting("management.azure.com");
  tls.tunnel = "management.azure.com:443";
  TlsClient client(static_cast<unsigned short>(port), tls);
  BOOST_TEST(
      client.ask("GET /_emulator/requests HTTP/1.1\r\nHost: management.azure.com\r\n\r\n").status ==
      404);
  // Whatever the Host header then says.
  BOOST_TEST(client.ask("GET /_emulator/requests HTTP/1.1\r\nHost: localhost\r\n\r\n").status ==
             404);
  // Links in answers name the host that the client knows.
  const HttpReply found = client.ask(
      "GET /common/discovery/instance?api-version=1.1&authorization_endpoint="
      "https%3A%2F%2Flogin.microsoftonline.com%2Fcommon%2Foauth2%2Fauthorize HTTP/1.1\r\n"
      "Host: login.microsoftonline.com\r\n\r\n");
  BOOST_TEST(found.status == 200);
}

struct NamedCloud {
  const char *login, *management, *audience;
  friend std::ostream& operator<<(std::ostream& out, const NamedCloud& cloud) {
    return out << cloud.audience;
  }
};

BOOST_DATA_TEST_CASE(
    who_signs_in_to_a_cloud_is_known_to_its_resource_manager,
    data::make({NamedCloud{"login.microsoftonline.com", "management.azure.com",
                           "https://management.azure.com"},
                NamedCloud{"login.microsoftonline.com", "management.azure.com",
                           "https://management.core.windows.net/"},
                NamedCloud{"login.chinacloudapi.cn", "management.chinacloudapi.cn",
                           "https://management.chinacloudapi.cn"},
                NamedCloud{"login.chinacloudapi.cn", "management.chinacloudapi.cn",
                           "https://management.core.chinacloudapi.cn/"},
                NamedCloud{"login.microsoftonline.us", "management.usgovcloudapi.net",
                           "https://management.usgovcloudapi.net"},
                NamedCloud{"login.microsoftonline.us", "management.usgovcloudapi.net",
                           "https://management.core.usgovcloudapi.net/"}}),
    cloud) {
  auto emulator = std::make_shared<Emulator>();
  Listener server(emulator, listener_authority(), options);
  const auto port = static_cast<unsigned short>(http::Url::parse(server.proxy_url())->port);
  const auto through_tunnel = [&](const std::string& name) {
    TlsOptions tls = trusting(name);
    tls.tunnel = name + ":443";
    return TlsClient(port, tls);
  };
  const Identity& me = emulator->identity();
  const std::string form = "grant_type=client_credentials&client_id=" + me.client_id +
                           "&client_secret=" + me.client_secret + "&scope=" +
                           http::percent_encode(std::string(cloud.audience) + "/.default");
  TlsClient login = through_tunnel(cloud.login);
  const HttpReply signed_in =
      login.ask("POST /" + me.tenant_id + "/oauth2/v2.0/token HTTP/1.1\r\nHost: " + cloud.login +
                "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                std::to_string(form.size()) + "\r\n\r\n" + form);
  BOOST_REQUIRE(signed_in.status == 200);
  const auto token = json::Document::parse(signed_in.body);
  TlsClient arm = through_tunnel(cloud.management);
  const HttpReply found = arm.ask("GET /subscriptions/" + me.subscription_id +
                                  "?api-version=2021-04-01 HTTP/1.1\r\nHost: " + cloud.management +
                                  "\r\nAuthorization: Bearer " +
                                  std::string(token["access_token"].string_or()) + "\r\n\r\n");
  BOOST_TEST(found.status == 200, found.body);
}

BOOST_AUTO_TEST_SUITE_END()
