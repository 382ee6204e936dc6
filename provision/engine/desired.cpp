#include "akv/provision/engine/desired.hpp"

namespace akv::engine {

namespace {

constexpr std::string_view placeholder = "managedIdentity:";

}  // namespace

std::string identity_placeholder(std::string_view managed_identity) {
  return std::string(placeholder) + std::string(managed_identity);
}

std::string_view managed_identity_of(std::string_view object_id) {
  if (!object_id.starts_with(placeholder)) return {};
  return object_id.substr(placeholder.size());
}

std::string Places::file_and_line(std::uint32_t origin) const {
  const Place& place = at(origin);
  if (place.line == 0 || place.file >= files.size()) return {};
  return files[place.file] + ":" + std::to_string(place.line);
}

}  // namespace akv::engine
