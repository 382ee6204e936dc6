/// `/_emulator/…`: what a test in another process does with an emulator. No token is asked for, so
/// the listener lets only this machine in (and answers `health` itself). emulator/README.md lists
/// the routes.
#pragma once
#include "akv/mgmt/http/message.hpp"

#include <optional>

namespace akv::emulator {

class Emulator;

/// The answer to a request of `/_emulator/`, or nullopt for every other path.
std::optional<http::Response> control(const http::Request& request, Emulator& emulator);

}  // namespace akv::emulator
