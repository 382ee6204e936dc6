#include "akv/provision/manifest/interpolation.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace akv::manifest {
namespace {

constexpr std::size_t max_unique_digits = 32;

bool is_variable_name(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

}  // namespace

bool Variables::may_read(std::string_view name) const {
  return name.substr(0, 4) == "AKV_" || name == "AZURE_SUBSCRIPTION_ID" ||
         name == "AZURE_TENANT_ID" ||
         std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}

std::string unique_digits(std::string_view subscription_and_group, std::size_t digits) {
  std::string text(subscription_and_group);
  std::transform(text.begin(), text.end(), text.begin(), ascii::to_lower);
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int length = 0;
  EVP_Digest(text.data(), text.size(), hash.data(), &length, EVP_sha256(), nullptr);
  constexpr std::string_view hex = "0123456789abcdef";
  std::string result;
  for (unsigned int i = 0; i < length; ++i) {
    result += hex[hash[i] >> 4U];
    result += hex[hash[i] & 15U];
  }
  result.resize(std::min(digits, result.size()));
  return result;
}

std::optional<std::string> Interpolator::expand(std::string_view text, engine::Place place,
                                                const Scope& scope) {
  std::string result;
  bool failed = false;
  std::size_t at = 0;
  for (;;) {
    const std::size_t dollar = text.find('$', at);
    result += text.substr(at, dollar - at);
    if (dollar == std::string_view::npos) break;
    const char next = dollar + 1 < text.size() ? text[dollar + 1] : '\0';
    if (next != '{') {
      result += '$';
      at = dollar + (next == '$' ? 2 : 1);
      continue;
    }
    const std::size_t close = text.find('}', dollar);
    if (close == std::string_view::npos) {
      diagnostics_.error(place, "bad-reference",
                         quoted(text.substr(dollar)) + " has no closing brace",
                         "write ${NAME}, or $$ for a dollar sign");
      return std::nullopt;
    }
    const auto value = value_of(text.substr(dollar + 2, close - dollar - 2), place, scope);
    if (value)
      result += *value;
    else
      failed = true;
    at = close + 1;
  }
  if (failed) return std::nullopt;
  return result;
}

std::optional<std::string> Interpolator::value_of(std::string_view reference, engine::Place place,
                                                  const Scope& scope) {
  if (reference.substr(0, 4) == "env:") return variable(reference.substr(4), place);
  if (reference.substr(0, 7) == "unique:") return unique(reference.substr(7), place, scope);
  return parameter(reference, place, scope);
}

std::optional<std::string> Interpolator::variable(std::string_view reference, engine::Place place) {
  const std::size_t separator = reference.find(":-");
  const std::string_view name = reference.substr(0, separator);
  if (!is_variable_name(name)) {
    diagnostics_.error(place, "bad-reference",
                       quoted(name) + " is not the name of an environment variable",
                       "write ${env:NAME} or ${env:NAME:-default}");
    return std::nullopt;
  }
  if (!variables_.may_read(name)) {
    diagnostics_.error(place, "forbidden-variable",
                       "a manifest may not read the variable " + std::string(name),
                       "AKV_*, AZURE_SUBSCRIPTION_ID and AZURE_TENANT_ID may be read, others with "
                       "--allow-env " +
                           std::string(name));
    return std::nullopt;
  }
  auto value = variables_.look_up ? variables_.look_up(name) : std::nullopt;
  // As in a shell, an empty variable counts as unset before a default.
  if (separator != std::string_view::npos && value.value_or("").empty())
    return std::string(reference.substr(separator + 2));
  if (!value)
    diagnostics_.error(place, "unset-variable", "the variable " + std::string(name) + " is not set",
                       "set it, or give a default: ${env:" + std::string(name) + ":-default}");
  return value;
}

std::optional<std::string> Interpolator::unique(std::string_view digits, engine::Place place,
                                                const Scope& scope) {
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc() || end != digits.data() + digits.size() || count < 1 ||
      count > max_unique_digits) {
    diagnostics_.error(place, "bad-reference",
                       "${unique:N} takes a number from 1 to 32, not " + quoted(digits));
    return std::nullopt;
  }
  if (scope.unique_in.empty()) {
    diagnostics_.error(place, "bad-reference",
                       "${unique:N} is made of the subscription and resource group, so it only "
                       "stands in what a resource group holds");
    return std::nullopt;
  }
  used_unique_ = true;
  return unique_digits(scope.unique_in, count);
}

std::optional<std::string> Interpolator::parameter(std::string_view name, engine::Place place,
                                                   const Scope& scope) {
  if (scope.parameters == nullptr) {
    diagnostics_.error(place, "bad-reference",
                       "the default of a parameter may not refer to " + quoted(name),
                       "write the value; only ${env:NAME} may stand here");
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  bool names_known = names_complete_;
  for (const Loop* loop = scope.loop; loop != nullptr; loop = loop->outer) {
    names_known = names_known && loop->names_known;
    for (const Loop::Variable& variable : loop->variables) {
      if (variable.name == name) return variable.value;
      names.push_back(variable.name);
    }
  }
  const auto found = scope.parameters->find(name);
  if (found != scope.parameters->end()) return found->second;
  if (names_known) {
    for (const auto& [known, value] : *scope.parameters) names.push_back(known);
    diagnostics_.error(
        place, "unknown-parameter", "unknown parameter " + quoted(name),
        did_you_mean(name, names, "declare it under parameters, or write $$ for a dollar sign"));
  }
  return std::nullopt;
}

}  // namespace akv::manifest
