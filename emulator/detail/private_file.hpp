// Small files that only their owner may read: keys, and what a running emulator says about itself.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace akv::emulator {

/// Files longer than this are refused: keys, certificates and bundles are far smaller.
inline constexpr std::size_t max_private_file = std::size_t{4} << 20;

/// Replaces `path` as a whole, mode 0600: a reader sees the old content or the new, also after a
/// crash. Throws std::runtime_error with the path and the reason.
void write_private_file(const std::filesystem::path& path, std::string_view content);

/// The content, or nullopt where there is no such file. Throws std::runtime_error with the path and
/// the reason when it cannot be read, or is longer than max_private_file.
std::optional<std::string> read_private_file(const std::filesystem::path& path);

}  // namespace akv::emulator
