// The only file that sees cpprestsdk. Its traps, and where each is closed below:
//   a hidden second send after a lost connection    make_message: a body that cannot be rewound
//   a time limit that restarts at every chunk       CpprestTransport::wait_for: our own deadline
//   a poisoned pool after a lost connection         CpprestTransport::retire
//   unlimited answers, bodies unpacked without end  Progress, unpack
//   an exception nobody observes kills the process  CpprestTransport::start
#include "akv/mgmt/http/cpprest_transport.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/detail/certificate_verdict.hpp"
#include "akv/mgmt/http/detail/in_flight.hpp"
#include "akv/mgmt/http/detail/no_answer.hpp"
#include "akv/mgmt/http/detail/outgoing.hpp"
#include "akv/mgmt/http/detail/proxy_route.hpp"
#include "akv/mgmt/http/detail/trust.hpp"

#include <cpprest/http_client.h>
#include <cpprest/producerconsumerstream.h>
#include <openssl/ssl.h>
#include <pplx/threadpool.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace akv::http {
namespace {

using web::http::client::http_client;
using web::http::client::http_client_config;

// After a cancellation cpprestsdk closes the socket and reports within microseconds; only a name
// lookup that hangs takes longer, and nobody waits for that.
constexpr std::chrono::milliseconds cancel_patience{250};
constexpr std::chrono::milliseconds drain_patience{2000};
constexpr std::chrono::milliseconds longest_attempt = std::chrono::hours(24);

// --- Which threads the pool has -----------------------------------------------------------------

// Written by prepare_process before any thread starts.
int pool_threads = 0;

void start_pool_once() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (pool_threads <= 0) return;
    try {
      crossplat::threadpool::initialize_with_threads(static_cast<std::size_t>(pool_threads));
    } catch (const std::exception&) {
      // Somebody else in this process started the pool first: it works, with more threads.
    }
  });
}

// --- Authorities -------------------------------------------------------------------------------

/// One authority: its connections, what is wrong with its certificate, and how messages name it.
struct Peer {
  std::shared_ptr<http_client> client;
  std::shared_ptr<detail::CertificateVerdict> verdict;
  std::string name;
};

/// Bounded, so that a caller's "for ever" does not overflow.
std::chrono::milliseconds attempt_time(const CpprestOptions& options) {
  return std::min(options.attempt_timeout, longest_attempt);
}

Peer make_peer(const Url& url, const CpprestOptions& options, const detail::TrustStore& trust) {
  const ProxySettings& settings = options.proxy ? *options.proxy : process_proxy_settings();
  const auto proxy = detail::proxy_for(settings, url);
  auto verdict = std::make_shared<detail::CertificateVerdict>();
  http_client_config config;
  config.set_max_redirects(0);
  // The deadline is ours. This one would restart at every chunk, so it only has to be longer.
  config.set_timeout(attempt_time(options) + std::chrono::minutes(1));
  if (proxy) {
    web::web_proxy through(web::uri("http://" + proxy->authority()));
    if (!proxy->user.empty()) through.set_credentials({proxy->user, proxy->password});
    config.set_proxy(std::move(through));
  }
  config.set_ssl_context_callback([verdict, trust](boost::asio::ssl::context& context) {
    SSL_CTX* const native = context.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    if (trust) SSL_CTX_set1_cert_store(native, trust.get());
    // The callback lives in the client's configuration, which every connection keeps alive.
    verdict->watch(native);
  });
  const bool usual_port = url.port == (url.scheme == "https" ? 443 : 80);
  const std::string host = ascii::lower(url.host);
  const std::string base = url.scheme + "://" + (usual_port ? host : url.authority());
  return {std::make_shared<http_client>(web::uri(base), config), std::move(verdict),
          url.authority() + (proxy ? " (through the proxy " + proxy->authority() + ")" : "")};
}

// --- One request --------------------------------------------------------------------------------

/// What the pool's threads tell about a request under way, and the limit that they keep.
struct Progress {
  explicit Progress(std::size_t limit) : max_bytes(limit) {}
  const std::size_t max_bytes;
  std::atomic<bool> sent{false};      // the head of the request was written completely
  std::atomic<bool> too_long{false};  // the answer was cut off at max_bytes

