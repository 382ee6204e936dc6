/// From settings to a connection: which cloud or emulator, signed in as whom.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/identity/credential.hpp"
#include "akv/provision/cli/inputs.hpp"
#include "akv/provision/cli/output.hpp"
#include "akv/provision/cli/token_claims.hpp"
#include "akv/provision/engine/kind.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace akv::cli {

/// What a command acts on. Built in order: manifest, then place, then sign-in.
struct Session {
  engine::Registry registry;
  std::optional<engine::Deployment> deployment;  ///< None for `teardown -g` and `whoami`.
  std::string subscription;                      ///< The default one.
  std::shared_ptr<emulator::Emulator> emulator;  ///< Set with --emulator.
  std::unique_ptr<kinds::Connection> connection;
  std::string credential;                         ///< `client secret of application …`
  std::vector<identity::PassedOver> passed_over;  ///< The credentials tried before that one.
  TokenClaims claims;                             ///< Empty on the emulator.
  Context context;                                ///< Ends with the first interrupt.
};

enum class Needs { manifest, subscription, nothing };

/// Throws ManifestError, UsageError (a cloud that is none, no subscription), AzureError (sign-in,
/// unreachable) and what the emulator throws about its store. With `planned`, that of a saved plan
/// stands in for a manifest.
Session open_session(Needs needs, const Environment& environment, Output& output,
                     const engine::Deployment* planned = nullptr);

/// Where it acts, as a saved plan remembers it: `AzureCloud`, and the endpoint of ARM there. The
/// emulator inside akv is `emulator`, at no endpoint.
std::string cloud_name(const Session& session);
std::string cloud_endpoint(const Session& session);

/// What guards know of who is signed in.
engine::Facts facts(const Session& session, const Settings& settings);

/// What the requests of the session came to so far.
report::Requests requests(const Session& session);

}  // namespace akv::cli
