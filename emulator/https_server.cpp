// The one file that includes Boost.Beast and Asio.
//
// A connection runs on a strand of its own, one request after the other: handshake, head, body,
// handler, answer, and round again. One that came to the proxy's door says CONNECT first. Each of
// these phases has the idle timeout to end in, however slowly the bytes drip. The server keeps a
// list of its connections only to end them.
#include "akv/emulator/detail/https_server.hpp"

#include "akv/emulator/azure_names.hpp"
#include "akv/emulator/detail/wire_format.hpp"
#include "akv/mgmt/core/ascii.hpp"

// Asio of Boost 1.74 forgets this one in C++20.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace akv::emulator {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

class Connection;

/// What all connections share. `mutex` guards the three members below it.
struct Shared {
  HttpsServer::Handler handler;
  ListenerOptions options;
  std::string default_host;

  std::mutex mutex;
  std::condition_variable all_gone;
  std::map<Connection*, std::weak_ptr<Connection>> connections;
  bool stopping = false;
};

bool is_loopback(const tcp::socket& socket) {
  error_code error;
  auto address = socket.remote_endpoint(error).address();
  if (error) return false;
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
  return address.is_loopback();
}

// --- One connection ------------------------------------------------------------------------------

/// All of it runs on its strand, except start() and stop(), which go there.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, asio::ssl::context& tls, Shared& shared)
      : shared_(shared),
        is_local_(is_loopback(socket)),
        stream_(std::move(socket), tls),
        pause_(stream_.get_executor()),
        buffer_(shared.options.max_head + 65536) {}

  ~Connection() {
    std::lock_guard lock(shared_.mutex);
    shared_.connections.erase(this);
    if (shared_.connections.empty()) shared_.all_gone.notify_all();
  }

  void start() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] { self->handshake(); });
  }
  void start_as_proxy() {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
      self->through_proxy_ = true;
      self->read_connect();
    });
  }
  void stop() {
    asio::post(stream_.get_executor(), [self = shared_from_this()] {
      self->stopping_ = true;
      if (!self->answering_) self->socket().close();
    });
  }

 private:
  using Request = beast::http::request<beast::http::string_body>;

  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }
  void give_time() { socket().expires_after(shared_.options.idle_timeout); }

  void handshake() {
    error_code ignored;
    socket().socket().set_option(tcp::no_delay(true), ignored);
    give_time();
    stream_.async_handshake(
        asio::ssl::stream_base::server, [self = shared_from_this()](error_code error) {
          if (!error) return self->read_head();
          if (ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST &&
              error.category() == asio::error::get_ssl_category())
            self->answer_plain_http();
        });
  }

  // --- The proxy's door: CONNECT, then TLS as everywhere ---

  void read_connect() {
    connect_.emplace();
    connect_->header_limit(8192);
    give_time();
    beast::http::async_read_header(socket(), buffer_, *connect_,
                                   [self = shared_from_this()](error_code error, std::size_t) {
                                     if (!error) self->answer_connect();
                                   });
  }

  void answer_connect() {
    const auto& head = connect_->get();
    const std::string_view target = to_std(head.target());
    const bool known = head.method() == beast::http::verb::connect && is_azure_address(target) &&
                       buffer_.size() == 0;
    if (known)
      out_ = "HTTP/1.1 200 Connection established\r\n\r\n";
    else
      out_ = to_wire(error_response(403, "ProxyRefused",
                                    "This proxy answers for Azure's own names on port 443 only."),
                     "Forbidden", false, false);
    connect_.reset();
    give_time();
    asio::async_write(socket(), asio::buffer(out_),
                      [self = shared_from_this(), known](error_code error, std::size_t) {
                        if (error) return;
                        if (known) return self->handshake();
                        self->begin_drain();
                      });
  }

  // The likeliest mistake of a person at a terminal deserves an answer that they can read.
  void answer_plain_http() {
    auto response = error_response(400, "HttpsRequired",
                                   "This port speaks HTTPS only: write https:// in the URL.");
    out_ = to_wire(response, "Bad Request", false, false);
    give_time();
    asio::async_write(socket(), asio::buffer(out_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!error) self->begin_drain();
                      });
  }

  void read_head() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.options.max_head));
    parser_->body_limit(shared_.options.max_body);
    give_time();
    beast::http::async_read_header(stream_, buffer_, *parser_,
                                   [self = shared_from_this()](error_code error, std::size_t size) {
                                     // The parser counts the first line and the fields each for
                                     // itself.
                                     if (!error && size > self->shared_.options.max_head)
                                       error = beast::http::error::header_limit;
                                     if (error) return self->reading_failed(error);
                                     self->head_is_there();
                                   });
  }

  void head_is_there() {
    if (parser_->is_done()) return answer();
    give_time();
    if (!ascii::equal(to_std(parser_->get()[beast::http::field::expect]), "100-continue"))
      return read_body();
    out_ = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(out_),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!error) self->read_body();
                      });
  }

  void read_body() {
    beast::http::async_read(stream_, buffer_, *parser_,
                            [self = shared_from_this()](error_code error, std::size_t) {
                              if (error) return self->reading_failed(error);
                              self->answer();
                            });
  }

  void reading_failed(error_code code) {
    if (code == beast::http::error::end_of_stream) return shut_down(false);
    if (code == beast::http::error::body_limit)
      return refuse(413, "RequestEntityTooLarge",
                    "The request's body is longer than " +
                        std::to_string(shared_.options.max_body) + " bytes.");
    if (code == beast::http::error::header_limit || code == beast::http::error::buffer_overflow)
      return refuse(431, "RequestHeaderFieldsTooLarge",
                    "The request's head is longer than " +
                        std::to_string(shared_.options.max_head) + " bytes.");
    const auto& parsing = make_error_code(beast::http::error::bad_method).category();
    if (code.category() == parsing && code != beast::http::error::partial_message)
      return refuse(400, "BadRequest", "The request is not HTTP: " + code.message() + '.');
    // The peer is gone or was too slow: the socket closes with this object.
  }

  void refuse(int status, const char* code, const std::string& message) {
    send(error_response(status, code, message), false, false);
  }

  void answer() {
    answering_ = true;
    Request request = parser_->release();
    bool keep_alive = request.keep_alive();
    bool head = request.method() == beast::http::verb::head;
    Reply reply = respond_to(request);
    keep_alive = keep_alive && !stopping_;
    if (reply.delivery.is_plain()) {
      if (reply.response.status == 0) return reset();
      return send(reply.response, head, keep_alive);
    }
    if (reply.delivery.delay.count() == 0) return misdeliver(reply, head);
    pause_.expires_after(reply.delivery.delay);
    pause_.async_wait(
        [self = shared_from_this(), reply = std::move(reply), head, keep_alive](error_code error) {
          if (error) return;
          Reply late = reply;
          late.delivery.delay = {};
          if (late.delivery.is_plain()) return self->send(late.response, head, keep_alive);
          self->misdeliver(late, head);
        });
  }

  // --- Faults: an answer that does not arrive as it should ---

  void misdeliver(const Reply& reply, bool head) {
    if (reply.delivery.reset || reply.response.status == 0) return reset();
    out_ = wire(reply.response, head, false);
    const std::size_t body = head ? 0 : std::min(reply.response.body.size(), out_.size());
    std::size_t dripping = 0;
    if (const auto whole = reply.delivery.truncate_after; whole && *whole < body)
      out_.resize(out_.size() - body + *whole);
    else if (reply.delivery.bytes_per_second > 0)
      dripping = body;
    // Ten drops a second; what is not body comes at once.
    drop_ = std::max<std::size_t>(1, reply.delivery.bytes_per_second / 10);
    drip(0, out_.size() - dripping);
  }

  void drip(std::size_t from, std::size_t size) {
    give_time();
    asio::async_write(
        stream_, asio::buffer(out_.data() + from, size),
        [self = shared_from_this(), next = from + size](error_code error, std::size_t) {
          if (!error) self->wait_for_drop(next);
        });
  }

  void wait_for_drop(std::size_t from) {
    // Closed without TLS's own goodbye: the peer must notice by the length alone.
    if (from == out_.size()) return socket().close();
    pause_.expires_after(100ms);
    pause_.async_wait([self = shared_from_this(), from](error_code error) {
      if (!error) self->drip(from, std::min(self->drop_, self->out_.size() - from));
    });
  }

  Reply respond_to(Request& message) {
    auto hosts = message.count(beast::http::field::host);
    if (hosts > 1 || (hosts == 0 && message.version() > 10))
      return error_response(400, "BadRequest", "The request needs one Host header.");
    std::string_view host =
        hosts ? to_std(message[beast::http::field::host]) : std::string_view(shared_.default_host);
    auto url = effective_url(host, to_std(message.target()));
    if (!url) return error_response(400, "BadRequest", "The request's address is malformed.");
    auto method = http::parse_method(to_std(message.method_string()));
    if (!method) {
      auto response = error_response(405, "MethodNotAllowed",
                                     "GET, HEAD, PUT, POST, PATCH and DELETE are served here.");
      response.headers.set("Allow", "GET, HEAD, PUT, POST, PATCH, DELETE");
      return response;
    }
    if (is_emulator_route(url->path)) {
      // They ask for no token, so neither the network nor a page in a browser may reach them.
      // A browser names the page's origin, whatever the page asks for.
      // Nor what came through the proxy, whatever host it then names.
      if (!is_local_ || through_proxy_ || !is_loopback_name(url->host) ||
          message.count("Origin") != 0 || message.count("Sec-Fetch-Site") != 0)
        return error_response(404, "NotFound", "There is nothing here.");
      if (url->path == "/_emulator/health")
        return http::Response{.status = 200,
                              .headers = {{"Content-Type", "application/json; charset=utf-8"}},
                              .body = R"({"status":"ok"})"};
    }

    http::Request request{.method = *method};
    std::string target(to_std(message.target()));
    request.url = target[0] == '/' ? "https://" + std::string(host) + target : target;
    for (const auto& field : message)
      request.headers.add(std::string(to_std(field.name_string())),
                          std::string(to_std(field.value())));
    request.body = std::move(message.body());
    try {
      return shared_.handler(request);
    } catch (const std::exception&) {
      // The handler's own words may hold what a stranger must not read.
      return error_response(500, "InternalServerError", "The emulator failed on this request.");
    }
  }

  static std::string wire(const http::Response& response, bool head, bool keep_alive) {
    auto status = static_cast<unsigned>(response.status);
    auto reason = beast::http::obsolete_reason(beast::http::int_to_status(status));
    return to_wire(response, to_std(reason), head, keep_alive);
  }

  void send(const http::Response& response, bool head, bool keep_alive) {
    out_ = wire(response, head, keep_alive);
    answering_ = true;
    give_time();
    asio::async_write(stream_, asio::buffer(out_),
                      [self = shared_from_this(), keep_alive](error_code error, std::size_t) {
                        if (error) return;
                        self->answering_ = false;
                        std::string().swap(self->out_);
                        if (self->stopping_) return self->socket().close();
                        if (keep_alive) return self->read_head();
                        self->shut_down(true);
                      });
  }

  // Closing with unread input would reset the connection and could take the answer with it, so what
  // the peer still sends is read and dropped for a while.
  void shut_down(bool then_drain) {
    socket().expires_after(2s);
    stream_.async_shutdown([self = shared_from_this(), then_drain](error_code error) {
      if (error && then_drain && error != beast::error::timeout) self->begin_drain();
    });
  }
  void begin_drain() {
    error_code ignored;
    socket().socket().shutdown(tcp::socket::shutdown_send, ignored);
    socket().expires_after(2s);
    out_.resize(16384);
    drain();
  }
  void drain() {
    socket().async_read_some(asio::buffer(out_),
                             [self = shared_from_this()](error_code error, std::size_t) {
                               if (!error) self->drain();
                             });
  }

  // The reply that got lost: the peer sees a reset, not an end.
  void reset() {
    error_code ignored;
    socket().socket().set_option(asio::socket_base::linger(true, 0), ignored);
    socket().close();
  }

  static std::string_view to_std(beast::string_view text) { return {text.data(), text.size()}; }

  Shared& shared_;  // outlives the io_context, and so every connection
  const bool is_local_;
  bool through_proxy_ = false;  // set before anything is read
  beast::ssl_stream<beast::tcp_stream> stream_;
  asio::steady_timer pause_;  // of an answer that is late on purpose
  beast::flat_buffer buffer_;
  std::optional<beast::http::request_parser<beast::http::empty_body>> connect_;
  std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
  std::string out_;
  std::size_t drop_ = 1;    // bytes of a dripping answer at a time
  bool answering_ = false;  // a whole request is here: stop() lets its answer out
  bool stopping_ = false;
};

