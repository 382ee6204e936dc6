#include "akv/provision/cli/terminal.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <iostream>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace akv::cli {
namespace {

constexpr std::size_t longest_answer = 4096;
constexpr int look_up_every_ms = 100;

/// Waits for something to read; false at a stop request.
bool readable(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const int ready = poll(&input, 1, look_up_every_ms);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    return true;
  }
  return false;
}

std::string read_all(std::size_t limit, const std::stop_token& stop) {
  std::string text;
  std::string block(std::size_t{1} << 16, '\0');
  while (text.size() < limit && readable(stop)) {
    const ssize_t got = read(STDIN_FILENO, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(block, 0, static_cast<std::size_t>(got));
  }
  return text;
}

/// Byte by byte: what follows the line belongs to whoever reads next.
std::optional<std::string> read_line(const std::stop_token& stop) {
  std::string line;
  while (line.size() < longest_answer && readable(stop)) {
    char c = 0;
    if (read(STDIN_FILENO, &c, 1) <= 0) return std::nullopt;
    if (c == '\n') return line;
    line += c;
  }
  return std::nullopt;
}

std::size_t columns_of(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return std::clamp<std::size_t>(size.ws_col, 60, 120);
}

}  // namespace

void hold_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    // The lowest free descriptor is the one that was found closed.
    if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", O_RDWR) != descriptor) _exit(1);
}

Streams process_streams() {
  Streams streams{std::cout, std::cerr, read_all, read_line};
  streams.in_is_terminal = isatty(STDIN_FILENO) == 1;
  streams.out_is_terminal = isatty(STDOUT_FILENO) == 1;
  streams.err_is_terminal = isatty(STDERR_FILENO) == 1;
  streams.width = columns_of(STDOUT_FILENO);
  return streams;
}

}  // namespace akv::cli