  void operator()(web::http::message_direction::direction direction, utility::size64_t bytes) {
    if (direction == web::http::message_direction::upload) {
      sent = true;
    } else if (bytes > max_bytes) {
      too_long = true;
      throw std::length_error("the answer is too long");  // caught by cpprestsdk, ends the request
    }
  }
};

/// One request and its end, shared by the caller, who waits, and the pool's thread that ends it.
struct Exchange {
  Exchange(std::size_t max_bytes, detail::InFlight::Permit place)
      : progress(std::make_shared<Progress>(max_bytes)), permit(std::move(place)) {}

  const std::shared_ptr<Progress> progress;
  pplx::cancellation_token_source cancellation;
  std::mutex mutex;  // guards all below
  std::condition_variable_any ended;
  bool done = false;
  std::optional<web::http::http_response> response;
  std::string said;  // why there is no response
  int code = 0;
  detail::InFlight::Permit permit;

  void succeed(web::http::http_response answer) {
    end([&] { response.emplace(std::move(answer)); });
  }
  void fail(std::string text, int error) {
    end([&] {
      said = std::move(text);
      code = error;
    });
  }

 private:
  template <class F>
  void end(F&& set) {
    detail::InFlight::Permit place;
    {
      std::lock_guard lock(mutex);
      set();
      done = true;
      place = std::move(permit);
    }
    ended.notify_all();
  }
};

web::http::http_request make_message(const Request& request, const Url& url) {
  web::http::http_request message{std::string(to_string(request.method))};
  message.set_request_uri(web::uri(detail::wire_target(url)));
  if (request.method != Method::get && request.method != Method::head) {
    // When a connection from the pool turns out to be closed, cpprestsdk sends the request again by
    // itself, unless its body cannot be rewound: this stream cannot, so even an empty one is sent.
    concurrency::streams::producer_consumer_buffer<uint8_t> body(request.body.size() + 1);
    body.putn_nocopy(reinterpret_cast<const uint8_t*>(request.body.data()), request.body.size())
        .get();
    message.set_body(body.create_istream(), request.body.size());
    message.headers().remove("Content-Type");
  }
  for (const auto& [name, value] : request.headers)
    if (!detail::is_connection_header(name)) message.headers().add(name, value);
  if (request.method == Method::get && !request.headers.has("Accept-Encoding"))
    message.headers().add("Accept-Encoding", "gzip");
  return message;
}

// --- The answer ---------------------------------------------------------------------------------

std::string read_body(const web::http::http_response& response) {
  auto buffer = response.body().streambuf();
  std::string body(buffer.in_avail(), '\0');
  if (!body.empty())
    body.resize(buffer.getn(reinterpret_cast<uint8_t*>(body.data()), body.size()).get());
  return body;
}

/// Not left to cpprestsdk, whose decompression knows no limit and loses data at the borders of
/// blocks. nullopt when there would be more than `max_bytes`; throws when it is no gzip.
std::optional<std::string> unpack(const std::string& packed, std::size_t max_bytes) {
  const auto inflater = web::http::compression::builtin::make_decompressor("gzip");
  if (!inflater) throw std::runtime_error("cpprestsdk was built without gzip");
  std::string out(std::min(max_bytes + 1, packed.size() * 6 + 1024), '\0');
  std::size_t read = 0;
  std::size_t written = 0;
  for (bool done = false; !done;) {
    if (written == out.size()) {
      if (out.size() > max_bytes) return std::nullopt;
      out.resize(std::min(max_bytes + 1, out.size() * 2));
    }
    std::size_t taken = 0;
    const std::size_t got = inflater->decompress(
        reinterpret_cast<const uint8_t*>(packed.data()) + read, packed.size() - read,
        reinterpret_cast<uint8_t*>(out.data()) + written, out.size() - written,
        web::http::compression::operation_hint::has_more, taken, done);
    if (!done && got == 0 && taken == 0) throw std::runtime_error("the gzip stream is cut off");
    read += taken;
    written += got;
  }
  if (written > max_bytes) return std::nullopt;
  out.resize(written);
  return out;
}

