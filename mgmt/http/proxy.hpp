/// The proxy between this machine and Azure.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace akv::http {

/// Which requests go through a proxy. Only those over https do, as a tunnel (`CONNECT`) in which
/// the certificate of the service is checked as without one: the proxy sees a host name and no
/// token. Plain http, which only the metadata services of this machine speak, and loopback go
/// directly always.
struct ProxySettings {
  /// `http://proxy.example:3128`, also without the scheme, also with `user:password@`
  /// (percent-encoded) for a proxy that asks for Basic authentication. Empty: none.
  std::string https_proxy{};
  /// Hosts that are reached directly, separated by commas or blanks: `corp.example` (it and all
  /// below it, as `.corp.example` says too), `10.0.0.0/8`, `[::1]`, `host:8443` (at that port
  /// only), `*` (all).
  std::string no_proxy{};
};

/// What the environment says: `https_proxy`, `HTTPS_PROXY`, `all_proxy` or `ALL_PROXY`, and
/// `no_proxy` or `NO_PROXY`; the first that is there and not empty.
ProxySettings proxy_settings(
    const std::function<std::optional<std::string>(std::string_view)>& environment);

/// The same of this process as it was when the program was loaded, or at prepare_process. The
/// environment is not read again: that is not safe once there are threads.
const ProxySettings& process_proxy_settings();

}  // namespace akv::http
