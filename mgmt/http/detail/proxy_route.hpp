/// Whether a request goes through a proxy, and which.
#pragma once
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/http/proxy.hpp"

#include <optional>
#include <string>

namespace akv::http::detail {

struct Proxy {
  std::string host;
  int port = 0;
  std::string user, password;  ///< Decoded; never shown.
  std::string authority() const { return host + ":" + std::to_string(port); }
};

/// The proxy for requests to `url`, or nullopt for the direct way. Throws AzureError with code
/// `InvalidProxy`, and without the proxy's credentials, for a setting that cannot be used.
std::optional<Proxy> proxy_for(const ProxySettings& settings, const Url& url);

/// Reads the settings of the process again. Before any thread.
void take_process_proxy_settings();

}  // namespace akv::http::detail
