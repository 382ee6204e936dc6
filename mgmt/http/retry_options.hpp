/// How often a request is repeated, and how long apart.
#pragma once
#include <chrono>

namespace akv::http {

struct RetryOptions {
  int max_attempts = 4;                  ///< The first one included; 1: nothing is repeated.
  std::chrono::milliseconds delay{800};  ///< Doubles each time, with full jitter.
  std::chrono::milliseconds max_delay{60000};
};

}  // namespace akv::http
