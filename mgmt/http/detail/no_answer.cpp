#include "akv/mgmt/http/detail/no_answer.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstring>

namespace akv::http::detail {
namespace {

std::string errno_text(int code) { return code > 0 ? std::strerror(code) : "unknown reason"; }

std::string explain_handshake(const NoAnswer& no_answer) {
  const std::string peer(no_answer.peer);
  const auto packed = static_cast<unsigned long>(static_cast<unsigned int>(no_answer.code));
  if (ERR_GET_LIB(packed) == ERR_LIB_SSL) {
    if (ERR_GET_REASON(packed) == SSL_R_CERTIFICATE_VERIFY_FAILED)
      return "the certificate of " + peer + " is not trusted: " +
             (no_answer.certificate.empty() ? "it cannot be verified"
                                            : std::string(no_answer.certificate));
    if (ERR_GET_REASON(packed) == SSL_R_WRONG_VERSION_NUMBER)
      return peer + " does not speak TLS; is it the right port?";
  }
  OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS, nullptr);
  const char* const reason = ERR_reason_error_string(packed);
  if (ERR_GET_LIB(packed) != ERR_LIB_SSL || !reason)
    return peer + " closed the connection during the TLS handshake";
  return "the TLS handshake with " + peer + " failed: " + reason;
}

}  // namespace

std::string explain(const NoAnswer& no_answer) {
  const std::string peer(no_answer.peer);
  const auto begins = [&](std::string_view text) { return no_answer.said.starts_with(text); };
  if (begins("Error resolving address") || begins("Failed to resolve address"))
    return "the host name of " + peer + " cannot be resolved";
  if (begins("Failed to connect")) {
    // cpprestsdk folds a refused connection into this code.
    if (no_answer.code == EHOSTUNREACH)
      return peer + " refused the connection, or cannot be reached";
    return "cannot connect to " + peer + ": " + errno_text(no_answer.code);
  }
  constexpr std::string_view proxy_refusal = "Expected a 200 response from proxy, received: ";
  if (begins(proxy_refusal)) {
    const std::string status(no_answer.said.substr(proxy_refusal.size()));
    return "the connection to " + peer + " was refused there with status " + status +
           (status == "407" ? ": the proxy asks for other credentials" : "");
  }
  if (begins("Error in SSL handshake")) return explain_handshake(no_answer);
  if (begins("Failed to write request headers"))
    return "the connection to " + peer + " was lost before the request was sent";
  if (begins("Failed to write request body"))
    return peer + " closed the connection while the request was being sent";
  if (begins("cannot rewind input stream"))
    return peer + " closed the connection without an answer";
  if (begins("Failed to read HTTP status line"))
    // cpprestsdk gives this code for an end of file.
    return peer + (no_answer.code == ECONNABORTED ? " closed" : " reset") +
           " the connection without an answer";
  if (begins("Invalid HTTP status line")) return peer + " answered with something that is not HTTP";
  if (begins("Failed to read response body") || begins("Failed to read chunked response part") ||
      begins("Retrieving message chunk header"))
    return "the answer of " + peer + " ended before it was complete";
  if (begins("Invalid chunked response header"))
    return "the answer of " + peer + " is not valid HTTP: bad chunk length";
  return "the request to " + peer + " failed: " + std::string(no_answer.said);
}

}  // namespace akv::http::detail
