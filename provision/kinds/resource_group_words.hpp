/// How a resource group is written in a manifest.
#pragma once
#include "akv/provision/manifest/vocabulary.hpp"

#include <span>

namespace akv::kinds {

std::span<const manifest::Word> resource_group_words();

}  // namespace akv::kinds
