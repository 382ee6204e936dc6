#include "akv/provision/doctor/command_line.hpp"

#include "akv/provision/engine/shell_word.hpp"

namespace akv::doctor {

std::string command_line(std::initializer_list<std::string_view> words) {
  std::string line;
  for (const std::string_view word : words) {
    if (!line.empty()) line += ' ';
    line += engine::shell_word(word);
  }
  return line;
}

}  // namespace akv::doctor
