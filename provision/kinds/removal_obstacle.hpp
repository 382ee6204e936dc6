/// What may have come in a delete's way since it was planned.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/provision/engine/plan.hpp"

#include <optional>
#include <string>

namespace akv::kinds {

struct RemovalObstacle {
  ErrorInfo error;
  std::string remedy;
};

/// `live` is the object as it was read just before its delete: it must still carry the mark that
/// it was planned with, and must not be protected. Where the plan did not see the object itself
/// (a saved plan whose lists may not be read), the mark must be that of `deployment`.
std::optional<RemovalObstacle> removal_obstacle(const engine::Change& planned,
                                                const json::Document& live,
                                                const std::string& deployment);

}  // namespace akv::kinds
