/// Collects the mistakes of a run and hands them back in the order a reader meets them.
#pragma once
#include "akv/provision/manifest/manifest.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace akv::manifest {

/// Mistakes may be added in any order. Used by one thread.
class Diagnostics {
 public:
  /// What finish() returns; one more line then says how many others there are.
  static constexpr std::size_t max_reported = 200;
  /// What is kept while a run goes on: 100 MB of mistakes must not become a gigabyte of text.
  static constexpr std::size_t max_kept = 20'000;

  /// `files` are the names that Place::file points into.
  explicit Diagnostics(std::vector<std::string> files = {}) : files_(std::move(files)) {}

  void error(engine::Place place, std::string code, std::string message, std::string hint = {});
  void warning(engine::Place place, std::string code, std::string message, std::string hint = {});
  /// A mistake that stands in no file: `--set region`.
  void error_outside(std::string where, std::string code, std::string message,
                     std::string hint = {});

  std::size_t errors() const { return errors_; }
  /// Further mistakes are only counted, so their texts need not be made.
  bool is_full() const { return found_.size() >= max_kept; }
  const std::vector<std::string>& files() const { return files_; }
  /// Another file for places to point into.
  std::uint32_t add_file(std::string name) {
    files_.push_back(std::move(name));
    return static_cast<std::uint32_t>(files_.size() - 1);
  }

  /// Sorted by file in the order given, then line and column, each once; what stands in no file
  /// comes first. Columns become characters, as editors count them, where `texts` (by file) is not
  /// ASCII. Warnings give way to errors where there are too many.
  std::vector<Diagnostic> finish(const std::vector<std::string_view>& texts);

 private:
  struct Found {
    Severity severity;
    engine::Place place;
    std::string outside;  ///< Instead of a file.
    std::string code, message, hint;
  };
  void add(Found found);

  std::vector<std::string> files_;
  std::vector<Found> found_;
  std::size_t errors_ = 0, dropped_ = 0;
};

}  // namespace akv::manifest
