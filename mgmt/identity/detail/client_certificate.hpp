/// An application's certificate with its private key, and the assertions that it signs.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/mgmt/core/random.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace akv::identity::detail {

inline constexpr std::size_t max_certificate_bytes = std::size_t{1} << 20;

/// Shares ownership of the key, which OpenSSL counts and locks itself.
struct ClientCertificate {
  std::shared_ptr<evp_pkey_st> key;
  /// DER, the certificate of the key first, then the others that came with it in their order.
  std::vector<std::string> chain;
};

/// From PEM (key and certificates in any order, the key perhaps encrypted) or PFX (PKCS#12).
/// Throws AuthenticationError that names `source` and the reason, never a secret.
ClientCertificate read_client_certificate(std::string_view bytes, const std::string& password,
                                          const std::string& source);

enum class JwtAlgorithm { ps256, rs256 };

struct AssertionTerms {
  std::string client_id;
  std::string audience;                          ///< The URL of the token endpoint.
  std::string id;                                ///< `jti`, never used twice.
  Clock::SystemTime now{};                       ///< It is good from then on, for ten minutes.
  JwtAlgorithm algorithm = JwtAlgorithm::ps256;  ///< rs256 goes with `x5t`, ps256 with `x5t#S256`.
  bool send_chain = false;                       ///< `x5c`, for trust by subject and issuer.
};
/// A signed client assertion (RFC 7523). Throws AuthenticationError when the key cannot sign it.
std::string sign_assertion(const ClientCertificate& certificate, const AssertionTerms& terms);

}  // namespace akv::identity::detail
