/// How role assignments and locks are written in a manifest.
#pragma once
#include "akv/provision/manifest/vocabulary.hpp"

#include <span>

namespace akv::kinds {

std::span<const manifest::Companion> companion_words();

}  // namespace akv::kinds
