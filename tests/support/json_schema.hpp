/// As much of JSON Schema (draft 7) as the manifest's schema uses.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>

namespace akv::test {

/// The first thing in `value` that does not fit, as `$.a[0]: what`; empty when all does. Throws
/// std::logic_error for a keyword that it does not know, wherever it stands in the schema.
std::string find_misfit(const json::Document& schema, const json::Document& value);

}  // namespace akv::test
