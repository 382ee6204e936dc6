#include "akv/provision/manifest/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

namespace akv::manifest {
namespace {

namespace fs = std::filesystem;

}  // namespace

Files::Text DiskFiles::read(const std::string& path, std::size_t limit) const {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return {{}, error ? error.message() : "No such file or directory"};
  if (fs::is_directory(status)) return {{}, "it is a folder"};
  if (!fs::is_regular_file(status)) return {{}, "it is no regular file"};
  return read_whole_file(path, limit);
}

Files::Listing DiskFiles::list(const std::string& folder, std::size_t limit) const {
  Listing result;
  std::error_code error;
  const fs::path path = folder.empty() ? fs::path(".") : fs::path(folder);
  for (fs::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored)) continue;
    result.names.push_back(entry->path().filename().string());
    if (result.names.size() > limit) break;
  }
  if (error) result.fault = error.message();
  return result;
}

std::string DiskFiles::identity(const std::string& path) const {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? fs::path(path).lexically_normal().string() : canonical.string();
}

Files::Text read_whole_file(const std::string& path, std::size_t limit) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const auto reason = [] {
    const int code = errno;
    return code != 0 ? std::string(std::strerror(code)) : std::string("unknown reason");
  };
  if (!file) return {{}, reason()};
  std::string text;
  std::string block(std::size_t{1} << 16U, '\0');
  while (text.size() <= limit &&
         (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0))
    text.append(block, 0, static_cast<std::size_t>(file.gcount()));
  if (file.bad()) return {{}, reason()};
  if (text.size() > limit) text.resize(limit + 1);
  return {std::move(text), {}};
}

}  // namespace akv::manifest
