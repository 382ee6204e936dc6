#include "akv/emulator/signing_key.hpp"

#include "akv/emulator/detail/openssl.hpp"
#include "akv/mgmt/core/errors.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <cstdint>
#include <map>
#include <mutex>

namespace akv::emulator {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Looked up once: `EVP_sha256()` is looked up anew for each digest, under a lock of OpenSSL's.
// Lives as long as the program.
const EVP_MD* sha256_algorithm() {
  static EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  openssl::check(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, sha256_algorithm(),
                            nullptr) == 1,
                 "cannot compute a digest");
  return std::string(digest.begin(), digest.begin() + size);
}

std::string public_number(EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  openssl::check(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "cannot read the signing key");
  openssl::BigNumber number(raw);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(raw)), '\0');
  BN_bn2bin(raw, reinterpret_cast<unsigned char*>(bytes.data()));
  return base64url(bytes);
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::optional<json::Document> parse_part(std::string_view part) {
  auto text = base64url_decode(part);
  if (!text) return std::nullopt;
  try {
    auto document = json::Document::parse(*text);
    if (document.is_object()) return document;
  } catch (const FormatError&) {
    // A stranger's bytes: not a token, and that is all there is to say.
  }
  return std::nullopt;
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t pending = 0;
  int bits = 0;
  for (char c : bytes) {
    pending = (pending << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[(pending >> (bits - 6)) & 63];
  }
  if (bits > 0) text += alphabet[(pending << (6 - bits)) & 63];
  return text;
}

std::optional<std::string> base64url_decode(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t pending = 0;
  int bits = 0;
  for (char c : text) {
    auto value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    pending = (pending << 6) | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>((pending >> bits) & 255);
    }
  }
  bool stray = bits == 6 || (pending & ((1U << bits) - 1)) != 0;
  if (stray) return std::nullopt;
  return bytes;
}

std::string SigningKey::generate_pem() {
  openssl::Key key(EVP_RSA_gen(2048));
  openssl::check(key != nullptr, "cannot make a signing key");
  auto bio = openssl::writer();
  openssl::check(PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                               nullptr) == 1,
                 "cannot write the signing key");
  return openssl::text_of(bio);
}

// A client sends one token with every request of an hour, and checking it is most of what a short
// request costs. Kept under their digests, so that no lookup compares a stranger's bytes with a
// token; only what passed is kept, and time and audience are checked anew each time.
struct SigningKey::Verified {
  static constexpr std::size_t max_tokens = 64;
  std::mutex mutex;  // guards claims
  std::map<std::string, std::shared_ptr<const json::Document>> claims;
};

SigningKey::SigningKey(const std::string& pem) : verified_(std::make_shared<Verified>()) {
  auto bio = openssl::reader(pem);
  // An empty passphrase keeps OpenSSL from asking for one on the terminal.
  std::string no_passphrase;
  openssl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, no_passphrase.data()));
  if (!key) openssl::fail("the stored signing key is unreadable");
  if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA)
    throw std::runtime_error("the stored signing key is not an RSA key");
  modulus_ = public_number(key.get(), OSSL_PKEY_PARAM_RSA_N);
  exponent_ = public_number(key.get(), OSSL_PKEY_PARAM_RSA_E);
  id_ = base64url(sha256(R"({"e":")" + exponent_ + R"(","kty":"RSA","n":")" + modulus_ + R"("})"));
  key_ = std::shared_ptr<void>(key.release(),
                               [](void* object) { EVP_PKEY_free(static_cast<EVP_PKEY*>(object)); });
}

json::Document SigningKey::public_jwk() const {
  return json::Document::object({{"kty", "RSA"},
                                 {"use", "sig"},
                                 {"alg", "RS256"},
                                 {"kid", id_},
                                 {"n", modulus_},
                                 {"e", exponent_}});
}

std::string SigningKey::sign(const json::Document& claims) const {
  auto header = json::Document::object({{"typ", "JWT"}, {"alg", "RS256"}, {"kid", id_}});
  std::string token = base64url(header.dump()) + '.' + base64url(claims.dump());
  openssl::DigestContext context(EVP_MD_CTX_new());
  auto* key = static_cast<EVP_PKEY*>(key_.get());
  openssl::check(
      context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1,
      "cannot sign a token");
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\0');
  std::size_t size = signature.size();
  openssl::check(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                &size, bytes_of(token), token.size()) == 1,
                 "cannot sign a token");
  signature.resize(size);
  return token + '.' + base64url(signature);
}

std::shared_ptr<const json::Document> SigningKey::verify(std::string_view token) const {
  if (token.size() > max_token) return nullptr;
  const std::string digest = sha256(token);
  {
    std::lock_guard lock(verified_->mutex);
    auto known = verified_->claims.find(digest);
    if (known != verified_->claims.end()) return known->second;
  }
  auto checked = check(token);
  if (!checked) return nullptr;
  auto claims = std::make_shared<const json::Document>(*std::move(checked));
  std::lock_guard lock(verified_->mutex);
  if (verified_->claims.size() >= Verified::max_tokens) verified_->claims.clear();
  verified_->claims.emplace(digest, claims);
  return claims;
}

std::optional<json::Document> SigningKey::check(std::string_view token) const {
  auto first = token.find('.');
  auto last = token.rfind('.');
  if (first == last || token.find('.', first + 1) != last) return std::nullopt;

  // The algorithm is ours to choose, never the token's: `none` and HS256 end here.
  auto header = parse_part(token.substr(0, first));
  if (!header || (*header)["alg"].string_or() != "RS256" || (*header)["kid"].string_or() != id_ ||
      header->find("crit"))
    return std::nullopt;

  auto signature = base64url_decode(token.substr(last + 1));
  if (!signature) return std::nullopt;
  auto signed_part = token.substr(0, last);
  openssl::DigestContext context(EVP_MD_CTX_new());
  openssl::check(context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                                 static_cast<EVP_PKEY*>(key_.get())) == 1,
                 "cannot check a token");
  if (EVP_DigestVerify(context.get(), bytes_of(*signature), signature->size(),
                       bytes_of(signed_part), signed_part.size()) != 1) {
    ERR_clear_error();
    return std::nullopt;
  }
  return parse_part(token.substr(first + 1, last - first - 1));
}

}  // namespace akv::emulator
