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
            return emulator->handle(request);
          },
          authority, std::move(options))}) {}
Listener::~Listener() = default;
unsigned short Listener::port() const { return impl_->server.port(); }
std::string Listener::base_url() const { return impl_->server.base_url(); }

}  // namespace akv::emulator
