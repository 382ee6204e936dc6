/// Old sins: findings that were there before, kept in a file beside the manifest.
///
/// {"formatVersion": 1, "findings": [{"rule": …, "object": …, "subject": …}, …]}, sorted.
#pragma once
#include "akv/provision/engine/finding.hpp"

#include <cstddef>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace akv::checks {

/// Text of a baseline.
inline constexpr std::size_t max_baseline_bytes = std::size_t{64} << 20;
/// Entries of one.
inline constexpr std::size_t max_baseline_findings = 200'000;

/// What was read is no baseline. The message begins with the file's name and says what to do.
struct BaselineError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// By fingerprint.
using Baseline = std::set<std::string>;

/// `name` is for messages. Throws BaselineError for text that is too long, no JSON, no baseline, of
/// another format version, or names a rule that there is none of.
Baseline read_baseline(std::string_view text, const std::string& name);

/// The file's text for all findings that count or are known.
std::string write_baseline(std::span<const engine::Finding> findings);

/// Marks what the baseline holds as known. Returns the number of its entries that were not found:
/// they are mended, and can go.
std::size_t apply_baseline(const Baseline& baseline, std::vector<engine::Finding>& findings);

}  // namespace akv::checks
