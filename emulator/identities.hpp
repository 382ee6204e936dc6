/// Who is in a store: its tenant, its own application, and those that were added.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/emulator/store.hpp"
#include "akv/emulator/token_service.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::emulator {

/// The store's own identity, made at first start and made Owner of its subscription then. Throws
/// std::invalid_argument when an id of `options` is no UUID.
Identity open_identity(Store& store, const Options& options, SystemTime now);

/// The key that signs tokens, made at first start.
std::string open_signing_key(Store& store, const Options& options);

/// All that can sign in.
std::vector<TokenService::Application> open_applications(Store& store, const Identity& identity);

/// Makes the application Owner of a subscription once: who takes the assignment away has done so.
void own_subscription(Store& store, RandomSource& random, const Identity& identity,
                      const std::string& subscription, SystemTime now);

/// Stores a principal and its roles. Throws std::invalid_argument.
TokenService::Application add_principal(Store& store, RandomSource& random,
                                        const Identity& identity, const Principal& principal,
                                        SystemTime now);

}  // namespace akv::emulator
