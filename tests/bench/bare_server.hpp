/// A bare Beast server over HTTPS: no checks, no log, an answer ready for each request.
#pragma once
#include <utility>

// Asio of Boost 1.74 forgets <utility> in C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace akv::bench {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Answer = beast::http::response<beast::http::string_body>;
/// The answer to a request's target; called from any of the server's threads, must outlive it.
using Answers = std::function<const Answer&(std::string_view target)>;

class BareServer {
 public:
  BareServer(const std::string& chain_pem, const std::string& key_pem, Answers answers,
             int threads)
      : answers_(std::move(answers)) {
    tls_.use_certificate_chain(asio::buffer(chain_pem));
    tls_.use_private_key(asio::buffer(key_pem), asio::ssl::context::pem);
    accept();
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { io_.run(); });
  }
  ~BareServer() {
    io_.stop();
    for (auto& thread : threads_) thread.join();
  }
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;
  unsigned short port() const { return acceptor_.local_endpoint().port(); }

 private:
  class Session : public std::enable_shared_from_this<Session> {
   public:
    Session(tcp::socket socket, asio::ssl::context& tls, const Answers& answers)
        : stream_(std::move(socket), tls), answers_(answers) {}
    void start() {
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = shared_from_this()](beast::error_code error) {
                                if (!error) self->read();
                              });
    }

   private:
    void read() {
      request_ = {};
      beast::http::async_read(stream_, buffer_, request_,
                              [self = shared_from_this()](beast::error_code error, std::size_t) {
                                if (!error) self->write();
                              });
    }
    void write() {
      response_ = answers_({request_.target().data(), request_.target().size()});
      beast::http::async_write(stream_, response_,
                               [self = shared_from_this()](beast::error_code error, std::size_t) {
                                 if (!error) self->read();
                               });
    }
    beast::ssl_stream<beast::tcp_stream> stream_;
    const Answers& answers_;  // of the server, which outlives its sessions
    Answer response_;
    beast::flat_buffer buffer_;
    beast::http::request<beast::http::string_body> request_;
  };

  void accept() {
    acceptor_.async_accept(asio::make_strand(io_),
                           [this](beast::error_code error, tcp::socket peer) {
                             if (error) return;
                             beast::error_code ignored;
                             peer.set_option(tcp::no_delay(true), ignored);
                             std::make_shared<Session>(std::move(peer), tls_, answers_)->start();
                             accept();
                           });
  }
  const Answers answers_;
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  asio::io_context io_;
  tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
  std::vector<std::thread> threads_;
};

}  // namespace akv::bench