// --- The transport ------------------------------------------------------------------------------

class CpprestTransport final : public Transport {
 public:
  explicit CpprestTransport(CpprestOptions options)
      : options_(std::move(options)),
        trust_(!options_.ca_file.empty()              ? detail::load_trust_file(options_.ca_file)
               : detail::system_trust_is_taken_over() ? detail::system_trust()
                                                      : nullptr),
        in_flight_(std::make_shared<detail::InFlight>(options_.max_in_flight)) {
    start_pool_once();
  }

  ~CpprestTransport() override { in_flight_->drain(drain_patience); }

  Response send(const Request& request, const Context& context) override {
    const Url url = detail::checked_url(request);
    detail::check_headers(request);
    web::http::http_request message = make_message(request, url);
    auto permit = detail::InFlight::acquire(in_flight_, context);
    const Peer peer = peer_of(url);
    auto exchange = std::make_shared<Exchange>(options_.max_response_bytes, std::move(permit));
    start(message, peer, exchange);
    wait_for(*exchange, request, url, peer, context);
    return answer_of(*exchange, request, url, peer);
  }

 private:
  Peer peer_of(const Url& url) {
    const std::string key = url.origin();
    std::lock_guard lock(mutex_);
    auto found = peers_.find(key);
    if (found == peers_.end()) found = peers_.emplace(key, make_peer(url, options_, trust_)).first;
    return found->second;
  }

  /// Leaves the authority's connections to the requests that use them; the next one starts afresh.
  void retire(const Url& url, const Peer& peer) {
    std::lock_guard lock(mutex_);
    const auto found = peers_.find(url.origin());
    if (found != peers_.end() && found->second.client == peer.client) peers_.erase(found);
  }

  static void start(web::http::http_request& message, const Peer& peer,
                    const std::shared_ptr<Exchange>& exchange) {
    message.set_progress_handler([progress = exchange->progress](auto direction, auto bytes) {
      (*progress)(direction, bytes);
    });
    try {
      peer.client->request(message, exchange->cancellation.get_token())
          .then([](const web::http::http_response& response) { return response.content_ready(); })
          // Observes whatever became of the request: an exception that no task's owner asks for
          // ends the process.
          .then([exchange, client = peer.client](const pplx::task<web::http::http_response>& task) {
            try {
              exchange->succeed(task.get());
            } catch (const web::http::http_exception& error) {
              exchange->fail(error.what(), error.error_code().value());
            } catch (const std::exception& error) {
              exchange->fail(error.what(), 0);
            }
          });
    } catch (const std::exception& error) {
      exchange->fail(error.what(), 0);
    }
  }

  /// Waits on the caller's own thread; what runs out of time is cancelled.
  void wait_for(Exchange& exchange, const Request& request, const Url& url, const Peer& peer,
                const Context& context) {
    const auto own_end = std::chrono::steady_clock::now() + attempt_time(options_);
    const auto callers_end = detail::real_deadline(context);
    const auto is_done = [&] { return exchange.done; };
    std::unique_lock lock(exchange.mutex);
    if (exchange.ended.wait_until(lock, context.stop, std::min(own_end, callers_end), is_done))
      return;
    lock.unlock();
    exchange.cancellation.cancel();
    retire(url, peer);  // its pool now holds a connection that was never connected, as below
    lock.lock();
    // Whether the request had left is certain only once cpprestsdk is through with it.
    const bool ended = exchange.ended.wait_for(lock, cancel_patience, is_done);
    ErrorInfo info = about(request, url);
    info.maybe_delivered = !ended || exchange.progress->sent;
    if (context.stop.stop_requested()) {
      info.message = "stopped on request";
      throw CancelledError(std::move(info));
    }
    if (callers_end <= own_end) {
      info.message = "the deadline has passed before " + peer.name + " answered";
      throw CancelledError(std::move(info));
    }
    info.message = "no answer from " + peer.name + " within " +
                   std::to_string(attempt_time(options_).count()) + " ms";
    throw TransportError(std::move(info));
  }

