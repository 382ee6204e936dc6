/// An application that signs in as itself: by a secret, or by an assertion that it or somebody
/// whom its tenant trusts has signed.
#pragma once
#include "akv/mgmt/identity/detail/token_client.hpp"

#include <functional>
#include <memory>
#include <string>

namespace akv::identity::detail {

/// What shows that it is this application: fields of the form, and which texts in them are secret.
struct Proof {
  Form fields;
  std::vector<std::string> secrets;
};
/// Makes a proof for one request to `audience`, the URL it goes to. Throws AuthenticationError.
/// Called from any thread.
using ProofSource = std::function<Proof(const std::string& audience, const Context& context)>;

ProofSource prove_by_secret(const std::string& client_id, std::string client_secret);
/// An assertion (a JWT) as proof. Throws AuthenticationError when it is empty.
Proof proof_of_assertion(std::string_view assertion);

/// Asks by client credentials. `description` is what describe() says.
std::shared_ptr<TokenCredential> make_application_credential(std::string tenant_id,
                                                             std::string client_id,
                                                             CredentialOptions options,
                                                             ProofSource prove,
                                                             std::string description);

}  // namespace akv::identity::detail
