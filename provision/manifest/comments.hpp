/// The comments of a YAML text, which its parser does not keep.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace akv::manifest {

struct Comment {
  std::uint32_t line = 0;    ///< From 1.
  std::uint32_t column = 0;  ///< Of its `#`, from 1, in bytes.
  std::string_view text;     ///< What follows the `#` in the line; a view into the YAML text.
  bool alone = false;        ///< Nothing but blanks stands before it.
  std::size_t next = 0;      ///< Offset of the line below; past the end where there is none.
};

/// Calls `found` for each comment, downwards, until it returns false. A `#` is none within quotes,
/// within a block scalar (`|`, `>`), and without a blank before it. Of a text that is no YAML it
/// finds what it takes for comments. One pass.
void each_comment(std::string_view text, const std::function<bool(const Comment&)>& found);

}  // namespace akv::manifest
