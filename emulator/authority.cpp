// The certificate authority of one store: its files, and when they are made anew.
#include "akv/emulator/azure_names.hpp"
#include "akv/emulator/detail/openssl.hpp"
#include "akv/emulator/detail/private_file.hpp"
#include "akv/emulator/listener.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace akv::emulator {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto authority_life = 3650 * 24h;
// Some clients refuse server certificates of more than 398 days, whoever signed them.
constexpr auto server_life = 397 * 24h;
// A certificate with less than this ahead of it is made anew at the next start; an authority
// already when it would not outlive the next server certificate by that.
constexpr auto renew_before = 30 * 24h;
constexpr const char* own_names = "DNS:localhost,DNS:*.localhost,IP:127.0.0.1,IP:::1";

std::time_t unix_time(Clock::SystemTime at) { return std::chrono::system_clock::to_time_t(at); }

struct Signed {
  openssl::Certificate certificate;
  openssl::Key key;
};

openssl::Key new_key() {
  openssl::Key key(EVP_EC_gen("P-256"));
  openssl::check(key != nullptr, "cannot make a key");
  return key;
}

void add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  openssl::check(extension && X509_add_ext(certificate, extension.get(), -1) == 1,
                 "cannot describe a certificate");
}

// A certificate without extensions and signature, its issuer still to be named.
openssl::Certificate draft(EVP_PKEY* key, const std::string& name, Clock::SystemTime now,
                           std::chrono::hours life) {
  openssl::Certificate certificate(X509_new());
  openssl::check(certificate != nullptr, "cannot make a certificate");
  X509* x = certificate.get();

  std::array<unsigned char, 16> serial{};
  openssl::check(RAND_bytes(serial.data(), static_cast<int>(serial.size())) == 1,
                 "no random bytes for a serial number");
  serial[0] &= 0x7f;  // positive, and never zero: RFC 5280
  serial[0] |= 0x40;
  openssl::BigNumber number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));

  // Valid since yesterday: a container's clock may be a little behind ours.
  bool ok = X509_set_version(x, X509_VERSION_3) == 1 && number &&
            BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x)) &&
            ASN1_TIME_set(X509_getm_notBefore(x), unix_time(now - 24h)) &&
            ASN1_TIME_set(X509_getm_notAfter(x), unix_time(now + life)) &&
            X509_set_pubkey(x, key) == 1;
  X509_NAME* subject = X509_get_subject_name(x);
  auto add = [&](const char* field, const std::string& value) {
    return X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(value.c_str()), -1, -1,
                                      0) == 1;
  };
  openssl::check(ok && add("O", "akv emulator") && add("CN", name), "cannot make a certificate");
  return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
  openssl::check(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
                     X509_sign(certificate, issuer_key, EVP_sha256()) > 0,
                 "cannot sign a certificate");
}

