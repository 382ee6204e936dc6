/// Files, folders and standard input to a manifest.
#pragma once
#include "akv/provision/cli/output.hpp"
#include "akv/provision/manifest/manifest.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace akv::cli {

/// Where no subscription is known, so that a manifest can be read anywhere: never shown, never
/// sent.
inline constexpr const char* any_subscription = "00000000-0000-4000-8000-000000000000";

/// A manifest with mistakes: exit code 1, all of them listed.
struct ManifestError : std::runtime_error {
  ManifestError(std::vector<manifest::Diagnostic> list, std::size_t file_count)
      : std::runtime_error("the manifest has mistakes"),
        diagnostics(std::move(list)),
        files(file_count) {}
  std::vector<manifest::Diagnostic> diagnostics;
  std::size_t files;
};

struct Manifest {
  manifest::Loaded loaded;
  std::size_t files = 0;
};

/// Reads `settings.files` and `settings.values` and loads them, with whatever mistakes they have. A
/// folder stands for its `*.yaml`, sorted; `-` for standard input; a file that is missing or
/// empty or cannot be read is a mistake too.
Manifest load_manifest(const Settings& settings, const Environment& environment, Streams& streams,
                       const std::string& subscription, const std::string& tenant);

/// The same where it must be free of errors: throws ManifestError, and UsageError for a target that
/// matches nothing. Warnings go to Output::warn().
engine::Deployment load_deployment(const Settings& settings, const Environment& environment,
                                   Output& output, const std::string& subscription,
                                   const std::string& tenant);

}  // namespace akv::cli
