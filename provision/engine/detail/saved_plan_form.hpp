/// The members of a saved plan's file: one description each, for writing and for reading.
#pragma once
#include "akv/provision/engine/saved_plan.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace akv::engine::detail {

/// Everything but the checksum.
Document form_of(const SavedPlan& saved);
/// Throws FormatError, with the member's path, for a member of another type or with an unknown
/// word.
SavedPlan plan_of(const Document& form);

}  // namespace akv::engine::detail