// --- The server's own settings -------------------------------------------------------------------

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr unsigned char ours[] = "\x08http/1.1";
  if (SSL_select_next_proto(const_cast<unsigned char**>(chosen), size, ours, sizeof ours - 1,
                            offered, offered_size) == OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_OK;
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

asio::ssl::context make_tls(const std::string& chain_pem, const std::string& key_pem) {
  asio::ssl::context tls(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_alpn_select_cb(tls.native_handle(), choose_protocol, nullptr);
  try {
    tls.use_certificate_chain(asio::buffer(chain_pem));
    tls.use_private_key(asio::buffer(key_pem), asio::ssl::context::pem);
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("the server's certificate or key is unusable: " +
                             error.code().message());
  }
  return tls;
}

tcp::endpoint endpoint_of(const ListenerOptions& options) {
  error_code error;
  auto address =
      asio::ip::make_address(options.address == "localhost" ? "127.0.0.1" : options.address, error);
  if (error)
    throw std::runtime_error("cannot listen on \"" + options.address + "\": it is no IP address");
  if (!address.is_loopback() && !options.allow_remote)
    throw std::runtime_error("will not listen on " + options.address +
                             ": other machines could reach the emulator there; 127.0.0.1 and ::1 "
                             "are safe, anything else has to be allowed explicitly");
  return {address, options.port};
}

std::string text_of(const tcp::endpoint& endpoint) {
  std::string address = endpoint.address().to_string();
  if (endpoint.address().is_v6()) address = '[' + address + ']';
  return address + ':' + std::to_string(endpoint.port());
}

}  // namespace

// --- The server ----------------------------------------------------------------------------------

namespace {

/// Where connections come in, and the certificate that they are shown.
struct Door {
  Door(asio::io_context& io, asio::ssl::context context)
      : tls(std::move(context)), acceptor(asio::make_strand(io)), pause(acceptor.get_executor()) {}

  void open(const tcp::endpoint& endpoint) try {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen();
  } catch (const boost::system::system_error& error) {
    throw std::runtime_error("cannot listen on " + text_of(endpoint) + ": " +
                             error.code().message());
  }
  void close() {
    asio::post(acceptor.get_executor(), [this] {
      error_code ignored;
      acceptor.close(ignored);
      pause.cancel();
    });
  }

  asio::ssl::context tls;
  tcp::acceptor acceptor;  // on a strand, as is `pause`
  asio::steady_timer pause;
};

}  // namespace

struct HttpsServer::Impl {
  Impl(Handler handler, const Authority& authority, ListenerOptions options)
      : door(io, make_tls(authority.server_chain_pem, authority.server_key_pem)) {
    auto endpoint = endpoint_of(options);
    shared.handler = std::move(handler);
    shared.options = std::move(options);
    door.open(endpoint);
    local = door.acceptor.local_endpoint();
    shared.default_host = text_of(local);
    if (const auto port = shared.options.proxy_port) {
      proxy =
          std::make_unique<Door>(io, make_tls(authority.proxy_chain_pem, authority.proxy_key_pem));
      proxy->open({asio::ip::address_v4::loopback(), *port});
      proxy_port = proxy->acceptor.local_endpoint().port();
      accept(*proxy);
    }
    accept(door);
    for (int i = 0; i < std::max(1, shared.options.threads); ++i)
      threads.emplace_back([this] { io.run(); });
  }

  ~Impl() {
    door.close();
    if (proxy) proxy->close();
    std::vector<std::shared_ptr<Connection>> open;
    {
      std::lock_guard lock(shared.mutex);
      shared.stopping = true;
      for (auto& [_, connection] : shared.connections)
        if (auto alive = connection.lock()) open.push_back(std::move(alive));
    }
    for (auto& connection : open) connection->stop();
    open.clear();
    {
      std::unique_lock lock(shared.mutex);
      shared.all_gone.wait_for(lock, 2s, [&] { return shared.connections.empty(); });
    }
    io.stop();
    for (auto& thread : threads) thread.join();
  }

  void accept(Door& at) {
    at.acceptor.async_accept(asio::make_strand(io),
                             [this, &at](error_code error, tcp::socket socket) {
                               if (!at.acceptor.is_open()) return;
                               if (!error) {
                                 serve(std::move(socket), at);
                                 return accept(at);
                               }
                               // Out of descriptors, most likely: some connection has to end first.
                               at.pause.expires_after(50ms);
                               at.pause.async_wait([this, &at](error_code stopped) {
                                 if (!stopped && at.acceptor.is_open()) accept(at);
                               });
                             });
  }

  void serve(tcp::socket socket, Door& at) {
    auto connection = std::make_shared<Connection>(std::move(socket), at.tls, shared);
    {
      std::lock_guard lock(shared.mutex);
      auto limit = static_cast<std::size_t>(std::max(1, shared.options.max_connections));
      if (shared.stopping || shared.connections.size() >= limit) return;
      shared.connections.emplace(connection.get(), connection);
    }
    if (&at == proxy.get())
      connection->start_as_proxy();
    else
      connection->start();
  }

  // In this order: what connections use outlives the threads that run them.
  Shared shared;
  asio::io_context io;
  Door door;
  std::unique_ptr<Door> proxy;  // or none
  unsigned short proxy_port = 0;
  tcp::endpoint local;
  std::vector<std::thread> threads;
};

HttpsServer::HttpsServer(Handler handler, const Authority& authority, ListenerOptions options)
    : impl_(std::make_unique<Impl>(std::move(handler), authority, std::move(options))) {}
HttpsServer::~HttpsServer() = default;
unsigned short HttpsServer::port() const { return impl_->local.port(); }
unsigned short HttpsServer::proxy_port() const { return impl_->proxy_port; }
std::string HttpsServer::base_url() const {
  auto address = impl_->local.address();
  // The certificate names localhost; another machine needs the address it can reach.
  if (address.is_loopback() || address.is_unspecified())
    return "https://localhost:" + std::to_string(port());
  return "https://" + text_of(impl_->local);
}

}  // namespace akv::emulator
