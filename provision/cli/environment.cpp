#include "akv/provision/cli/environment.hpp"

namespace akv::cli {

std::optional<std::string> Environment::get(std::string_view name) const {
  const auto found = variables.find(name);
  if (found == variables.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

}  // namespace akv::cli
