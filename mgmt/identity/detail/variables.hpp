/// Reading variables, and saying which are missing.
#pragma once
#include "akv/mgmt/identity/environment.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::identity::detail {

/// Empty when it is not set.
std::string value_of(const EnvironmentLookup& environment, std::string_view name);
/// `given`, or the variable where that is empty.
std::string given_or(const std::string& given, const EnvironmentLookup& environment,
                     std::string_view name);
/// The names whose value is empty, as a sentence: `A, B and C are not set`; empty for none.
std::string missing(const std::vector<std::pair<std::string_view, std::string_view>>& values);

}  // namespace akv::identity::detail
