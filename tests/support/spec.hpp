/// The published interface descriptions and examples, read in place. They are not part of this
/// repository: tests that need them say so and pass where they are absent.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "support/skipped.hpp"
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace akv::test {

inline std::optional<std::filesystem::path> spec_folder() {
  const char* given = std::getenv("AKV_SPEC_DIR");  // before any thread
  std::filesystem::path folder = given != nullptr && *given != '\0'
                                     ? std::filesystem::path(given)
                                     : std::filesystem::path(AKV_SOURCE_DIR) / "../shared/spec";
  if (std::filesystem::is_directory(folder)) return folder;
  say_skipped("no interface descriptions in " + folder.string() + " (AKV_SPEC_DIR)");
  return std::nullopt;
}

inline json::Document read_json(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(in, "cannot read " << file);
  return json::Document::parse(
      std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
}

}  // namespace akv::test
