#include "akv/mgmt/identity/detail/variables.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <utility>

namespace akv::identity::detail {
namespace {

constexpr std::string_view public_authority = "https://login.microsoftonline.com";

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
  const auto value = [&](std::string_view name) {
    return options.read_variables ? value_of(environment, name) : std::string();
  };
  if (options.authority_host.empty()) {
    std::string host = value("AZURE_AUTHORITY_HOST");
    if (!host.empty() && host.find("://") == std::string::npos) host.insert(0, "https://");
    options.authority_host = host.empty() ? std::string(public_authority) : std::move(host);
  }
  if (options.regional_authority.empty()) {
    std::string region = value("AZURE_REGIONAL_AUTHORITY_NAME");
    // Two spellings of "find out": .NET's and the others'.
    const bool find_out =
        ascii::equal(region, "TryAutoDetect") || ascii::equal(region, "AutoDiscoverRegion");
    options.regional_authority = find_out ? value("REGION_NAME") : std::move(region);
  }
  if (options.additionally_allowed_tenants.empty())
    options.additionally_allowed_tenants = split(value("AZURE_ADDITIONALLY_ALLOWED_TENANTS"), ';');
  if (!value("AZURE_IDENTITY_DISABLE_MULTITENANTAUTH").empty())
    options.disable_multitenant_auth = true;
  options.read_variables = false;
  return options;
}

CredentialOptions with_variables(CredentialOptions options) {
  EnvironmentLookup lookup;
  if (options.read_variables)
    lookup = lookup_in(options.environment.empty() ? process_environment() : options.environment);
  return with_variables(std::move(options), lookup);
}

TokenRequest for_tenant(TokenRequest request, bool own_tenant_only) {
  if (own_tenant_only) request.tenant_id.clear();
  return request;
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
