/// The order of an answer's members, as recordings have it: a member that an update sets for the
/// first time would else stand at the end.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <initializer_list>
#include <string_view>

namespace akv::emulator {

/// Puts those of the named members that are there first, in this order; the others follow as they
/// are. For an object only.
void put_first(json::Document& object, std::initializer_list<std::string_view> names);

/// Moves a member, where it is there, to the end.
void put_last(json::Document& object, std::string_view name);

}  // namespace akv::emulator
