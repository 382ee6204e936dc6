#include "akv/mgmt/http/detail/trust.hpp"

#include "akv/mgmt/core/errors.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>

namespace akv::http::detail {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{16} << 20;

/// What prepare_process found; made once and never destroyed, because connections may outlive
/// every static.
struct SystemTrust {
  bool taken_over = false;          // written before any thread starts
  std::optional<std::string> file;  // likewise; SSL_CERT_FILE, where it was set
  std::string directory;            // likewise
  std::mutex mutex;                 // guards store
  TrustStore store;
};

SystemTrust& system_trust_state() {
  static SystemTrust* const state = new SystemTrust;
  return *state;
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw AzureError(
      {.message = "cannot read trusted certificates from " + path + ": " + why, .target = path});
}

std::string read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             &std::fclose);
  if (!file) refuse(path, std::strerror(errno));
  std::string text;
  char block[65536];
  while (const std::size_t got = std::fread(block, 1, sizeof block, file.get())) {
    text.append(block, got);
    if (text.size() > max_file_bytes) refuse(path, "it is larger than 16 MiB");
  }
  if (std::ferror(file.get())) refuse(path, std::strerror(errno));
  return text;
}

TrustStore new_store() { return {X509_STORE_new(), &X509_STORE_free}; }

void add_file(const TrustStore& store, const std::string& path) {
  const std::string text = read_file(path);
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
  int count = 0;
  while (X509* certificate = PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr)) {
    X509_STORE_add_cert(store.get(), certificate);
    X509_free(certificate);
    ++count;
  }
  // The loop ends with "no start line"; left in the queue it would be blamed on a later handshake.
  ERR_clear_error();
  if (count == 0) refuse(path, "it holds no certificate in PEM form");
}

bool can_open(const char* path) {
  std::FILE* const file = std::fopen(path, "rb");
  if (file) std::fclose(file);
  return file != nullptr;
}

}  // namespace

TrustStore load_trust_file(const std::string& path) {
  TrustStore store = new_store();
  add_file(store, path);
  return store;
}

void take_over_system_trust() {
  SystemTrust& state = system_trust_state();
  if (state.taken_over) return;
  // The pool's threads outlive the end of main, and must not find OpenSSL cleaned up under them.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
  const char* const file = std::getenv(X509_get_default_cert_file_env());
  if (file) state.file = file;
  const char* const directory = std::getenv(X509_get_default_cert_dir_env());
  state.directory = directory && *directory ? directory : X509_get_default_cert_dir();
  // cpprestsdk makes an SSL_CTX for each connection and has it load this file; an empty one costs
  // nothing, and the shared store takes the place of what it would have held.
  ::setenv(X509_get_default_cert_file_env(), "/dev/null", 1);
  state.taken_over = true;
}

bool system_trust_is_taken_over() { return system_trust_state().taken_over; }

std::optional<std::string> taken_over_certificate_file() { return system_trust_state().file; }

TrustStore system_trust() {
  SystemTrust& state = system_trust_state();
  std::lock_guard lock(state.mutex);
  if (state.store) return state.store;
  TrustStore store = new_store();
  if (state.file && !state.file->empty())
    add_file(store, *state.file);
  else if (can_open(X509_get_default_cert_file()))
    add_file(store, X509_get_default_cert_file());
  X509_STORE_load_path(store.get(), state.directory.c_str());
  ERR_clear_error();
  return state.store = store;
}

}  // namespace akv::http::detail
