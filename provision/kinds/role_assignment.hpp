/// The role assignments at one group or vault as a kind of the engine.
#pragma once
#include "akv/provision/engine/kind.hpp"

#include <memory>

namespace akv::kinds {

std::unique_ptr<engine::Kind> make_role_assignment_kind();

}  // namespace akv::kinds
