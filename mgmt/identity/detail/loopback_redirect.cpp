#include "akv/mgmt/identity/detail/loopback_redirect.hpp"

#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>
#include <vector>

namespace akv::identity::detail {
namespace {

using std::chrono::milliseconds;

// How long an end of the context may go unseen.
constexpr milliseconds slice{50};

struct Connection {
  Descriptor socket;
  std::string text;
};

void answer(const Connection& connection, std::string_view status, std::string_view text) {
  const std::string body =
      "<!doctype html><meta charset=\"utf-8\"><title>akv</title><p>" + std::string(text) + "</p>\n";
  const std::string all = "HTTP/1.1 " + std::string(status) +
                          "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store"
                          "\r\nConnection: close\r\nContent-Length: " +
                          std::to_string(body.size()) + "\r\n\r\n" + body;
  // Short enough for the socket's own buffer; whoever does not take it does not get it.
  (void)::send(connection.socket.get(), all.data(), all.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  (void)::shutdown(connection.socket.get(), SHUT_WR);
}

/// What came of looking at a connection that has something to say.
enum class Look { go_on, close, found };

/// Reads what is there. `query` is set when the answer that was waited for has come.
Look look_at(Connection& connection, const std::string& state, std::string& query) {
  char block[4096];
  const ssize_t got = ::recv(connection.socket.get(), block, sizeof block, MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return Look::go_on;
  if (got <= 0) return Look::close;
  connection.text.append(block, static_cast<std::size_t>(got));
  const std::size_t end = connection.text.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (connection.text.size() <= max_redirect_bytes) return Look::go_on;
    answer(connection, "431 Request Header Fields Too Large", "This request is too long.");
    return Look::close;
  }
  const auto asked = redirect_query(connection.text);
  if (!asked) {
    answer(connection, "404 Not Found", "There is nothing here.");
    return Look::close;
  }
  if (http::query_parameter(*asked, "state") != state) {
    answer(connection, "400 Bad Request", "This is not the sign-in that akv waits for.");
    return Look::close;
  }
  const bool good = http::query_parameter(*asked, "code").has_value();
  answer(connection, "200 OK",
         good ? "You are signed in, and may close this window."
              : "The sign-in did not succeed. The program that asked for it says why.");
  query = *asked;
  return Look::found;
}

}  // namespace

std::optional<std::string> redirect_query(std::string_view head) {
  constexpr std::string_view start = "GET /";
  if (!head.starts_with(start)) return std::nullopt;
  const std::string_view target = head.substr(start.size() - 1, head.find(' ', 4) - 4);
  if (!target.starts_with("/?") || target.find_first_of("\r\n") != std::string_view::npos)
    return std::nullopt;
  return std::string(target.substr(2));
}

LoopbackRedirect::LoopbackRedirect(unsigned short port)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const plain = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  const int yes = 1;
  (void)::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (!listener_.is_open() || ::bind(listener_.get(), plain, size) != 0 ||
      ::listen(listener_.get(), static_cast<int>(max_redirect_connections)) != 0 ||
      ::getsockname(listener_.get(), plain, &size) != 0)
    refuse("cannot listen on port " + std::to_string(port) + " for the browser's answer: " +
           std::generic_category().message(errno) + "; choose another redirect_port");
  port_ = ntohs(address.sin_port);
}

std::string LoopbackRedirect::wait(const std::string& state, milliseconds timeout,
                                   const Context& context) {
  const auto until = std::chrono::steady_clock::now() + timeout;
  std::vector<Connection> connections;
  std::string query;
  for (;;) {
    context.check();
    if (std::chrono::steady_clock::now() >= until)
      refuse("nobody signed in within " + std::to_string(timeout.count() / 1000) +
             " s; try again, or use a device code");
    std::vector<pollfd> waits{{listener_.get(), POLLIN, 0}};
    for (const Connection& connection : connections)
      waits.push_back({connection.socket.get(), POLLIN, 0});
    if (::poll(waits.data(), waits.size(), static_cast<int>(slice.count())) <= 0) continue;
    for (std::size_t i = connections.size(); i-- > 0;) {
      if (waits[i + 1].revents == 0) continue;
      const Look look = look_at(connections[i], state, query);
      if (look == Look::found) return query;
      if (look == Look::close)
        connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (waits.front().revents == 0) continue;
    Descriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket.is_open()) continue;
    // The oldest is most likely one that the browser opened in advance.
    if (connections.size() >= max_redirect_connections) connections.erase(connections.begin());
    connections.push_back({.socket = std::move(socket), .text = {}});
  }
}

}  // namespace akv::identity::detail