Signed new_authority(Clock::SystemTime now) {
  auto key = new_key();
  // The day in the name tells two authorities apart in a trust store.
  std::string day = std::to_string(unix_time(now) / 86400);
  auto certificate = draft(key.get(), "akv emulator authority " + day, now, authority_life);
  X509* x = certificate.get();
  add_extension(x, x, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(x, x, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(x, x, NID_subject_key_identifier, "hash");
  sign(x, x, key.get());
  return {std::move(certificate), std::move(key)};
}

Signed new_server(const Signed& authority, const std::string& name, const std::string& names,
                  Clock::SystemTime now) {
  auto key = new_key();
  auto certificate = draft(key.get(), name, now, server_life);
  X509* x = certificate.get();
  X509* issuer = authority.certificate.get();
  add_extension(x, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(x, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(x, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(x, issuer, NID_subject_key_identifier, "hash");
  add_extension(x, issuer, NID_authority_key_identifier, "keyid");
  add_extension(x, issuer, NID_subject_alt_name, names.c_str());
  sign(x, issuer, authority.key.get());
  return {std::move(certificate), std::move(key)};
}

// --- Files ---------------------------------------------------------------------------------------

std::string pem_of(X509* certificate) {
  auto bio = openssl::writer();
  openssl::check(PEM_write_bio_X509(bio.get(), certificate) == 1, "cannot write a certificate");
  return openssl::text_of(bio);
}

std::string pem_of(EVP_PKEY* key) {
  auto bio = openssl::writer();
  openssl::check(
      PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
      "cannot write a key");
  return openssl::text_of(bio);
}

// What the two files hold, if it is a pair with more than `ahead` to go; else they are made anew.
std::optional<Signed> load(const fs::path& certificate_file, const fs::path& key_file,
                           Clock::SystemTime now, std::chrono::hours ahead) {
  auto certificate_pem = read_private_file(certificate_file), key_pem = read_private_file(key_file);
  if (!certificate_pem || !key_pem) return std::nullopt;
  auto certificate_bio = openssl::reader(*certificate_pem), key_bio = openssl::reader(*key_pem);
  std::string no_passphrase;  // keeps OpenSSL from asking on the terminal
  Signed pair{
      openssl::Certificate(
          PEM_read_bio_X509(certificate_bio.get(), nullptr, nullptr, no_passphrase.data())),
      openssl::Key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, no_passphrase.data()))};
  std::time_t soon = unix_time(now + ahead), today = unix_time(now);
  bool good = pair.certificate && pair.key &&
              X509_check_private_key(pair.certificate.get(), pair.key.get()) == 1 &&
              X509_cmp_time(X509_get0_notAfter(pair.certificate.get()), &soon) > 0 &&
              X509_cmp_time(X509_get0_notBefore(pair.certificate.get()), &today) < 0;
  ERR_clear_error();
  if (!good) return std::nullopt;
  return pair;
}

/// Whether this authority signed it for these names.
bool serves(const Signed& server, const Signed& authority, const std::string& names) {
  X509* x = server.certificate.get();
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, x, x, nullptr, nullptr, 0);
  const openssl::Extension wanted(
      X509V3_EXT_conf_nid(nullptr, &context, NID_subject_alt_name, names.c_str()));
  const int at = X509_get_ext_by_NID(x, NID_subject_alt_name, -1);
  const bool good = wanted && at >= 0 && X509_verify(x, authority.key.get()) == 1 &&
                    ASN1_OCTET_STRING_cmp(X509_EXTENSION_get_data(wanted.get()),
                                          X509_EXTENSION_get_data(X509_get_ext(x, at))) == 0;
  ERR_clear_error();
  return good;
}

void save(const Signed& pair, const fs::path& certificate_file, const fs::path& key_file) {
  // The key first: a certificate without its key would be found useless, and both made anew.
  write_private_file(key_file, pem_of(pair.key.get()));
  write_private_file(certificate_file, pem_of(pair.certificate.get()));
}

// Clients that take one file in place of the system's need the system's in it as well.
std::string system_authorities() {
  for (const char* path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                           "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    std::error_code error;
    if (fs::is_regular_file(path, error))
      if (auto content = read_private_file(path)) return *content + '\n';
  }
  return {};
}

// Holds the folder while its files are looked at: two first starts make one authority.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (fd_ < 0 || flock(fd_, LOCK_EX) != 0) {
      int error = errno;
      if (fd_ >= 0) close(fd_);
      throw std::runtime_error("cannot use the folder " + folder.string() + ": " +
                               std::generic_category().message(error));
    }
  }
  ~FolderLock() { close(fd_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_;
};

}  // namespace

fs::path authority_folder(const fs::path& store) {
  if (!store.empty()) return store.string() + ".ca";
  std::string folder = (fs::temp_directory_path() / "akv-emulator-XXXXXX").string();
  if (!mkdtemp(folder.data()))
    throw std::runtime_error("cannot make the folder " + folder + ": " +
                             std::generic_category().message(errno));
  return folder;
}

Authority open_authority(const fs::path& folder, const Clock& clock) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    throw std::runtime_error("cannot make the folder " + folder.string() + ": " + error.message());
  FolderLock lock(folder);

  auto now = clock.now();
  fs::path ca_file = folder / "ca.pem", ca_key_file = folder / "ca-key.pem",
           bundle_file = folder / "bundle.pem";

  auto authority = load(ca_file, ca_key_file, now, server_life + renew_before);
  if (!authority) {
    authority = new_authority(now);
    save(*authority, ca_file, ca_key_file);
  }
  const auto server_for = [&](const char* file, const std::string& name, const std::string& names) {
    const fs::path pem = folder / (file + std::string(".pem")),
                   key = folder / (file + std::string("-key.pem"));
    auto server = load(pem, key, now, renew_before);
    if (!server || !serves(*server, *authority, names)) {
      server = new_server(*authority, name, names, now);
      save(*server, pem, key);
    }
    return *std::move(server);
  };
  const Signed server = server_for("server", "localhost", own_names);
  const Signed proxy = server_for("proxy", "management.azure.com", azure_certificate_names());
  std::string ca_pem = pem_of(authority->certificate.get());
  std::string bundle = system_authorities() + ca_pem;
  if (read_private_file(bundle_file) != bundle) write_private_file(bundle_file, bundle);

  return {.ca_file = fs::absolute(ca_file),
          .bundle_file = fs::absolute(bundle_file),
          .server_chain_pem = pem_of(server.certificate.get()) + ca_pem,
          .server_key_pem = pem_of(server.key.get()),
          .proxy_chain_pem = pem_of(proxy.certificate.get()) + ca_pem,
          .proxy_key_pem = pem_of(proxy.key.get())};
}

}  // namespace akv::emulator
