#include "akv/mgmt/identity/detail/client_certificate.hpp"

#include "akv/mgmt/identity/detail/refusal.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <algorithm>
#include <memory>

namespace akv::identity::detail {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(PKCS12* box) const { PKCS12_free(box); }
  void operator()(OSSL_LIB_CTX* library) const { OSSL_LIB_CTX_free(library); }
  void operator()(OSSL_PROVIDER* provider) const { OSSL_PROVIDER_unload(provider); }
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;
using Key = std::shared_ptr<EVP_PKEY>;

Owned<BIO> reader(std::string_view bytes) {
  return Owned<BIO>(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

template <class Object>
std::string der(int (*write)(const Object*, unsigned char**), const Object* object) {
  const int size = write(object, nullptr);
  if (size <= 0) return {};
  std::string bytes(static_cast<std::size_t>(size), '\0');
  auto* out = reinterpret_cast<unsigned char*>(bytes.data());
  write(object, &out);
  return bytes;
}

std::string der(const X509* certificate) { return der(i2d_X509, certificate); }

/// Reads one certificate, and says what is wrong with it.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& password, const std::string& source)
      : bytes_(bytes), password_(password), source_(source) {}

  ClientCertificate run() {
    ERR_clear_error();
    if (bytes_.find("-----BEGIN ") != std::string_view::npos)
      read_pem();
    else
      read_pfx();
    // Left by tries that were allowed to fail; whoever looks next must not take it for his own.
    ERR_clear_error();
    return sorted();
  }

 private:
  [[noreturn]] void fail(const std::string& what, const std::string& remedy) const {
    ERR_clear_error();
    refuse("the client certificate in " + source_ + " cannot be used: " + what + "; " + remedy);
  }

  static int give_password(char* to, int size, int, void* self) {
    const std::string& password = static_cast<Reader*>(self)->password_;
    static_cast<Reader*>(self)->asked_ = true;
    const std::size_t length = std::min(password.size(), static_cast<std::size_t>(size));
    std::copy_n(password.data(), length, to);
    // Zero would be taken for an empty password and tried; less means that there is none.
    return password.empty() ? -1 : static_cast<int>(length);
  }

  void read_pem() {
    const auto key_bio = reader(bytes_);
    key_.reset(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, &give_password, this),
               &EVP_PKEY_free);
    if (!key_ && asked_)
      fail(password_.empty() ? "its private key is encrypted"
                             : "the password does not open its private key",
           "set AZURE_CLIENT_CERTIFICATE_PASSWORD");
    const auto bio = reader(bytes_);
    while (X509* const next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
      certificates_.emplace_back(next);
  }

  void read_pfx() {
    const auto bio = reader(bytes_);
    const Owned<PKCS12> box(d2i_PKCS12_bio(bio.get(), nullptr));
    if (!box) fail("it is neither PEM nor PFX", "give a file with certificate and private key");
    const bool has_mac = PKCS12_mac_present(box.get()) == 1;
    // An empty password is written in two ways.
    const bool opens = !has_mac || PKCS12_verify_mac(box.get(), password_.c_str(), -1) == 1 ||
                       (password_.empty() && PKCS12_verify_mac(box.get(), nullptr, 0) == 1);
    if (!opens)
      fail(password_.empty() ? "it is protected by a password" : "the password does not open it",
           "set AZURE_CLIENT_CERTIFICATE_PASSWORD");
    if (unpack(box.get()) || unpack_old()) return;
    if (!has_mac)
      fail("the password does not decrypt what is in it",
           "set AZURE_CLIENT_CERTIFICATE_PASSWORD, or convert it to PEM");
    fail("OpenSSL cannot decrypt what is in it", "export it again with AES, or convert it to PEM");
  }

  /// PKCS12_parse takes no box without a MAC, so such a one gets a MAC by the password that is
  /// tried on its content.
  bool unpack(PKCS12* box) {
    if (PKCS12_mac_present(box) == 1) return parse(box);
    const auto parse_with = [&](const char* password) {
      return PKCS12_set_mac(box, password, -1, nullptr, 0, 0, nullptr) == 1 && parse(box);
    };
    return parse_with(password_.c_str()) || (password_.empty() && parse_with(nullptr));
  }

  bool parse(PKCS12* box) {
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    if (PKCS12_parse(box, password_.c_str(), &key, &own, &others) != 1) return false;
    key_.reset(key, &EVP_PKEY_free);
    if (own) certificates_.emplace_back(own);
    const Owned<STACK_OF(X509)> owned_others(others);
    for (int i = 0; i < sk_X509_num(others); ++i) {
      X509* const other = sk_X509_value(others, i);
      X509_up_ref(other);
      certificates_.emplace_back(other);
    }
    return true;
  }

  /// With RC2, as old Windows and Java write it. OpenSSL 3 keeps that in a module of its own, which
  /// is loaded for this file only: what was read leaves as plain bytes, since a key belongs to the
  /// library context it was made in.
  bool unpack_old() {
    ERR_clear_error();
    const Owned<OSSL_LIB_CTX> library(OSSL_LIB_CTX_new());
    const Owned<OSSL_PROVIDER> legacy(OSSL_PROVIDER_load(library.get(), "legacy"));
    const Owned<OSSL_PROVIDER> usual(OSSL_PROVIDER_load(library.get(), "default"));
    if (!legacy || !usual) return false;
    PKCS12* read = PKCS12_init_ex(NID_pkcs7_data, library.get(), nullptr);
    const auto bio = reader(bytes_);
    read = read ? d2i_PKCS12_bio(bio.get(), &read) : nullptr;
    const Owned<PKCS12> box(read);
    if (!box || !unpack(box.get())) return false;
    if (!key_) {
      certificates_.clear();  // of the library that ends here, and of no use alone
      return true;
    }

    const std::string key = der<EVP_PKEY>(i2d_PrivateKey, key_.get());
    const auto* bytes = reinterpret_cast<const unsigned char*>(key.data());
    key_.reset(d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(key.size())), &EVP_PKEY_free);
    for (auto& certificate : certificates_) {
      const std::string text = der(certificate.get());
      bytes = reinterpret_cast<const unsigned char*>(text.data());
      certificate.reset(d2i_X509(nullptr, &bytes, static_cast<long>(text.size())));
    }
    return true;
  }

  ClientCertificate sorted() {
    if (!key_)
      fail("there is no private key in it", "give a file with certificate and private key");
    if (EVP_PKEY_get_base_id(key_.get()) != EVP_PKEY_RSA)
      fail("its key is no RSA key", "Microsoft Entra takes RSA keys only");
    if (certificates_.empty())
      fail("there is no certificate in it", "give a file with certificate and private key");
    const auto own =
        std::find_if(certificates_.begin(), certificates_.end(), [&](const auto& certificate) {
          return X509_check_private_key(certificate.get(), key_.get()) == 1;
        });
    ERR_clear_error();
    if (own == certificates_.end())
      fail("none of its certificates belongs to its private key",
           "give a file with certificate and private key");
    std::rotate(certificates_.begin(), own, own + 1);
    ClientCertificate result{.key = key_, .chain = {}};
    for (const auto& certificate : certificates_) result.chain.push_back(der(certificate.get()));
    return result;
  }

  const std::string_view bytes_;  // the caller's, for the time of one call, as are the two below
  const std::string& password_;
  const std::string& source_;
  Key key_;
  std::vector<Owned<X509>> certificates_;
  bool asked_ = false;  // for the password
};

}  // namespace

ClientCertificate read_client_certificate(std::string_view bytes, const std::string& password,
                                          const std::string& source) {
  return Reader(bytes, password, source).run();
}

}  // namespace akv::identity::detail
