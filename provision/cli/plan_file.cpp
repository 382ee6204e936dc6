#include "akv/provision/cli/plan_file.hpp"

#include "akv/provision/cli/arguments.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "akv/provision/engine/shell_word.hpp"
#include "akv/provision/manifest/files.hpp"
#include "akv/provision/manifest/suggest.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace akv::cli {
namespace {

namespace fs = std::filesystem;
using engine::SavedPlan;

constexpr std::size_t first_look = 256;

/// Its text, where it may be a saved plan. Pipes are left unread: what is taken from them is gone.
std::optional<std::string> text_of_plan(const std::string& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return std::nullopt;
  const auto head = manifest::read_whole_file(file, first_look).text;
  if (!head) return std::nullopt;
  const std::size_t first = head->find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (*head)[first] != '{') return std::nullopt;
  auto text = manifest::read_whole_file(file, SavedPlan::max_bytes).text;
  if (!text || !engine::is_saved_plan(*text)) return std::nullopt;
  return text;
}

SavedPlan parse(const std::string& file, const std::string& text,
                const engine::Registry& registry) {
  try {
    return engine::read_saved_plan(text, registry);
  } catch (const FormatError& error) {
    throw PlanFileError(file + ": " + error.info().message,
                        "akv plan FILE... --save " + engine::shell_word(file));
  }
}

/// Closes what it opened, and removes it unless it was renamed.
class NewFile {
 public:
  explicit NewFile(std::string path)
      : path_(std::move(path)),
        descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                           S_IRUSR | S_IWUSR)) {}
  ~NewFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  bool write(std::string_view text) const {
    while (descriptor_ >= 0 && !text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno != EINTR) return false;
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    return descriptor_ >= 0 && ::fsync(descriptor_) == 0;
  }
  bool move_to(const std::string& path) {
    if (::rename(path_.c_str(), path.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  std::string path_;
  int descriptor_;
};

}  // namespace

std::optional<SavedPlan> find_saved_plan(const std::vector<std::string>& files,
                                         const engine::Registry& registry) {
  for (const std::string& file : files) {
    const auto text = text_of_plan(file);
    if (!text) continue;
    if (files.size() > 1)
      throw UsageError(manifest::quoted(file) + " is a saved plan, which is applied by itself",
                       "give it alone, or manifests alone");
    return parse(file, *text, registry);
  }
  return std::nullopt;
}

SavedPlan load_saved_plan(const std::string& file, const engine::Registry& registry,
                          const std::stop_token& stop) {
  const manifest::Files::Text read = read_input(file, SavedPlan::max_bytes, stop);
  if (!read.text)
    throw PlanFileError(file + " cannot be read: " + read.fault,
                        "name a file that akv plan --save made");
  if (!engine::is_saved_plan(*read.text))
    throw PlanFileError(file + " is no saved plan", "name a file that akv plan --save made");
  return parse(file, *read.text, registry);
}

void check_may_save(const std::string& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return;
  if (fs::is_regular_file(file, error) &&
      (fs::file_size(file, error) == 0 || text_of_plan(file).has_value()))
    return;
  throw PlanFileError(file + " stands there already and is no saved plan",
                      "name another file: --save PLAN");
}

void write_plan_file(const std::string& file, const std::string& text, long process_id) {
  NewFile fresh(file + ".new-" + std::to_string(process_id));
  if (!fresh.write(text) || !fresh.move_to(file)) {
    const int code = errno;
    throw PlanFileError("the plan cannot be saved in " + file + ": " + std::strerror(code),
                        "name another file: --save PLAN");
  }
}

}  // namespace akv::cli
