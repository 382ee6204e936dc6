// An HTTPS server for one handler: what the Listener is made of.
#pragma once
#include "akv/emulator/listener.hpp"
#include "akv/mgmt/http/message.hpp"

#include <functional>
#include <memory>
#include <string>

namespace akv::emulator {

/// Serves until destroyed: then idle connections end at once, answers under way get two seconds.
class HttpsServer {
 public:
  /// Called from any of the server's threads, several at a time. An answer of status 0 is none: the
  /// connection is reset.
  using Handler = std::function<http::Response(const http::Request&)>;

  /// Throws std::runtime_error when the address cannot be bound (says which, and why).
  HttpsServer(Handler handler, const Authority& authority, ListenerOptions options);
  ~HttpsServer();
  unsigned short port() const;
  std::string base_url() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace akv::emulator
