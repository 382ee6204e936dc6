/// How other programs find a running emulator: the shell's exports, and a file beside the store.
#pragma once
#include "akv/emulator/emulator.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace akv::emulator {

/// One `export NAME='value'` a line, for `eval "$(akv emulator env)"`: what akv itself, the Azure
/// SDKs, the Azure CLI and Terraform read. It holds the client secret: print it nowhere else. A
/// value with a line break or a NUL throws std::invalid_argument, which names the variable.
std::string shell_exports(const Identity& identity, const std::string& base_url,
                          const std::filesystem::path& ca_file,
                          const std::filesystem::path& bundle_file);

/// What a running emulator says about itself.
struct Running {
  std::string base_url;
  std::filesystem::path ca_file, bundle_file;
  Identity identity;
  long pid = 0;
};

/// `X.db.running` beside `X.db`. An emulator in memory has `emulator.running` in the user's
/// runtime folder (`XDG_RUNTIME_DIR` as given in `runtime_folder`, else a folder of the user's in
/// the temporary one).
std::filesystem::path running_file(const std::filesystem::path& store);

/// Replaces the file, mode 0600: it holds the client secret.
void write_running(const std::filesystem::path& file, const Running& running);
/// The emulator that wrote the file; nullopt where there is no file, or its process has ended. Throws
/// std::runtime_error with the path when the file is damaged.
std::optional<Running> find_running(const std::filesystem::path& file);
/// Removes the file if this process wrote it; does nothing where it is gone already.
void remove_running(const std::filesystem::path& file);

}  // namespace akv::emulator
