/// What an object takes from `defaults:`, and an overlay from what lies beneath it.
#pragma once
#include "akv/provision/manifest/field_reader.hpp"

#include <string_view>

namespace akv::manifest {

/// `own` over what lies `beneath`: values, and members of objects and tags, are overridden one by
/// one; access policies and entries merge by what identifies them (an entry is one value); other
/// lists are replaced. What `own` tagged `!replace`, or wrote as `[]`, replaces what is beneath
/// whole. Members come in the order of what is beneath, then the object's own.
json::Document inherit(json::Document beneath, ReadObject own, std::span<const Word> words,
                       std::string_view tenant);

}  // namespace akv::manifest
