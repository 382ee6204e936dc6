/// `# akv:ignore RULE reason`: comments that the rules of `akv check` obey.
#pragma once
#include "akv/provision/manifest/diagnostics.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// Remarks in all files of a run; more are an error. The length of a text is capped by its reader.
inline constexpr std::size_t max_remarks = 10'000;

/// Finds those of one file and adds them. One without a reason, or with a rule that is not among
/// `rules`, is an error. What stands in a text (in quotes, in a block scalar) is none.
void read_remarks(std::uint32_t file, std::string_view text,
                  std::span<const std::string_view> rules, std::vector<engine::Remark>& into,
                  Diagnostics& diagnostics);

}  // namespace akv::manifest
