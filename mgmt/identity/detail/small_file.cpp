#include "akv/mgmt/identity/detail/small_file.hpp"

#include "akv/mgmt/identity/detail/descriptor.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>

namespace akv::identity::detail {
std::string read_small_file(const std::string& path, std::size_t max_bytes, const std::string& what,
                            const std::string& remedy) {
  const auto fail = [&](const std::string& why) {
    refuse("cannot read " + what + " in " + path + ": " + why + "; " + remedy, path);
  };
  // Not to wait for a writer, should it be a pipe.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0)
    fail(std::generic_category().message(errno));
  if (!S_ISREG(status.st_mode)) fail("it is no regular file");

  // One byte more than allowed tells "too large", also for a file that grows meanwhile.
  std::string content(max_bytes + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = ::read(file.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(std::generic_category().message(errno));
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > max_bytes) fail("it is larger than " + std::to_string(max_bytes) + " bytes");
  content.resize(size);
  return content;
}

}  // namespace akv::identity::detail