  Response answer_of(Exchange& exchange, const Request& request, const Url& url, const Peer& peer) {
    std::unique_lock lock(exchange.mutex);
    if (!exchange.response) {
      // The attempt to send again leaves a connection in the pool that was never connected; and
      // where one connection turned out to be closed, the others of its age are too.
      if (exchange.said.starts_with("cannot rewind") ||
          exchange.said.starts_with("Failed to write request"))
        retire(url, peer);
      ErrorInfo info = about(request, url);
      info.maybe_delivered = exchange.progress->sent;
      const std::string certificate = peer.verdict->text();
      info.message = exchange.progress->too_long ? too_long(url)
                                                 : detail::explain({.said = exchange.said,
                                                                    .code = exchange.code,
                                                                    .peer = peer.name,
                                                                    .certificate = certificate});
      throw TransportError(std::move(info));
    }
    const web::http::http_response answer = *std::move(exchange.response);
    lock.unlock();
    Response response{.status = answer.status_code()};
    const auto refuse = [&](std::string why) {
      ErrorInfo info = about(request, url);
      info.message = std::move(why);
      info.maybe_delivered = true;
      throw TransportError(std::move(info));
    };
    if (response.status < 200 || response.status > 599) {
      // After an interim answer the real one is still to come, and would be taken for the answer
      // to the next request.
      retire(url, peer);
      refuse(url.authority() + " answered with status " + std::to_string(response.status) +
             ", which is none that a request can end with");
    }
    read_headers(answer, response, url, refuse);
    response.body = read_body(answer);
    if (response.body.size() > options_.max_response_bytes) refuse(too_long(url));
    unpack_body(response, url, refuse);
    return response;
  }

  template <class Refuse>
  void read_headers(const web::http::http_response& answer, Response& response, const Url& url,
                    const Refuse& refuse) const {
    std::size_t bytes = 0;
    for (const auto& [name, value] : answer.headers()) {
      bytes += name.size() + value.size();
      if (response.headers.size() >= options_.max_header_count || bytes > options_.max_header_bytes)
        refuse("the answer of " + url.authority() + " has more than " +
               std::to_string(options_.max_header_count) + " headers or " +
               std::to_string(options_.max_header_bytes) + " bytes of them");
      response.headers.add(name, value);
    }
  }

  template <class Refuse>
  void unpack_body(Response& response, const Url& url, const Refuse& refuse) const {
    const auto encoding = response.headers.get("Content-Encoding");
    if (!encoding || ascii::equal(*encoding, "identity") || response.body.empty()) return;
    if (!ascii::equal(*encoding, "gzip"))
      refuse("the answer of " + url.authority() + " has an encoding that was not asked for");
    std::optional<std::string> body;
    try {
      body = unpack(response.body, options_.max_response_bytes);
    } catch (const std::exception&) {
      refuse("the answer of " + url.authority() + " says it is gzip and is not, or is cut off");
    }
    if (!body) refuse(too_long(url));
    response.body = *std::move(body);
    response.headers.erase("Content-Encoding");
    response.headers.erase("Content-Length");
  }

  std::string too_long(const Url& url) const {
    return "the answer of " + url.authority() + " is longer than " +
           std::to_string(options_.max_response_bytes) + " bytes";
  }

  static ErrorInfo about(const Request& request, const Url& url) {
    return {.target = url.origin() + url.path, .operation = request.operation};
  }

  const CpprestOptions options_;
  const detail::TrustStore trust_;  // null: what OpenSSL finds by itself
  const std::shared_ptr<detail::InFlight> in_flight_;
  std::mutex mutex_;                   // guards peers_
  std::map<std::string, Peer> peers_;  // by origin
};

}  // namespace

std::shared_ptr<Transport> make_cpprest_transport(CpprestOptions options) {
  return std::make_shared<CpprestTransport>(std::move(options));
}

void prepare_process(int threads) {
  // A thread that the machine cannot run at the same time only adds a wake-up to each of the many
  // steps of a request: on two processors four of them make it a third dearer than two.
  const int at_once = static_cast<int>(std::thread::hardware_concurrency());
  pool_threads = threads > 0 ? threads : std::clamp(at_once, 2, 4);
  detail::take_over_system_trust();
  detail::take_process_proxy_settings();
}

}  // namespace akv::http
