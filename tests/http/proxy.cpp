// Which way a request goes, and the way through a proxy that is a loopback server.
#include "akv/mgmt/http/proxy.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/http/detail/proxy_route.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <map>

using namespace akv;
using namespace akv::http;
using namespace std::chrono_literals;
using test::LoopbackServer;

namespace {

ProxySettings from(const std::map<std::string, std::string, std::less<>>& environment) {
  return proxy_settings([&](std::string_view name) -> std::optional<std::string> {
    const auto found = environment.find(name);
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  });
}

bool is_direct(const std::string& no_proxy, const std::string& url) {
  return !detail::proxy_for({.https_proxy = "http://p:3128", .no_proxy = no_proxy},
                            Url::parse(url).value());
}

std::string refusal(const std::string& setting) {
  try {
    detail::proxy_for({.https_proxy = setting}, Url::parse("https://h/").value());
  } catch (const AzureError& error) {
    BOOST_TEST(error.info().code == "InvalidProxy");
    return error.info().message;
  }
  return "accepted";
}

/// A vault at a name that only the proxy can reach, and the proxy.
struct Fixture {
  const std::string host = "vault.test";
  const test::TestCertificate certificate = test::make_test_certificate(host);
  test::TemporaryFolder folder;
  LoopbackServer vault{&certificate};
  LoopbackServer proxy;
  CpprestOptions options{.ca_file = save_authority(),
                         .proxy = ProxySettings{.https_proxy = proxy_url()}};
  Context context;

