/// How other programs find a running emulator: the shell's exports, and a file beside the store.
#pragma once
#include "akv/emulator/emulator.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace akv::emulator {

/// What a running emulator says about itself.
struct Running {
  std::string base_url;
  std::string proxy_url;  ///< Empty where it serves as no proxy.
  std::filesystem::path ca_file, bundle_file;
  Identity identity;
  long pid = 0;
};

/// One `export NAME='value'` a line, for `eval "$(akv emulator env)"`: what akv itself, the Azure
/// SDKs, the Azure CLI and Terraform read; with a proxy, HTTPS_PROXY and NO_PROXY too. It holds the
/// client secret: print it nowhere else.
std::string shell_exports(const Running& running);

/// `X.db.running` beside `X.db`; `.akv/emulator.running` for an emulator in memory (empty path).
std::filesystem::path running_file(const std::filesystem::path& store);

/// The file of a running emulator, there as long as this object is. It holds the client secret:
/// mode 0600, replaced as a whole. The process keeps a lock on it, so that what a killed one left
/// behind is told from one that runs, whoever has its process id by now.
class RunningFile {
 public:
  /// Makes the folder where needed. Throws std::runtime_error with the path and the reason.
  RunningFile(std::filesystem::path file, const Running& running);
  /// Removes the file, unless another emulator has replaced it since.
  ~RunningFile();
  RunningFile(const RunningFile&) = delete;
  RunningFile& operator=(const RunningFile&) = delete;

 private:
  std::filesystem::path file_;
  int lock_ = -1;
};

/// The emulator that wrote the file; nullopt where there is no file, or its process has ended.
/// Throws std::runtime_error with the path and the reason when the file is damaged.
std::optional<Running> find_running(const std::filesystem::path& file);

}  // namespace akv::emulator
