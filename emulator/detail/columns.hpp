/// How moments and names stand in the columns of the store.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/clock.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace akv::emulator {

inline std::int64_t millis(Clock::SystemTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}
inline Clock::SystemTime moment(std::int64_t millis) {
  return Clock::SystemTime{std::chrono::milliseconds{millis}};
}

/// What rows are found by: names and ids compare without case.
inline std::string key_of(std::string_view text) { return ascii::lower(text); }

inline std::string select(std::string_view columns, const char* condition) {
  return std::string(columns) + condition;
}

}  // namespace akv::emulator
