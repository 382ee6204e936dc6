/// What every credential that asks a token service can be told.
#pragma once
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/identity/environment.hpp"

#include <memory>
#include <string>
#include <vector>

namespace akv::identity {

struct CredentialOptions {
  /// Where tenants sign in: `Cloud::authority_host` of the cloud. https only.
  std::string authority_host = "https://login.microsoftonline.com";
  std::shared_ptr<http::Transport> transport{};  ///< Empty: the one over cpprestsdk.
  RandomSource* random = &system_random();       ///< Must outlive the credential.
  /// Tenants besides the credential's own that a TokenRequest may name; `*` for any.
  std::vector<std::string> additionally_allowed_tenants{};
  /// Asks the token service of one Azure region (`westeurope`), for applications inside Azure that
  /// must not depend on the global one. Applications only, never users.
  std::string regional_authority{};
  /// What child programs are started with, PATH included. Empty: this process's, read when the
  /// credential is made.
  Environment environment{};
};

}  // namespace akv::identity
