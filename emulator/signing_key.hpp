/// The key with which the token service signs, and what a JSON Web Token looks like around it.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace akv::emulator {

/// Base64 with the alphabet for URLs and without padding (RFC 7515, appendix C).
std::string base64url(std::string_view bytes);
/// nullopt for any other character, for padding and for stray bits at the end: one value has one
/// spelling.
std::optional<std::string> base64url_decode(std::string_view text);

/// An RSA key that signs and checks JSON Web Tokens with RS256, and no other algorithm. Safe to use
/// from any thread.
class SigningKey {
 public:
  /// Tokens longer than this are refused unread.
  static constexpr std::size_t max_token = std::size_t{16} << 10;

  /// A new 2048-bit key as PKCS#8 PEM, from OpenSSL's generator.
  static std::string generate_pem();

  /// Throws std::runtime_error when `pem` holds no RSA private key.
  explicit SigningKey(const std::string& pem);

  /// The key's name in tokens and in the key set: its RFC 7638 thumbprint.
  const std::string& id() const { return id_; }
  /// The public half as a JSON Web Key.
  json::Document public_jwk() const;

  std::string sign(const json::Document& claims) const;
  /// The claims of a token that this key signed; null for everything else, whatever is wrong.
  /// Time and audience are the caller's to check.
  std::shared_ptr<const json::Document> verify(std::string_view token) const;

 private:
  std::optional<json::Document> check(std::string_view token) const;

  struct Verified;  // what was checked lately; locks for itself, copies of the key share it

  std::shared_ptr<void> key_;  // EVP_PKEY, kept from the header
  std::shared_ptr<Verified> verified_;
  std::string modulus_, exponent_, id_;
};

}  // namespace akv::emulator
