#include "akv/mgmt/identity/detail/variables.hpp"

namespace akv::identity::detail {

std::string value_of(const EnvironmentLookup& environment, std::string_view name) {
  return environment ? environment(name).value_or("") : std::string();
}

std::string given_or(const std::string& given, const EnvironmentLookup& environment,
                     std::string_view name) {
  return given.empty() ? value_of(environment, name) : given;
}

std::string missing(const std::vector<std::pair<std::string_view, std::string_view>>& values) {
  std::vector<std::string> names;
  for (const auto& [name, value] : values)
    if (value.empty()) names.emplace_back(name);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  if (names.empty()) return text;
  return text + (names.size() == 1 ? " is not set" : " are not set");
}

}  // namespace akv::identity::detail
