/// When a token ends, in the words of old services.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <optional>
#include <string_view>

namespace akv::identity::detail {

/// `expires_on` as a date: `6/20/2019 2:57:58 AM +00:00` (of services on Windows), `06/20/2019
/// 02:57:58 +00:00` (on Linux), the month first and always UTC, or RFC 3339. App Service and Azure
/// Machine Learning write it so in the version 2017-09-01. nullopt for all else, numbers too.
std::optional<Clock::SystemTime> parse_token_end(std::string_view text);

}  // namespace akv::identity::detail
