#include "akv/mgmt/identity/detail/pinned_transport.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/hex.hpp"
#include "akv/mgmt/identity/detail/descriptor.hpp"
#include "akv/mgmt/identity/detail/quiet_bio.hpp"

#include <openssl/err.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace akv::identity::detail {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds limit{30000};
// How long a stop request may go unseen.
constexpr milliseconds slice{50};
constexpr std::size_t max_answer_bytes = std::size_t{1} << 20;

[[noreturn]] void no_answer(std::string message, bool maybe_delivered) {
  throw TransportError({.message = std::move(message), .maybe_delivered = maybe_delivered});
}

std::string thumbprint_of(X509* certificate) {
  unsigned char digest[SHA_DIGEST_LENGTH];
  unsigned int size = 0;
  if (!certificate || X509_digest(certificate, EVP_sha1(), digest, &size) != 1) return {};
  return hex({reinterpret_cast<const char*>(digest), size});
}

/// Not every server closes the connection when it is asked to.
bool is_complete(std::string_view bytes) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return false;
  const std::string head = ascii::lower(bytes.substr(0, head_end + 2));
  constexpr std::string_view name = "\r\ncontent-length:";
  const std::size_t at = head.find(name);
  if (at == std::string::npos) return false;
  const std::string_view digits = ascii::trim(
      std::string_view(head).substr(at + name.size(), head.find('\r', at + 2) - at - name.size()));
  std::size_t length = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return bytes.size() - head_end - 4 >= length;
}

/// One connection, one request. Every wait ends with the context.
class Exchange {
 public:
  Exchange(const http::Url& url, const Context& context)
      : peer_(url.authority()), context_(context), until_(steady_clock::now() + limit) {
    connect(url);
  }

  void shake_hands(const std::string& thumbprint) {
    context_of_tls_.reset(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(context_of_tls_.get(), TLS1_2_VERSION);
    ssl_.reset(SSL_new(context_of_tls_.get()));
    BIO* const bio = make_quiet_bio(socket_.get());
    SSL_set_bio(ssl_.get(), bio, bio);
    perform("the TLS handshake with " + peer_ + " failed",
            [this] { return SSL_connect(ssl_.get()); });
    const std::unique_ptr<X509, void (*)(X509*)> certificate(SSL_get1_peer_certificate(ssl_.get()),
                                                             X509_free);
    if (!ascii::equal(thumbprint_of(certificate.get()), thumbprint))
      no_answer("the certificate of " + peer_ + " is not the one in IDENTITY_SERVER_THUMBPRINT",
                false);
  }

  void write(const std::string& text) {
    sent_ = true;
    perform(peer_ + " did not take the request",
            [&] { return SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())); });
  }

  /// All until the answer is complete, or the server closes the connection.
  std::string read() {
    std::string all;
    char block[8192];
    for (;;) {
      const int got = attempt([&] { return SSL_read(ssl_.get(), block, sizeof block); });
      if (got <= 0) return all;
      all.append(block, static_cast<std::size_t>(got));
      if (all.size() > max_answer_bytes) no_answer("the answer of " + peer_ + " is too long", true);
      if (is_complete(all)) return all;
    }
  }

 private:
  void connect(const http::Url& url) {
    std::string host = url.host;
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int error = ::getaddrinfo(host.c_str(), std::to_string(url.port).c_str(), &hints, &found);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> list(found, [](addrinfo* all) {
      if (all) ::freeaddrinfo(all);
    });
    if (error != 0) no_answer("the host of " + peer_ + " is not known", false);
    for (const addrinfo* at = list.get(); at; at = at->ai_next) {
      socket_ = Descriptor(::socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
      if (::connect(socket_.get(), at->ai_addr, at->ai_addrlen) == 0) return;
      if (errno == EINPROGRESS) {
        wait_for(POLLOUT);
        int failure = 0;
        socklen_t size = sizeof failure;
        ::getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &failure, &size);
        if (failure == 0) return;
      }
    }
    no_answer(peer_ + " refused the connection", false);
  }

  /// Throws CancelledError or TransportError when the time is over.
  void wait_for(short events) {
    for (;;) {
      context_.check();
      if (steady_clock::now() >= until_)
        no_answer(peer_ + " did not answer within " + std::to_string(limit.count() / 1000) + " s",
                  sent_);
      pollfd wait{socket_.get(), events, 0};
      if (::poll(&wait, 1, static_cast<int>(slice.count())) > 0) return;
    }
  }

  /// Repeats it until it is through or cannot go on; its last result.
  template <class Operation>
  int attempt(Operation operation) {
    for (;;) {
      ERR_clear_error();
      const int result = operation();
      if (result > 0) return result;
      const int error = SSL_get_error(ssl_.get(), result);
      if (error == SSL_ERROR_WANT_READ)
        wait_for(POLLIN);
      else if (error == SSL_ERROR_WANT_WRITE)
        wait_for(POLLOUT);
      else
        return result;
    }
  }
  template <class Operation>
  void perform(const std::string& failure, Operation operation) {
    if (attempt(operation) <= 0) no_answer(failure, sent_);
  }

  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  const std::string peer_;
  const Context& context_;  // the caller's, for the time of one call
  const steady_clock::time_point until_;
  Descriptor socket_;
  std::unique_ptr<SSL_CTX, Free> context_of_tls_;
  std::unique_ptr<SSL, Free> ssl_;  // goes before its context and socket
  bool sent_ = false;
};

