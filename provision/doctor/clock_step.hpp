/// Whether this machine's clock and the service's agree.
#pragma once
#include "akv/mgmt/core/clock.hpp"
#include "akv/provision/doctor/examination.hpp"

#include <optional>
#include <string_view>

namespace akv::doctor {

/// From the `Date` of an answer, as the service sent it. More than two minutes apart is wrong:
/// tokens are refused from five minutes on.
Step clock_step(std::optional<std::string_view> date, Clock::SystemTime now);

}  // namespace akv::doctor
