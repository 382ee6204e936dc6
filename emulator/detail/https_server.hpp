// An HTTPS server for one handler: what the Listener is made of.
#pragma once
#include "akv/emulator/delivery.hpp"
#include "akv/emulator/listener.hpp"
#include "akv/mgmt/http/message.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace akv::emulator {

/// An answer, and how it travels.
struct Reply {
  Reply(http::Response answer, Delivery how = {}) : response(std::move(answer)), delivery(how) {}
  http::Response response;
  Delivery delivery;
};

/// Serves until destroyed: then idle connections end at once, answers under way get two seconds.
/// With `proxy_port`, a second door takes CONNECT for Azure's own names (azure_names.hpp) and ends
/// TLS for them itself; every other name is refused.
class HttpsServer {
 public:
  /// Called from any of the server's threads, several at a time. An answer of status 0 is none: the
  /// connection is reset.
  using Handler = std::function<Reply(const http::Request&)>;

  /// Throws std::runtime_error when the address cannot be bound (says which, and why).
  HttpsServer(Handler handler, const Authority& authority, ListenerOptions options);
  ~HttpsServer();
  unsigned short port() const;
  unsigned short proxy_port() const;  ///< 0 where there is no proxy.
  std::string base_url() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace akv::emulator
