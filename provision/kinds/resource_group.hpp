/// Resource groups as a kind of the engine.
#pragma once
#include "akv/provision/engine/kind.hpp"

#include <memory>

namespace akv::kinds {

std::unique_ptr<engine::Kind> make_resource_group_kind();

}  // namespace akv::kinds