  std::string save_authority() const {
    const std::string path = folder / "ca.pem";
    std::ofstream(path) << certificate.certificate_pem;
    return path;
  }
  std::string authority() const { return host + ":" + std::to_string(vault.port()); }
  std::string proxy_authority() const { return "127.0.0.1:" + std::to_string(proxy.port()); }
  std::string proxy_url(const std::string& credentials = {}) const {
    return "http://" + credentials + proxy_authority();
  }
  std::string way() const { return authority() + " (through the proxy " + proxy_authority() + ")"; }
  Request request(const std::string& path = "/x") const {
    return {.method = Method::put,
            .url = "https://" + authority() + path,
            .headers = {{"Authorization", "Bearer the-token"}},
            .body = "{}"};
  }
  ErrorInfo lost() {
    try {
      make_cpprest_transport(options)->send(request(), context);
    } catch (const AzureError& error) {
      return error.info();
    }
    BOOST_FAIL("there was an answer");
    return {};
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(proxy)

BOOST_AUTO_TEST_CASE(the_environment_is_read_in_the_usual_order) {
  const ProxySettings none = from({{"HTTP_PROXY", "http://h"}, {"http_proxy", "http://h"}});
  BOOST_TEST(none.https_proxy == "");
  BOOST_TEST(none.no_proxy == "");
  BOOST_TEST(from({{"ALL_PROXY", "4"}}).https_proxy == "4");
  BOOST_TEST(from({{"ALL_PROXY", "4"}, {"all_proxy", "3"}}).https_proxy == "3");
  BOOST_TEST(from({{"all_proxy", "3"}, {"HTTPS_PROXY", "2"}}).https_proxy == "2");
  BOOST_TEST(from({{"HTTPS_PROXY", "2"}, {"https_proxy", "1"}}).https_proxy == "1");
  BOOST_TEST(from({{"HTTPS_PROXY", "2"}, {"https_proxy", ""}}).https_proxy == "2");
  BOOST_TEST(from({{"NO_PROXY", "2"}}).no_proxy == "2");
  BOOST_TEST(from({{"NO_PROXY", "2"}, {"no_proxy", "1"}}).no_proxy == "1");
}

BOOST_AUTO_TEST_CASE(only_https_to_other_machines_goes_through_a_proxy) {
  BOOST_TEST(!is_direct("", "https://management.azure.com/x"));
  for (const char* const url :
       {"http://169.254.169.254/metadata", "http://h/", "https://localhost:8443/",
        "https://LOCALHOST/", "https://127.0.0.1/", "https://127.9.9.9/", "https://[::1]:1/"})
    BOOST_TEST(is_direct("", url), url);
  BOOST_TEST(!detail::proxy_for({.https_proxy = " "}, Url::parse("https://h/").value()));
}

struct Exception {
  const char* no_proxy;
  const char* url;
  bool direct;
};
std::ostream& operator<<(std::ostream& out, const Exception& row) {
  return out << row.no_proxy << " for " << row.url;
}
const Exception exceptions[] = {
    {"*", "https://a.example/", true},
    {"b.example, a.EXAMPLE", "https://A.example/", true},
    {"example", "https://a.example/", true},
    {".example", "https://a.example/", true},
    {"*.example", "https://a.example/", true},
    {"a.example", "https://x.a.example/", true},
    {".a.example", "https://a.example/", true},
    {"ample", "https://a.example/", false},
    {"a.example", "https://ba.example/", false},
    {"a.example", "https://example/", false},
    {"a.example.evil", "https://a.example/", false},
    {"a.example:443", "https://a.example/", true},
    {"a.example:8443", "https://a.example/", false},
    {"a.example:8443", "https://a.example:8443/", true},
    {"a.example:many", "https://a.example/", false},
    {"b.example\tc.example a.example", "https://a.example/", true},
    {",, ,", "https://a.example/", false},
    {".", "https://a.example/", false},
    {"10.1.2.3", "https://10.1.2.3/", true},
    {"1.2.3", "https://10.1.2.3/", false},
    {"10.0.0.0/8", "https://10.1.2.3/", true},
    {"10.1.2.0/24", "https://10.1.3.3/", false},
    {"10.1.2.3/32", "https://10.1.2.3/", true},
    {"0.0.0.0/0", "https://10.1.2.3/", true},
    {"10.0.0.0/33", "https://10.1.2.3/", false},
    {"10.0.0.0/", "https://10.1.2.3/", false},
    {"10.0.0/8", "https://10.1.2.3/", false},
    {"10.0.0.0/8", "https://a10.1.2.3/", false},
    {"[fd00::1]", "https://[fd00::1]/", true},
    {"fd00::1", "https://[FD00::1]/", true},
    {"[fd00::1]:443", "https://[fd00::1]/", true},
    {"[fd00::1]:1", "https://[fd00::1]/", false},
};
BOOST_DATA_TEST_CASE(no_proxy_names_hosts_suffixes_and_blocks,
                     boost::unit_test::data::make(exceptions), row) {
  BOOST_TEST(is_direct(row.no_proxy, row.url) == row.direct);
}

BOOST_AUTO_TEST_CASE(a_proxy_is_a_host_a_port_and_perhaps_credentials) {
  const auto read = [](const std::string& setting) {
    return detail::proxy_for({.https_proxy = setting}, Url::parse("https://h/").value()).value();
  };
  BOOST_TEST(read("http://proxy.example:3128").authority() == "proxy.example:3128");
  BOOST_TEST(read(" proxy.example:3128/ ").authority() == "proxy.example:3128");
  BOOST_TEST(read("HTTP://[::1]").authority() == "[::1]:80");
  const detail::Proxy proxy = read("http://do%6Dain%5Cuser:p%40ss%3a:word@proxy.example");
  BOOST_TEST(proxy.user == "domain\\user");
  BOOST_TEST(proxy.password == "p@ss::word");
  BOOST_TEST(proxy.host == "proxy.example");
  BOOST_TEST(read("user@p:1").user == "user");
  BOOST_TEST(read("user@p:1").password == "");
}

BOOST_AUTO_TEST_CASE(a_proxy_that_cannot_be_used_is_refused_without_its_credentials) {
  const std::string start = "the proxy setting (HTTPS_PROXY or ALL_PROXY) cannot be used: ";
  BOOST_TEST(refusal("socks5://user:planted@h:1") ==
             start + "it must be http://HOST:PORT, and \"socks5\" is not supported");
  BOOST_TEST(refusal("https://h:1") ==
             start + "it must be http://HOST:PORT, and \"https\" is not supported");
  for (const char* const bad :
       {"user:planted://h", "user:planted@", "http://user:planted@h:port", "http://h/path",
        "user:planted@h?q", "user:planted@h:0", "plantedplantedpla://h", "user:planted@a b"})
    BOOST_TEST(refusal(bad) == start + "it must be http://HOST:PORT");
}

BOOST_FIXTURE_TEST_CASE(a_request_goes_through_a_tunnel_that_sees_no_token, Fixture) {
  proxy.then(test::tunnel_to(vault.port()));
  vault.then(test::answer(200, "one")).then(test::answer(200, "two"));
  const auto transport = make_cpprest_transport(options);
  BOOST_TEST(transport->send(request("/1"), context).body == "one");
  const auto seen = proxy.requests().at(0).text;
  BOOST_TEST(seen.starts_with("CONNECT " + authority() + " HTTP/1.1\r\n"), seen);
  BOOST_TEST(seen.find("the-token") == std::string::npos);
  BOOST_TEST(seen.find("Proxy-Authorization") == std::string::npos);
  const auto asked = vault.requests().at(0).text;
  BOOST_TEST(asked.starts_with("PUT /1 HTTP/1.1\r\n"), asked);
  BOOST_TEST(asked.find("Bearer the-token") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_tunnel_is_used_again, Fixture) {
  for (int i = 0; i < 100; ++i) proxy.then(test::tunnel_to(vault.port()));
  const auto transport = make_cpprest_transport(options);
  for (int i = 0; i < 20; ++i) BOOST_TEST(transport->send(request(), context).status == 200);
  BOOST_TEST(proxy.connections() < 20);
  BOOST_TEST(vault.requests().size() == 20u);
}

BOOST_FIXTURE_TEST_CASE(credentials_go_to_the_proxy_and_nowhere_else, Fixture) {
  options.proxy->https_proxy = proxy_url("user:planted%21@");
  proxy.then(test::tunnel_to(vault.port()));
  make_cpprest_transport(options)->send(request(), context);
  const auto seen = proxy.requests().at(0).text;
  // user:planted! in base64
  BOOST_TEST(seen.find("Proxy-Authorization: Basic dXNlcjpwbGFudGVkIQ==") != std::string::npos, seen);
  BOOST_TEST(vault.requests().at(0).text.find("Proxy-") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_proxy_that_refuses_is_named_and_nothing_was_delivered, Fixture) {
  options.proxy->https_proxy = proxy_url("user:planted@");
  for (const int status : {407, 403}) {
    proxy.then(test::answer(status, "no"));
    const ErrorInfo info = lost();
    BOOST_TEST(info.message ==
               "the connection to " + way() + " was refused there with status " +
                   std::to_string(status) +
                   (status == 407 ? ": the proxy asks for other credentials" : ""));
    BOOST_TEST(!info.maybe_delivered);
  }
  BOOST_TEST(vault.connections() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_proxy_that_is_not_there_is_named, Fixture) {
  const std::string nobody = "127.0.0.1:" + std::to_string(test::unused_port());
  options.proxy->https_proxy = "user:planted@" + nobody;
  const ErrorInfo info = lost();
  BOOST_TEST(info.message == authority() + " (through the proxy " + nobody +
                                 ") refused the connection, or cannot be reached");
  BOOST_TEST(!info.maybe_delivered);
}

BOOST_FIXTURE_TEST_CASE(a_proxy_setting_that_cannot_be_used_sends_nothing, Fixture) {
  options.proxy->https_proxy = "socks5://" + proxy_authority();
  BOOST_TEST(lost().code == "InvalidProxy");
  BOOST_TEST(proxy.connections() == 0);
}

BOOST_FIXTURE_TEST_CASE(the_certificate_is_checked_inside_the_tunnel, Fixture) {
  const auto stranger = test::make_test_certificate(host);
  LoopbackServer impostor(&stranger);
  proxy.then(test::tunnel_to(impostor.port()));
  const ErrorInfo info = lost();
  BOOST_TEST(info.message.starts_with("the certificate of " + way() + " is not trusted: "),
             info.message);
  BOOST_TEST(!info.maybe_delivered);
  BOOST_TEST(impostor.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(the_deadline_holds_against_a_proxy_that_stays_silent, Fixture) {
  proxy.then(test::never_answer());
  context.deadline = system_clock().steady_now() + 200ms;
  // Whether it was delivered is not known then: cpprestsdk looks for a cancellation only behind the
  // tunnel, and there it sends nothing once it finds one.
  BOOST_TEST(lost().message == "the deadline has passed before " + way() + " answered");
  BOOST_TEST(vault.connections() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_write_that_is_lost_in_the_tunnel_is_not_sent_again, Fixture) {
  for (int i = 0; i < 10; ++i) proxy.then(test::tunnel_to(vault.port()));
  const auto transport = make_cpprest_transport(options);
  for (int i = 0; i < 5; ++i) transport->send(request("/before"), context);
  vault.then(test::hang_up());
  BOOST_CHECK_EXCEPTION(
      transport->send(request("/lost"), context), TransportError,
      [](const TransportError& error) { return error.info().maybe_delivered; });
  int sent = 0;
  for (const auto& seen : vault.requests())
    sent += seen.text.find(" /lost ") != std::string::npos ? 1 : 0;
  BOOST_TEST(sent == 1);
  BOOST_TEST(transport->send(request("/next"), context).status == 200);
}

BOOST_AUTO_TEST_CASE(a_transport_follows_the_environment_of_the_start_and_not_later_changes) {
  // Nobody set these when the program was loaded; a later setenv is not seen before it is asked for.
  const ProxySettings before = process_proxy_settings();
  ::setenv("https_proxy", "http://user:planted@late.example:1", 1);
  BOOST_TEST(process_proxy_settings().https_proxy == before.https_proxy);
  detail::take_process_proxy_settings();
  BOOST_TEST(process_proxy_settings().https_proxy == "http://user:planted@late.example:1");
  // No name is resolved on the direct way, which ends at a refused connection.
  const std::string nobody = "127.0.0.1:" + std::to_string(test::unused_port());
  ::setenv("https_proxy", ("http://user:planted@" + nobody).c_str(), 1);
  detail::take_process_proxy_settings();
  BOOST_CHECK_EXCEPTION(
      make_cpprest_transport()->send({.url = "https://vault.test/"}, {}), TransportError,
      [&](const TransportError& error) {
        return error.info().message == "vault.test:443 (through the proxy " + nobody +
                                           ") refused the connection, or cannot be reached";
      });
  ::unsetenv("https_proxy");
  detail::take_process_proxy_settings();
}

BOOST_AUTO_TEST_SUITE_END()
