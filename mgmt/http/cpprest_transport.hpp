/// The transport over cpprestsdk, with its traps closed (docs/decisions/0003-cpprestsdk-traps.md).
#pragma once
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/http/proxy.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace akv::http {

struct CpprestOptions {
  /// PEM file of authorities to trust, and no others; empty: the system's bundle (or
  /// `SSL_CERT_FILE` as it stood when the process started, see prepare_process).
  std::string ca_file{};
  /// Empty: what the environment said, see process_proxy_settings. `ProxySettings{}` for no proxy.
  std::optional<ProxySettings> proxy{};
  std::size_t max_in_flight = 16;  ///< Requests at a time, over all threads and hosts.
  /// Of one answer, unpacked. A longer one ends the request with a TransportError.
  std::size_t max_response_bytes = std::size_t{256} << 20;
  std::chrono::milliseconds attempt_timeout{100000};  ///< One request from first to last byte.
  std::size_t max_header_count = 256;                 ///< Different names in one answer.
  std::size_t max_header_bytes = std::size_t{256} << 10;
};

/// One http_client for each authority, shared by all threads. Destroy it before main returns: the
/// destructor waits for requests that were given up and have not ended yet, 2 s at most.
/// Throws AzureError when `ca_file` cannot be read.
///
/// `send` speaks HTTP/1.1 over `http` and `https`. `Host`, `Content-Length`, `Transfer-Encoding`
/// and `Connection` are its own and ignored in a request; a header with a line break, and a URL
/// that is none, throw AzureError before anything is sent. It asks for gzip on GET unless the
/// caller set `Accept-Encoding`, and unpacks. Repeated headers of an answer arrive as one, joined
/// by `, `. A proxy setting that cannot be used is an AzureError of the first request that needs
/// it.
std::shared_ptr<Transport> make_cpprest_transport(CpprestOptions options = {});

/// For programs, once, first thing in main and before any thread: a small pool for cpprestsdk
/// (`threads`; 0: as many as the machine runs at once, two to four), and no parsing of the system's
/// CA bundle for each connection (reads `SSL_CERT_FILE`, then points it away); reads the proxy's
/// variables, too. Libraries and embedders need not call it. Pool and
/// bundle are made with the first transport, so that a command that stays offline pays for neither.
///
/// From then on this process's `SSL_CERT_FILE` is `/dev/null`. The programs that credentials start
/// do not see that, but your own would inherit it, and most that speak TLS would then trust nobody:
/// start them with identity::process_environment(), which has the variables as they stood before.
void prepare_process(int threads = 0);

}  // namespace akv::http
