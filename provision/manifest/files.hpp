/// Where `include` finds files.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace akv::manifest {

/// Its calls never throw; what cannot be read has a reason. Paths are as the user would write them.
class Files {
 public:
  virtual ~Files() = default;

  struct Text {
    std::optional<std::string> text{};
    std::string fault{};  ///< `No such file or directory`, where there is no text.
  };
  /// At most `limit` bytes, and one more where the file is larger.
  virtual Text read(const std::string& path, std::size_t limit) const = 0;

  struct Listing {
    std::vector<std::string> names{};  ///< Of the files in the folder, in any order.
    std::string fault{};
  };
  /// At most `limit` names, and one more where there are more.
  virtual Listing list(const std::string& folder, std::size_t limit) const = 0;

  /// The same text for all ways to name one file.
  virtual std::string identity(const std::string& path) const = 0;
};

/// Those on the disk. `read` takes regular files only: an included pipe would wait for ever.
class DiskFiles final : public Files {
 public:
  Text read(const std::string& path, std::size_t limit) const override;
  Listing list(const std::string& folder, std::size_t limit) const override;
  std::string identity(const std::string& path) const override;
};

/// A file of any sort, pipes too, as `Files::read` returns it.
Files::Text read_whole_file(const std::string& path, std::size_t limit);

}  // namespace akv::manifest
