/// Why there was no answer, in words: from what cpprestsdk says and from its error code.
#pragma once
#include <string>
#include <string_view>

namespace akv::http::detail {

/// What is known when a request ended without an answer.
struct NoAnswer {
  std::string_view said;  ///< cpprestsdk's text, which names the phase; the caller's, for the call.
  int code = 0;           ///< errno, or OpenSSL's packed code in the TLS handshake.
  std::string_view peer;  ///< `host:port`; the caller's, for the call.
  std::string_view certificate;  ///< What OpenSSL found wrong with it; empty for nothing.
};

/// A sentence for the person who reads the error: `localhost:8443 refused the connection, …`.
std::string explain(const NoAnswer& no_answer);

}  // namespace akv::http::detail
