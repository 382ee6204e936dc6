/// Files for `include` that stand in memory.
#pragma once
#include "akv/provision/manifest/files.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace akv::test {

class MemoryFiles final : public manifest::Files {
 public:
  std::map<std::string, std::string> texts;  ///< By path.

  Text read(const std::string& path, std::size_t limit) const override {
    const auto found = texts.find(path);
    if (found == texts.end()) return {{}, "No such file or directory"};
    return {found->second.substr(0, limit + 1), {}};
  }
  Listing list(const std::string& folder, std::size_t limit) const override {
    Listing result;
    for (const auto& [path, text] : texts)
      if (std::filesystem::path(path).parent_path().string() == folder &&
          result.names.size() <= limit)
        result.names.push_back(std::filesystem::path(path).filename().string());
    if (result.names.empty()) result.fault = "No such file or directory";
    return result;
  }
  std::string identity(const std::string& path) const override { return path; }
};

}  // namespace akv::test
