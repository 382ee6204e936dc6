/// One pass over the bytes of a manifest, before the YAML parser sees them.
#pragma once
#include "akv/provision/manifest/diagnostics.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace akv::manifest {

/// Text of one input.
inline constexpr std::size_t max_source_bytes = std::size_t{256} << 20;
/// `[` and `{` open at once. The parser queues every token of a flow collection before it reports
/// the first, so a file of brackets costs it hundreds of bytes for each.
inline constexpr std::size_t max_open_brackets = 1'000;

/// What the parser may see of `text`: without a byte order mark. Adds one error and returns
/// nothing readable (`ok` false) for text that is too large, no UTF-8 (with the place of the first
/// bad byte), has control characters, is empty, or opens too many brackets.
struct CheckedSource {
  bool ok = false;
  std::string_view text;  ///< Into the text given.
};
CheckedSource check_source(std::uint32_t file, std::string_view text, Diagnostics& diagnostics);

}  // namespace akv::manifest
