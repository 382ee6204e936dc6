/// What a JSON reader accepts: more is a FormatError, never a crash.
#pragma once
#include <cstddef>

namespace akv::json {

struct ParseLimits {
  std::size_t bytes = std::size_t{256} << 20;  ///< Lower it for answers known to be small.
  std::size_t depth = 64;                      ///< Nested arrays and objects.
};

}  // namespace akv::json
