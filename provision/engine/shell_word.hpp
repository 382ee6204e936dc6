/// Words of commands that people are told to paste.
#pragma once
#include <string>
#include <string_view>

namespace akv::engine {

/// The word as a POSIX shell takes it: as it is where nothing in it means anything, else in single
/// quotes.
std::string shell_word(std::string_view word);

}  // namespace akv::engine
