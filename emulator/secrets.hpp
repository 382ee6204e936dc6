/// Secrets as ARM children: what is known of them but their values, which are never kept.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::emulator {

inline constexpr std::string_view secret_collection = "secrets";

/// Takes `properties.value` (in any case) away.
void forget_secret_value(json::Document& body);

/// Whether a request to this URL may carry a secret, however its path is written.
bool is_secret_address(std::string_view url);
/// The body of such a request for a log: the value masked, and nothing of a body that is not
/// understood.
std::string without_secret_value(std::string_view body);

}  // namespace akv::emulator