std::string request_text(const http::Request& request, const http::Url& url) {
  std::string text =
      std::string(http::to_string(request.method)) + " " + url.path +
      (url.query.empty() ? "" : "?" + url.query) + " HTTP/1.1\r\nHost: " + url.authority() +
      "\r\nConnection: close\r\nContent-Length: " + std::to_string(request.body.size()) + "\r\n";
  for (const auto& [name, value] : request.headers) {
    if ((name + value).find_first_of("\r\n") != std::string::npos)
      no_answer("the header " + ascii::lower(name.substr(0, name.find_first_of("\r\n"))) +
                    " holds a line break",
                false);
    text.append(name).append(": ").append(value).append("\r\n");
  }
  return text + "\r\n" + request.body;
}

class PinnedTransport final : public http::Transport {
 public:
  explicit PinnedTransport(std::string thumbprint) : thumbprint_(std::move(thumbprint)) {}

  http::Response send(const http::Request& request, const Context& context) override {
    const auto url = http::Url::parse(request.url);
    if (!url || url->scheme != "https")
      no_answer("a server with a known certificate has an https URL", false);
    const std::string text = request_text(request, *url);
    Exchange exchange(*url, context);
    exchange.shake_hands(thumbprint_);
    exchange.write(text);
    return parse_answer(exchange.read());
  }

 private:
  const std::string thumbprint_;
};

std::string unchunked(std::string_view body) {
  std::string all;
  for (;;) {
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
    const std::size_t line = body.find("\r\n");
    if (error != std::errc() || line == std::string_view::npos)
      no_answer("the answer ended early", true);
    if (size == 0) return all;
    body.remove_prefix(line + 2);
    if (body.size() < 2 || size > body.size() - 2) no_answer("the answer ended early", true);
    all += body.substr(0, size);
    body.remove_prefix(size + 2);
  }
}

}  // namespace

http::Response parse_answer(std::string_view bytes) {
  const std::size_t head_end = bytes.find("\r\n\r\n");
  http::Response response;
  // `HTTP/1.1 200 OK`
  if (head_end == std::string_view::npos || !bytes.starts_with("HTTP/1.") || head_end < 12 ||
      std::from_chars(bytes.data() + 9, bytes.data() + 12, response.status).ec != std::errc())
    no_answer("the answer is no HTTP", true);
  std::string_view head = bytes.substr(0, head_end);
  while (head.find("\r\n") != std::string_view::npos) {
    head.remove_prefix(head.find("\r\n") + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos)
      response.headers.add(line.substr(0, colon), std::string(ascii::trim(line.substr(colon + 1))));
  }
  const std::string_view body = bytes.substr(head_end + 4);
  if (ascii::equal(response.headers.get("Transfer-Encoding").value_or(""), "chunked")) {
    response.body = unchunked(body);
    return response;
  }
  response.body = body;
  if (const auto length = response.headers.get("Content-Length")) {
    std::size_t promised = 0;
    std::from_chars(length->data(), length->data() + length->size(), promised);
    if (body.size() < promised) no_answer("the answer ended early", true);
    response.body.resize(promised);
  }
  return response;
}

std::shared_ptr<http::Transport> make_pinned_transport(std::string thumbprint) {
  return std::make_shared<PinnedTransport>(std::move(thumbprint));
}

}  // namespace akv::identity::detail
