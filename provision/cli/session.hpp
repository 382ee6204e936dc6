/// From settings to a connection: which cloud or emulator, signed in as whom.
#pragma once
#include "akv/emulator/emulator.hpp"
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
  std::string credential;  ///< `client secret of application …`
  TokenClaims claims;      ///< Empty on the emulator.
  Context context;         ///< Ends with the first interrupt.
};

enum class Needs { manifest, subscription, nothing };

/// Throws ManifestError, UsageError (a cloud that is none, no subscription), AzureError (sign-in,
/// unreachable) and what the emulator throws about its store.
Session open_session(Needs needs, const Environment& environment, Output& output);

/// What guards know of who is signed in.
engine::Facts facts(const Session& session, const Settings& settings);

/// What the requests of the session came to so far.
report::Requests requests(const Session& session);

}  // namespace akv::cli
