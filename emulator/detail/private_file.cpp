#include "akv/emulator/detail/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace akv::emulator {
namespace {

[[noreturn]] void fail(const char* what, const std::filesystem::path& path, int error) {
  throw std::runtime_error(std::string("cannot ") + what + ' ' + path.string() + ": " +
                           std::generic_category().message(error));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

int write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    ssize_t written = write(fd, content.data(), content.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(fd) == 0 ? 0 : errno;
}

}  // namespace

void write_private_file(const std::filesystem::path& path, std::string_view content) {
  std::string draft = path.string() + ".XXXXXX";
  int fd = mkostemp(draft.data(), O_CLOEXEC);  // makes it with mode 0600
  if (fd < 0) fail("write", path, errno);
  Descriptor file(fd);
  int error = write_all(fd, content);
  if (error == 0 && rename(draft.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    unlink(draft.c_str());
    fail("write", path, error);
  }
}

std::optional<std::string> read_private_file(const std::filesystem::path& path) {
  // Not blocking: a pipe of that name must not hold the program up.
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT) return std::nullopt;
  if (fd < 0) fail("read", path, errno);
  Descriptor file(fd);
  std::string content;
  char block[16384];
  for (;;) {
    ssize_t got = read(fd, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path, errno);
    if (got == 0) return content;
    content.append(block, static_cast<std::size_t>(got));
    if (content.size() > max_private_file) fail("read", path, EFBIG);
  }
}

}  // namespace akv::emulator
