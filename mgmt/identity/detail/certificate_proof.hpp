/// A certificate as the proof of an application.
#pragma once
#include "akv/mgmt/identity/application_credentials.hpp"
#include "akv/mgmt/identity/detail/application_credential.hpp"

namespace akv::identity::detail {

/// `random` must outlive what it makes.
ProofSource prove_by_certificate(std::string client_id, CertificateSource certificate,
                                 RandomSource& random);

}  // namespace akv::identity::detail
