#include "akv/emulator/listener.hpp"

#include "akv/emulator/detail/https_server.hpp"

#include <utility>

namespace akv::emulator {

struct Listener::Impl {
  HttpsServer server;
};

Listener::Listener(std::shared_ptr<Emulator> emulator, const Authority& authority,
                   ListenerOptions options)
    : impl_(new Impl{HttpsServer(
          [emulator = std::move(emulator)](const http::Request& request) {
            Delivery delivery;
            http::Response response = emulator->handle(request, delivery);
            return Reply(std::move(response), delivery);
          },
          authority, std::move(options))}) {}
Listener::~Listener() = default;
unsigned short Listener::port() const { return impl_->server.port(); }
std::string Listener::base_url() const { return impl_->server.base_url(); }
std::string Listener::proxy_url() const {
  const unsigned short port = impl_->server.proxy_port();
  return port == 0 ? std::string() : "http://127.0.0.1:" + std::to_string(port);
}

}  // namespace akv::emulator
