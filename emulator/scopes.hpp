/// The scopes at which extensions stand.
#pragma once
#include "akv/emulator/service.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

/// The route's `{scope*}` as it is stored: in the first spelling of what is there; empty for the
/// tenant. Throws Refusal where nothing is there. Below a vault anything may be named: its keys and
/// secrets are no business of ARM's.
std::string scope_of(const Call& call);

/// `SCOPE/providers/TYPE/NAME`
std::string extension_id(std::string_view scope, std::string_view type, std::string_view name);

/// systemData of an extension: made by `stored`'s maker, where there is one, changed by the caller.
json::Document touched(const Call& call, const json::Document& stored);

}  // namespace akv::emulator
