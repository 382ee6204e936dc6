/// Client certificates made for one test run, in every form in which users have them.
#pragma once
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace akv::test {

/// A key and a certificate for it.
class ClientKey {
 public:
  /// Elliptic where `rsa` is false, which Entra does not take.
  explicit ClientKey(const std::string& name, bool rsa = true)
      : key_(rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256")), x509_(X509_new()) {
    X509_set_version(x509_, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509_), 7);
    X509_gmtime_adj(X509_getm_notBefore(x509_), -3600);
    X509_gmtime_adj(X509_getm_notAfter(x509_), 86400);
    X509_set_pubkey(x509_, key_);
    X509_NAME* const subject = X509_get_subject_name(x509_);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(x509_, subject);
    X509_sign(x509_, key_, EVP_sha256());
  }
  ~ClientKey() {
    X509_free(x509_);
    EVP_PKEY_free(key_);
  }
  ClientKey(const ClientKey&) = delete;
  ClientKey& operator=(const ClientKey&) = delete;

  EVP_PKEY* key() const { return key_; }
  std::string certificate_pem() const {
    return printed([&](BIO* bio) { PEM_write_bio_X509(bio, x509_); });
  }
  std::string der() const {
    return printed([&](BIO* bio) { i2d_X509_bio(bio, x509_); });
  }
  /// Encrypted where there is a password.
  std::string key_pem(const std::string& password = {}) const {
    return printed([&](BIO* bio) {
      PEM_write_bio_PrivateKey(bio, key_, password.empty() ? nullptr : EVP_aes_256_cbc(), nullptr,
                               0, nullptr,
                               password.empty() ? nullptr : const_cast<char*>(password.c_str()));
    });
  }
  /// `mac_password`: where it is not that of the content, nobody can open it.
  std::string pfx(const std::string& password, const ClientKey* issuer = nullptr,
                  const char* mac_password = nullptr) const {
    STACK_OF(X509)* const others = sk_X509_new_null();
    if (issuer) sk_X509_push(others, issuer->x509_);
    PKCS12* const box = PKCS12_create(password.c_str(), "name", key_, x509_, others, 0, 0, 0, 0, 0);
    if (mac_password) PKCS12_set_mac(box, mac_password, -1, nullptr, 0, 0, nullptr);
    sk_X509_free(others);
    return printed_box(box);
  }

  /// The certificate alone.
  std::string pfx_without_key(const std::string& password) const {
    return printed_box(
        PKCS12_create(password.c_str(), "name", nullptr, x509_, nullptr, 0, 0, 0, 0, 0));
  }
  /// What only its content shows the password of. `has_null_password`: with none instead of an
  /// empty one, which PKCS#12 tells apart.
  std::string pfx_without_mac(const std::string& password, bool has_null_password = false) const {
    return printed_box(PKCS12_create(has_null_password ? nullptr : password.c_str(), "name", key_,
                                     x509_, nullptr, 0, 0, 0, -1, 0));
  }

  /// With RC2 and 3DES, as old Windows writes it; empty where OpenSSL's legacy module is missing.
  std::string old_pfx(const std::string& password) const {
    return old_pfx(password, key_, PKCS12_DEFAULT_ITER);
  }
  std::string old_pfx_without_key(const std::string& password) const {
    return old_pfx(password, nullptr, PKCS12_DEFAULT_ITER);
  }
  std::string old_pfx_without_mac(const std::string& password) const {
    return old_pfx(password, key_, -1);
  }

 private:
  std::string old_pfx(const std::string& password, EVP_PKEY* key, int mac_iterations) const {
    OSSL_LIB_CTX* const library = OSSL_LIB_CTX_new();
    OSSL_PROVIDER* const legacy = OSSL_PROVIDER_load(library, "legacy");
    OSSL_PROVIDER* const usual = OSSL_PROVIDER_load(library, "default");
    std::string bytes;
    if (legacy && usual) {
      PKCS12* const box = PKCS12_create_ex(
          password.c_str(), "name", key, x509_, nullptr, NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
          NID_pbe_WithSHA1And40BitRC2_CBC, 0, mac_iterations, 0, library, nullptr);
      bytes = printed_box(box);
    }
    OSSL_PROVIDER_unload(usual);
    OSSL_PROVIDER_unload(legacy);
    OSSL_LIB_CTX_free(library);
    return bytes;
  }

  /// Frees the box.
  static std::string printed_box(PKCS12* box) {
    std::string bytes = printed([&](BIO* bio) { i2d_PKCS12_bio(bio, box); });
    PKCS12_free(box);
    return bytes;
  }
  template <class Write>
  static std::string printed(Write write) {
    BIO* const bio = BIO_new(BIO_s_mem());
    write(bio);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
  }

  EVP_PKEY* key_;
  X509* x509_;
};

/// One for the whole run: making RSA keys takes its time. Kept to the end of the process.
inline const ClientKey& client_key() {
  static const auto* const made = new ClientKey("application");
  return *made;
}
inline const ClientKey& other_client_key() {
  static const auto* const made = new ClientKey("authority");
  return *made;
}

}  // namespace akv::test
