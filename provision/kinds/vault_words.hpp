/// How a vault is written in a manifest.
#pragma once
#include "akv/provision/manifest/vocabulary.hpp"

#include <span>

namespace akv::kinds {

std::span<const manifest::Word> vault_words();

}  // namespace akv::kinds
