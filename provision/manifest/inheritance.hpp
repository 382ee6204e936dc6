/// What an object takes from `defaults:`.
#pragma once
#include "akv/provision/manifest/field_reader.hpp"

#include <string_view>

namespace akv::manifest {

/// `own` over `defaults`: values, and members of objects and tags, are overridden one by one;
/// access policies merge by whom they are for (an entry is one value); other lists are replaced.
/// What `own` tagged `!replace`, or wrote as `[]`, replaces the default whole. Members come in the
/// order of the defaults, then the object's own.
json::Document inherit(const json::Document& defaults, ReadObject own, std::span<const Word> words,
                       std::string_view tenant);

}  // namespace akv::manifest
