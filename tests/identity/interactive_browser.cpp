#include "akv/mgmt/identity/detail/crypto.hpp"
#include "akv/mgmt/identity/detail/loopback_redirect.hpp"
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"
#include "support/tls_client.hpp"

#include <fstream>
#include <sys/stat.h>
#include <thread>

using namespace akv;
using namespace akv::identity;
using namespace std::chrono_literals;

namespace {

const std::string user_token =
    R"({"expires_in":3599,"access_token":"t","refresh_token":"the-refresh-token"})";

/// What a browser gets for a request to the address that the sign-in page was given.
std::string browse(int port, const std::string& request) {
  const test::TcpClient tcp(static_cast<unsigned short>(port));
  tcp.send(request);
  return tcp.read_all();
}
std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

struct Fixture : test::SignIn {
  std::string page;  // that was opened
  std::string shown;
  std::string query = "code=the-code";
  std::vector<std::jthread> browsers;
  test::TemporaryFolder folder;

  void install_opener(const std::string& script) const {
    const std::string path = (folder / "xdg-open").string();
    std::ofstream(path) << "#!/bin/bash\n" << script << "\n";
    ::chmod(path.c_str(), 0700);
  }
  std::string of_page(const std::string& name) const {
    return http::query_parameter(http::Url::parse(page)->query, name).value_or("");
  }
  int port() const { return http::Url::parse(of_page("redirect_uri"))->port; }
  /// Opens the page and, like a browser, comes back from another thread.
  std::function<void(const std::string&, const Context&)> opener() {
    return [this](const std::string& url, const Context&) {
      page = url;
      browsers.emplace_back(
          [this] { shown = browse(port(), get("/?" + query + "&state=" + of_page("state"))); });
    };
  }
  std::shared_ptr<TokenCredential> credential(InteractiveBrowserOptions browser = {}) {
    browser.tenant_id = "t";
    browser.client_id = "c";
    browser.open = opener();
    return make_interactive_browser_credential(std::move(browser), options());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(interactive_browser, Fixture)

BOOST_AUTO_TEST_CASE(the_code_is_exchanged_with_its_verifier) {
  transport->reply(200, {}, user_token).reply(200, {}, user_token);
  const auto made = credential();
  BOOST_TEST(ask(*made).token == "t");
  browsers.clear();
  BOOST_TEST(page.starts_with("https://login.microsoftonline.com/t/oauth2/v2.0/authorize?"));
  BOOST_TEST(of_page("client_id") == "c");
  BOOST_TEST(of_page("response_type") == "code");
  BOOST_TEST(of_page("code_challenge_method") == "S256");
  BOOST_TEST(of_page("scope") ==
             "https://management.azure.com/.default openid profile offline_access");
  BOOST_TEST(of_page("prompt") == "select_account");
  BOOST_TEST(of_page("redirect_uri").starts_with("http://localhost:"));
  BOOST_TEST(shown.find("You are signed in") != std::string::npos, shown);

  BOOST_TEST(field("grant_type") == "authorization_code");
  BOOST_TEST(field("code") == "the-code");
  BOOST_TEST(field("redirect_uri") == of_page("redirect_uri"));
  BOOST_TEST(field("code_verifier").size() == 43u);
  BOOST_TEST(identity::detail::base64url(identity::detail::sha256(field("code_verifier"))) ==
             of_page("code_challenge"));

  BOOST_TEST(ask(*made).token == "t");  // by the refresh token
  BOOST_TEST(field("grant_type", 1) == "refresh_token");
  BOOST_TEST(made->describe() == "a person, by browser for application c");
}

BOOST_AUTO_TEST_CASE(no_two_sign_ins_share_state_or_verifier) {
  transport->reply(200, {}, user_token).reply(200, {}, user_token);
  ask(*credential({.login_hint = "me@contoso.example"}));
  const std::string state = of_page("state");
  BOOST_TEST(of_page("login_hint") == "me@contoso.example");
  BOOST_TEST(of_page("prompt") == "");
  browsers.clear();
  ask(*credential());
  BOOST_TEST(state.size() == 22u);
  BOOST_TEST(of_page("state") != state);
  BOOST_TEST(field("code_verifier") != field("code_verifier", 1));
}

BOOST_AUTO_TEST_CASE(a_claims_challenge_is_passed_on_to_the_person) {
  transport->reply(200, {}, user_token);
  const std::string claims = R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})";
  ask(*credential(), {.scopes = {"s"}, .claims = claims});
  browsers.clear();
  BOOST_TEST(of_page("claims") == claims);
  BOOST_TEST(field("claims") == claims);
}

BOOST_AUTO_TEST_CASE(a_refused_sign_in_says_why) {
  query = "error=access_denied&error_description=AADSTS65004%3A+declined%0d%0aTrace";
  BOOST_TEST(refusal(*credential()).message ==
             "the sign-in in the browser did not succeed: AADSTS65004: declined; try again");
  browsers.clear();
  BOOST_TEST(shown.find("did not succeed") != std::string::npos);
  query = "error=server_error";
  BOOST_TEST(refusal(*credential()).message ==
             "the sign-in in the browser did not succeed: server_error; try again");
  browsers.clear();
  query = "x=y";
  BOOST_TEST(refusal(*credential()).message ==
             "the sign-in in the browser did not succeed: no reason given; try again");
}

BOOST_AUTO_TEST_CASE(who_does_not_know_the_state_is_not_believed) {
  identity::detail::LoopbackRedirect redirect(0);
  const std::string tries[] = {get("/?code=forged&state=guessed"), get("/?code=forged"),
                               get("/favicon.ico"), "POST /?state=right HTTP/1.1\r\n\r\n",
                               "GET /?state=right\r\n\r\n"};
  std::string statuses;
  std::jthread browser([&] {
    for (const std::string& text : tries)
      statuses += browse(redirect.port(), text).substr(0, 13);  // "HTTP/1.1 400 "
    browse(redirect.port(), get("/?code=real&state=right"));
  });
  const std::string query = redirect.wait("right", 60s, context);
  browser.join();
  BOOST_TEST(query == "code=real&state=right");
  BOOST_TEST(statuses == "HTTP/1.1 400 HTTP/1.1 400 HTTP/1.1 404 HTTP/1.1 404 HTTP/1.1 404 ");
}

BOOST_AUTO_TEST_CASE(connections_that_say_nothing_do_not_hold_it_up) {
  identity::detail::LoopbackRedirect redirect(0);
  std::vector<std::unique_ptr<test::TcpClient>> silent;
  std::string oldest = "not closed";
  std::jthread browser([&] {
    // One more than it keeps: the oldest goes.
    for (std::size_t i = 0; i <= identity::detail::max_redirect_connections; ++i)
      silent.push_back(
          std::make_unique<test::TcpClient>(static_cast<unsigned short>(redirect.port())));
    oldest = silent.front()->read_all();
    browse(redirect.port(), get("/?code=c&state=s"));
  });
  const std::string query = redirect.wait("s", 60s, context);
  browser.join();
  BOOST_TEST(query == "code=c&state=s");
  BOOST_TEST(oldest == "");
}

BOOST_AUTO_TEST_CASE(a_request_of_16_kib_is_read_and_not_a_byte_more) {
  identity::detail::LoopbackRedirect redirect(0);
  std::string refused;
  std::jthread browser([&] {
    const std::string start = "GET /?state=s&code=", end = " HTTP/1.1\r\n\r\n";
    // Without the blank line at its end, so that no more than the cap itself decides.
    const std::string endless(identity::detail::max_redirect_bytes + 1, 'x');
    refused = browse(redirect.port(), endless);
    const std::size_t room = identity::detail::max_redirect_bytes - start.size() - end.size();
    browse(redirect.port(), start + std::string(room, 'c') + end);
  });
  const std::string query = redirect.wait("s", 60s, context);
  browser.join();
  BOOST_TEST(query.size() > 16000u);
  BOOST_TEST(refused.starts_with("HTTP/1.1 431 "));
}

BOOST_AUTO_TEST_CASE(nobody_is_waited_for_without_end) {
  identity::detail::LoopbackRedirect redirect(0);
  BOOST_CHECK_EXCEPTION(redirect.wait("s", 0s, context), AuthenticationError,
                        [](const AuthenticationError& error) {
                          return error.info().message ==
                                 "nobody signed in within 0 s; try again, or use a device code";
                        });
  context.deadline = clock.steady_now();
  BOOST_CHECK_THROW(redirect.wait("s", 60s, context), CancelledError);
}

BOOST_AUTO_TEST_CASE(a_port_in_use_is_named) {
  const identity::detail::LoopbackRedirect first(0);
  const std::string port = std::to_string(first.port());
  BOOST_TEST(
      refusal(*credential({.redirect_port = static_cast<unsigned short>(first.port())})).message ==
      "cannot listen on port " + port +
          " for the browser's answer: Address already in use; choose another redirect_port");
}

BOOST_AUTO_TEST_CASE(who_signs_in_wherever_they_belong_may_be_asked_for_any_tenant) {
  transport->reply(200, {}, user_token);
  InteractiveBrowserOptions browser;
  browser.open = opener();
  const auto made = make_interactive_browser_credential(std::move(browser), options());
  BOOST_TEST(ask(*made, {.scopes = {"s"}, .tenant_id = "contoso.example"}).token == "t");
  BOOST_TEST(
      page.starts_with("https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize?"));
  BOOST_TEST(sent().url == "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(without_a_desktop_it_is_unavailable) {
  variables = {{"PATH", folder.path().string() + ":/usr/bin:/bin"}, {"DISPLAY", ""}};
  install_opener("exit 0");
  BOOST_TEST(refusal(*make_interactive_browser_credential({}, options())).message ==
             "no browser can be opened here (none of DISPLAY, WAYLAND_DISPLAY and BROWSER is set), "
             "use a device code");
  BOOST_TEST(unavailable);
  variables = {{"PATH", "/absent"}};
  BOOST_TEST(refusal(*make_interactive_browser_credential({}, options())).message ==
             "no browser can be opened here (xdg-open is not on PATH), use a device code");
  BOOST_TEST(unavailable);
}

BOOST_AUTO_TEST_CASE(a_launcher_that_fails_is_told_of_at_once) {
  for (const char* const name : {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}) {
    variables = {{"PATH", folder.path().string() + ":/usr/bin:/bin"}, {name, ":0"}};
    // It fails only after the shell that started it has ended, whose group it is in.
    install_opener(
        "shell=$(cut -d ' ' -f 5 /proc/$$/stat)\n"
        "while kill -0 $shell 2>/dev/null; do :; done\n"
        "exit 3");
    BOOST_TEST(refusal(*make_interactive_browser_credential({}, options())).message ==
               "no browser can be opened here (xdg-open ended with exit code 3), use a device "
               "code, or show the address by InteractiveBrowserOptions::open");
    BOOST_TEST(unavailable);
  }
}

BOOST_AUTO_TEST_CASE(a_launcher_that_cannot_be_started_is_told_of_at_once) {
  variables = {{"PATH", folder.path().string()}, {"DISPLAY", ":0"}};
  install_opener("exit 0");
  const std::string shell = (folder / "sh").string();
  std::ofstream(shell) << "no program";
  ::chmod(shell.c_str(), 0700);
  BOOST_TEST(refusal(*make_interactive_browser_credential({}, options())).message ==
             "no browser can be opened here (" + shell +
                 " cannot be run: Exec format error), use a device code");
  BOOST_TEST(unavailable);
}

BOOST_AUTO_TEST_CASE(the_desktops_own_browser_is_given_the_address_as_it_is) {
  // A browser of one line: it says no to the sign-in.
  install_opener("printf %s \"$1\" >" + folder.path().string() +
                 "/url\n"
                 "[[ $1 =~ localhost%3A([0-9]+) ]] && port=${BASH_REMATCH[1]}\n"
                 "[[ $1 =~ state=([^&]*) ]] && state=${BASH_REMATCH[1]}\n"
                 "exec 3<>/dev/tcp/127.0.0.1/$port\n"
                 "printf 'GET /?error=no&state=%s HTTP/1.1\\r\\n\\r\\n' \"$state\" >&3");
  variables = {{"PATH", folder.path().string() + ":/usr/bin:/bin"}, {"DISPLAY", ":0"}};
  BOOST_TEST(refusal(*make_interactive_browser_credential({}, options())).message ==
             "the sign-in in the browser did not succeed: no; try again");
  std::ifstream in(folder / "url");
  std::string url;
  std::getline(in, url);
  BOOST_TEST(
      url.starts_with(
          "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id="),
      url);
}

BOOST_AUTO_TEST_SUITE_END()
