#include "akv/mgmt/identity/detail/variables.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <utility>

namespace akv::identity::detail {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (!ascii::trim(part).empty()) parts.emplace_back(ascii::trim(part));
  }
  return parts;
}

}  // namespace

std::string value_of(const EnvironmentLookup& environment, std::string_view name) {
  return environment ? environment(name).value_or("") : std::string();
}

std::string given_or(const std::string& given, const EnvironmentLookup& environment,
                     std::string_view name) {
  return given.empty() ? value_of(environment, name) : given;
}

CredentialOptions with_variables(CredentialOptions options, const EnvironmentLookup& environment) {
  if (options.authority_host == CredentialOptions{}.authority_host) {
    std::string host = value_of(environment, "AZURE_AUTHORITY_HOST");
    if (!host.empty() && host.find("://") == std::string::npos) host.insert(0, "https://");
    if (!host.empty()) options.authority_host = std::move(host);
  }
  if (options.regional_authority.empty()) {
    std::string region = value_of(environment, "AZURE_REGIONAL_AUTHORITY_NAME");
    // Two spellings of "find out": .NET's and the others'.
    const bool find_out =
        ascii::equal(region, "TryAutoDetect") || ascii::equal(region, "AutoDiscoverRegion");
    options.regional_authority =
        find_out ? value_of(environment, "REGION_NAME") : std::move(region);
  }
  if (options.additionally_allowed_tenants.empty())
    options.additionally_allowed_tenants =
        split(value_of(environment, "AZURE_ADDITIONALLY_ALLOWED_TENANTS"), ';');
  return options;
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
