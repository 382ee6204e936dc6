// A client certificate with its key, as PEM or PFX. The first byte says with which password. Good
// seeds are what `openssl req -x509 -newkey rsa:2048` and `openssl pkcs12 -export` make, behind
// that byte.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/detail/client_certificate.hpp"

#include <cstdlib>

using namespace akv;
using namespace akv::identity::detail;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string password = data[0] % 2 ? "planted-secret" : "";
  try {
    const ClientCertificate read = read_client_certificate(
        {reinterpret_cast<const char*>(data) + 1, size - 1}, password, "the file");
    if (!read.key || read.chain.empty()) std::abort();
    (void)sign_assertion(read, {.client_id = "c", .audience = "https://h", .id = "1"});
  } catch (const AuthenticationError& error) {
    if (std::string(error.what()).find("planted-secret") != std::string::npos) std::abort();
  }
  return 0;
}
