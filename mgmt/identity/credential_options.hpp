/// What every credential that asks a token service can be told.
#pragma once
#include "akv/mgmt/core/log.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/http/pipeline.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "akv/mgmt/identity/environment.hpp"

#include <memory>
#include <string>
#include <vector>

namespace akv::identity {

struct CredentialOptions {
  /// Where tenants sign in: `Cloud::authority_host` of the cloud. https only. Empty: what
  /// AZURE_AUTHORITY_HOST says, else the public cloud's, `https://login.microsoftonline.com`.
  std::string authority_host{};
  std::shared_ptr<http::Transport> transport{};  ///< Empty: the one over cpprestsdk.
  RandomSource* random = &system_random();       ///< Must outlive the credential.
  /// Tenants besides the credential's own that a TokenRequest may name; `*` for any. Empty: what
  /// AZURE_ADDITIONALLY_ALLOWED_TENANTS says (with `;` between them).
  std::vector<std::string> additionally_allowed_tenants{};
  /// Asks the token service of one Azure region (`westeurope`), for applications inside Azure that
  /// must not depend on the global one. Applications only, never users. Empty: what
  /// AZURE_REGIONAL_AUTHORITY_NAME says (a region, or `TryAutoDetect` or `AutoDiscoverRegion` for
  /// the one in REGION_NAME), else the global one.
  std::string regional_authority{};
  /// What child programs are started with, PATH included, and where variables are looked up. Empty:
  /// this process's, read when the credential is made.
  Environment environment{};
  /// Ignores the tenant that a TokenRequest names, and asks for the credential's own. Off: only
  /// where AZURE_IDENTITY_DISABLE_MULTITENANTAUTH is set.
  bool disable_multitenant_auth = false;
  /// Off: none of the variables above counts, for a program that says all of it itself. Those that
  /// hold ids, secrets and endpoints are read by the credentials that name them in any case.
  bool read_variables = true;

  /// Gets a line for each request to a token service (as http::make_log_policy writes it, with its
  /// operation `sign-in`) and for each run of a developer's tool: its name, how it ended and how
  /// long it took. No header, body, output or argument. Empty: nothing is logged.
  std::shared_ptr<LogSink> log{};
  /// Called after each attempt to ask a token service, for your own tracing; see http::Attempt.
  /// What it throws is logged and goes no further.
  http::AttemptHook on_attempt{};
  /// How often a token service is asked again after 429, 5xx and no answer. The instance metadata
  /// service has a rhythm of its own.
  http::RetryOptions retry{};
};

}  // namespace akv::identity
