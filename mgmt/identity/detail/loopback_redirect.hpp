/// Where the browser comes back to after a sign-in.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/mgmt/identity/detail/descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace akv::identity::detail {

inline constexpr std::size_t max_redirect_bytes = 16384;     // of a request's head
inline constexpr std::size_t max_redirect_connections = 32;  // at a time

/// The query of `GET /?query HTTP/1.1`, with or without a path; nullopt for other requests.
std::optional<std::string> redirect_query(std::string_view head);

/// A web server on 127.0.0.1 for one answer. Belongs to one thread.
class LoopbackRedirect {
 public:
  /// Port 0: the system picks one. Throws AuthenticationError when it cannot listen.
  explicit LoopbackRedirect(unsigned short port);
  int port() const { return port_; }

  /// The query of the first `GET /?…` whose `state` is this one. Others get 404 or 400, and the
  /// wait goes on: a browser also asks for icons, and opens connections that it does not use.
  /// Throws AuthenticationError after `timeout` (machine's own clock), CancelledError when the
  /// context ended first.
  std::string wait(const std::string& state, std::chrono::milliseconds timeout,
                   const Context& context);

 private:
  Descriptor listener_;
  int port_ = 0;
};

}  // namespace akv::identity::detail
