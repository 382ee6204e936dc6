/// Command lines that a reader can paste into a shell.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace akv::doctor {

/// The words with blanks between them, each in single quotes where a shell would not take it for
/// itself.
std::string command_line(std::initializer_list<std::string_view> words);

}  // namespace akv::doctor
