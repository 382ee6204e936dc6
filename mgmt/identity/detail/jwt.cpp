// Signs client assertions: what the Azure SDKs sign, to the member.
#include "akv/mgmt/identity/detail/client_certificate.hpp"
#include "akv/mgmt/identity/detail/crypto.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/json/document.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include <chrono>

namespace akv::identity::detail {
namespace {

using json::Document;

constexpr std::chrono::minutes life{10};

std::string sha1(std::string_view bytes) {
  std::string digest(SHA_DIGEST_LENGTH, '\0');
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string sign(EVP_PKEY* key, JwtAlgorithm algorithm, const std::string& text) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  EVP_PKEY_CTX* parameters = nullptr;  // belongs to `context`
  bool good =
      context && EVP_DigestSignInit(context.get(), &parameters, EVP_sha256(), nullptr, key) == 1;
  if (good && algorithm == JwtAlgorithm::ps256)
    good = EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1;
  const auto* data = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  good = good && EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) == 1;
  std::string signature(size, '\0');
  good = good && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                &size, data, text.size()) == 1;
  ERR_clear_error();
  if (!good)
    refuse(
        "the private key of the client certificate cannot sign; give an RSA key of 2048 bits or "
        "more");
  signature.resize(size);
  return signature;
}

Document header(const ClientCertificate& certificate, const AssertionTerms& terms) {
  const bool pss = terms.algorithm == JwtAlgorithm::ps256;
  const std::string& own = certificate.chain.front();
  Document header = Document::object({{"alg", pss ? "PS256" : "RS256"}, {"typ", "JWT"}});
  if (pss)
    header.set("x5t#S256", base64url(sha256(own)));
  else
    header.set("x5t", base64url(sha1(own)));
  if (terms.send_chain) {
    Document chain = Document::array();
    for (const std::string& der : certificate.chain) chain.push_back(base64(der));
    header.set("x5c", std::move(chain));
  }
  return header;
}

}  // namespace

std::string sign_assertion(const ClientCertificate& certificate, const AssertionTerms& terms) {
  const auto seconds = [](Clock::SystemTime at) {
    return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
  };
  const Document claims = Document::object({{"aud", terms.audience},
                                            {"iss", terms.client_id},
                                            {"sub", terms.client_id},
                                            {"jti", terms.id},
                                            {"nbf", std::int64_t{seconds(terms.now)}},
                                            {"iat", std::int64_t{seconds(terms.now)}},
                                            {"exp", std::int64_t{seconds(terms.now + life)}}});
  const std::string text =
      base64url(header(certificate, terms).dump()) + "." + base64url(claims.dump());
  return text + "." + base64url(sign(certificate.key.get(), terms.algorithm, text));
}

}  // namespace akv::identity::detail
