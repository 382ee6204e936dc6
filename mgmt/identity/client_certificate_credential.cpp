#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/certificate_proof.hpp"
#include "akv/mgmt/identity/detail/client_certificate.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/small_file.hpp"

#include <utility>

namespace akv::identity {
namespace detail {
namespace {

ClientCertificate read(const CertificateSource& source) {
  if (source.path.empty() && source.content.empty())
    refuse("no client certificate is named; set AZURE_CLIENT_CERTIFICATE_PATH");
  if (source.path.empty()) {
    if (source.content.size() > max_certificate_bytes)
      refuse("the given client certificate is larger than 1 MiB; give one with its key and chain");
    return read_client_certificate(source.content, source.password, "memory");
  }
  const std::string bytes =
      read_small_file(source.path, max_certificate_bytes, "the client certificate",
                      "check AZURE_CLIENT_CERTIFICATE_PATH");
  return read_client_certificate(bytes, source.password, source.path);
}

bool is_adfs(const std::string& audience) { return audience.ends_with("/adfs/oauth2/token"); }

}  // namespace

ProofSource prove_by_certificate(std::string client_id, CertificateSource certificate,
                                 RandomSource& random) {
  return [client_id = std::move(client_id), source = std::move(certificate), random = &random](
             const std::string& audience, const Context& context) {
    const bool old_form = source.sha1_thumbprint || is_adfs(audience);
    return proof_of_assertion(sign_assertion(
        read(source), {.client_id = client_id,
                       .audience = audience,
                       .id = new_uuid(*random),
                       .now = context.clock->now(),
                       .algorithm = old_form ? JwtAlgorithm::rs256 : JwtAlgorithm::ps256,
                       .send_chain = source.send_chain}));
  };
}

}  // namespace detail

std::shared_ptr<TokenCredential> make_client_certificate_credential(std::string tenant_id,
                                                                    std::string client_id,
                                                                    CertificateSource certificate,
                                                                    CredentialOptions options) {
  std::string description = "client certificate of application " + client_id;
  auto prove = detail::prove_by_certificate(client_id, std::move(certificate), *options.random);
  return detail::make_application_credential(std::move(tenant_id), std::move(client_id),
                                             std::move(options), std::move(prove),
                                             std::move(description));
}

}  // namespace akv::identity
