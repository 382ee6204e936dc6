/// Which certificate authorities a transport trusts: read once, shared by all its connections.
#pragma once
#include <memory>
#include <optional>
#include <string>

struct x509_store_st;  // OpenSSL's X509_STORE

namespace akv::http::detail {

/// Reference counted and locked by OpenSSL itself.
using TrustStore = std::shared_ptr<x509_store_st>;

/// The authorities in a PEM file of at most 16 MiB. Throws AzureError when it cannot be read or
/// holds none.
TrustStore load_trust_file(const std::string& path);

/// Reads where this machine's authorities are (`SSL_CERT_FILE`, `SSL_CERT_DIR`, else OpenSSL's own
/// places) and points `SSL_CERT_FILE` away; keeps OpenSSL from cleaning up at exit. Before any
/// thread and any other use of OpenSSL: it changes the environment.
void take_over_system_trust();
/// Whether take_over_system_trust was called.
bool system_trust_is_taken_over();
/// `SSL_CERT_FILE` as it stood before that; nullopt where it was not set.
std::optional<std::string> taken_over_certificate_file();
/// The authorities it found, loaded at the first call. Throws AzureError when `SSL_CERT_FILE` named
/// a file that cannot be read. Any thread.
TrustStore system_trust();

}  // namespace akv::http::detail
