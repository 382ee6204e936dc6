#include "akv/provision/cli/input_file.hpp"

#include "akv/mgmt/core/errors.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <unistd.h>

namespace akv::cli {
namespace {

using Text = manifest::Files::Text;

constexpr int look_up_every_ms = 100;
/// A writer that was started at the same time may open its end a little later.
constexpr int looks_for_a_writer = 10;

/// Opened so that neither this nor reading waits.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

Text failed(int code) { return {{}, std::strerror(code)}; }

Text read_stream(const std::string& path, std::size_t limit, const std::stop_token& stop) {
  const Descriptor file(path);
  if (file.number() < 0) return failed(errno);
  std::string text;
  std::string block(std::size_t{1} << 16U, '\0');
  int looks = 0;
  while (text.size() <= limit) {
    pollfd input{file.number(), POLLIN, 0};
    const int ready = ::poll(&input, 1, look_up_every_ms);
    if (stop.stop_requested()) throw CancelledError({.message = "stopped while reading " + path});
    // A pipe that was never written to ends at once, as one whose writer is done: ask it late.
    if (ready == 0 && ++looks < looks_for_a_writer) continue;
    const ssize_t got = ::read(file.number(), block.data(), block.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got < 0) return failed(errno);
    if (got == 0 && ready == 0 && text.empty()) return {{}, "nobody writes to this pipe"};
    if (got == 0) break;
    text.append(block, 0, static_cast<std::size_t>(got));
  }
  if (text.size() > limit) text.resize(limit + 1);
  return {std::move(text), {}};
}

}  // namespace

Text read_input(const std::string& path, std::size_t limit, const std::stop_token& stop) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status))
    return manifest::read_whole_file(path, limit);
  return read_stream(path, limit, stop);
}

}  // namespace akv::cli
