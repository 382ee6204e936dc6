#include "akv/provision/engine/desired.hpp"

namespace akv::engine {

std::string Places::file_and_line(std::uint32_t origin) const {
  const Place& place = at(origin);
  if (place.line == 0 || place.file >= files.size()) return {};
  return files[place.file] + ":" + std::to_string(place.line);
}

}  // namespace akv::engine
