#include "akv/mgmt/http/detail/certificate_verdict.hpp"

#include <openssl/ssl.h>

#include <utility>

namespace akv::http::detail {
namespace {

/// OpenSSL calls this in place of its own verification, which it does and listens to.
int verify(X509_STORE_CTX* chain, void* verdict) {
  const int ok = X509_verify_cert(chain);
  const int error = X509_STORE_CTX_get_error(chain);
  std::string text;
  // Boost.Asio's check of the host name refuses without giving an error.
  if (ok <= 0)
    text = error == X509_V_ERR_UNSPECIFIED ? "it was issued for another host name"
                                           : X509_verify_cert_error_string(error);
  static_cast<CertificateVerdict*>(verdict)->set(std::move(text));
  return ok;
}

}  // namespace

void CertificateVerdict::watch(ssl_ctx_st* context) {
  SSL_CTX_set_cert_verify_callback(context, &verify, this);
}

std::string CertificateVerdict::text() const {
  std::lock_guard lock(mutex_);
  return text_;
}

void CertificateVerdict::set(std::string text) {
  std::lock_guard lock(mutex_);
  text_ = std::move(text);
}

}  // namespace akv::http::detail
