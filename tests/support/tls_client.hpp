/// A blocking TLS client on OpenSSL alone, so that a test decides every byte it sends.
#pragma once
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <csignal>
#include <memory>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <utility>

namespace akv::test {

/// A TCP connection to 127.0.0.1. Every wait ends after a minute at the latest.
class TcpClient {
 public:
  explicit TcpClient(unsigned short port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    std::signal(SIGPIPE, SIG_IGN);
    timeval patience{.tv_sec = 60, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      close(fd_);
      throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
  }
  ~TcpClient() { close(fd_); }
  TcpClient(const TcpClient&) = delete;
  TcpClient& operator=(const TcpClient&) = delete;
  int fd() const { return fd_; }
  void send(std::string_view bytes) const { (void)!write(fd_, bytes.data(), bytes.size()); }
  /// All that comes until the peer ends the connection.
  std::string read_all() const {
    std::string all;
    char block[4096];
    for (ssize_t got; (got = read(fd_, block, sizeof block)) > 0;)
      all.append(block, static_cast<std::size_t>(got));
    return all;
  }

 private:
  int fd_;
};

struct TlsOptions {
  std::string ca_file{};
  std::string server_name = "localhost";  ///< Checked against the certificate.
  std::string alpn = "\x08http/1.1";      ///< Wire form; empty: not offered.
  int min_version = 0, max_version = 0;   ///< As TLS1_2_VERSION; 0: the library's.
  std::string tunnel{};                   ///< `host:443`: asks a proxy at the port for it first.
};

struct HttpReply {
  int status = 0;
  std::string head, body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class TlsClient {
 public:
  /// Throws std::runtime_error when the handshake fails or the certificate is not trusted.
  TlsClient(unsigned short port, const TlsOptions& options)
      : tcp_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    if (!options.tunnel.empty()) open_tunnel(options.tunnel);
    SSL_CTX* context = context_.get();
    if (SSL_CTX_load_verify_locations(context, options.ca_file.c_str(), nullptr) != 1)
      throw std::runtime_error("cannot read " + options.ca_file);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    // Older protocols are offered at all only at this level: the server shall be who refuses.
    if (options.max_version) SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context, options.min_version);
    SSL_CTX_set_max_proto_version(context, options.max_version);
    ssl_.reset(SSL_new(context));
    SSL_set_fd(ssl_.get(), tcp_.fd());
    SSL_set_tlsext_host_name(ssl_.get(), options.server_name.c_str());
    // Names the caller as *.localhost would: OpenSSL by itself wants two labels after the star.
    X509_VERIFY_PARAM* parameters = SSL_get0_param(ssl_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, options.server_name.c_str()) != 1)
      SSL_set1_host(ssl_.get(), options.server_name.c_str());
    if (!options.alpn.empty())
      SSL_set_alpn_protos(ssl_.get(), reinterpret_cast<const unsigned char*>(options.alpn.data()),
                          static_cast<unsigned>(options.alpn.size()));
    if (SSL_connect(ssl_.get()) != 1) {
      const char* reason = ERR_reason_error_string(ERR_peek_last_error());
      std::string text = reason ? reason : "the connection ended";
      ERR_clear_error();
      throw std::runtime_error("handshake: " + text);
    }
  }

  SSL* native() { return ssl_.get(); }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      int done = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
      if (done <= 0) {
        ERR_clear_error();
        throw std::runtime_error("the connection ended while sending");
      }
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
  }

  /// One answer with a Content-Length or without a body. Throws std::runtime_error when the
  /// connection ends before that. `after_head` is for the answer to a HEAD.
  HttpReply read(bool after_head = false) {
    std::size_t end;
    while ((end = pending_.find("\r\n\r\n")) == std::string::npos) more();
    HttpReply reply;
    reply.head = pending_.substr(0, end + 4);
    pending_.erase(0, end + 4);
    reply.status = std::stoi(reply.head.substr(9, 3));
    auto length = reply.head.find("Content-Length: ");
    if (after_head || length == std::string::npos) return reply;
    std::size_t size = std::stoul(reply.head.substr(length + 16));
    while (pending_.size() < size) more();
    reply.body = pending_.substr(0, size);
    pending_.erase(0, size);
    return reply;
  }

  /// Sends a request and reads its answer.
  HttpReply ask(std::string_view request) {
    send(request);
    return read();
  }

  /// Whether the server ends the connection next, and nothing else comes before.
  bool ended() {
    if (!pending_.empty()) return false;
    char byte;
    bool over = SSL_read(ssl_.get(), &byte, 1) <= 0;
    ERR_clear_error();
    return over;
  }

 private:
  void open_tunnel(const std::string& target) {
    tcp_.send("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n");
    std::string answer;
    char byte;
    while (answer.find("\r\n\r\n") == std::string::npos && ::read(tcp_.fd(), &byte, 1) == 1)
      answer += byte;
    if (!answer.starts_with("HTTP/1.1 200 "))
      throw std::runtime_error("the proxy refused: " + answer.substr(0, answer.find('\r')));
  }

  void more() {
    char block[16384];
    int got = SSL_read(ssl_.get(), block, sizeof block);
    if (got <= 0) {
      ERR_clear_error();
      throw std::runtime_error("the connection ended before the answer");
    }
    pending_.append(block, static_cast<std::size_t>(got));
  }

  TcpClient tcp_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  std::unique_ptr<SSL, Free> ssl_;
  std::string pending_;
};

}  // namespace akv::test
