/// What OpenSSL finds wrong with the certificates of one authority: cpprestsdk reports no more than
/// "Error in SSL handshake".
#pragma once
#include <mutex>
#include <string>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace akv::http::detail {

/// Safe to use from any thread.
class CertificateVerdict {
 public:
  /// From now on the handshakes of `context` leave their verdict here; this object must outlive
  /// them.
  void watch(ssl_ctx_st* context);
  /// Of the last handshake: empty when its certificate was good.
  std::string text() const;
  void set(std::string text);

 private:
  mutable std::mutex mutex_;  // guards text_
  std::string text_;
};

}  // namespace akv::http::detail
