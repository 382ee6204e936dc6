#include "akv/mgmt/keyvault/name_availability.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> VaultCheckNameAvailabilityParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&VaultCheckNameAvailabilityParameters::name>("name"),
      field<&VaultCheckNameAvailabilityParameters::type>("type")};
  return list;
}

std::span<const json::FieldInfo> CheckNameAvailabilityResult::json_fields() {
  using Result = CheckNameAvailabilityResult;
  static constexpr json::FieldInfo list[] = {
      field<&Result::name_available>("nameAvailable", Flag::read_only),
      field<&Result::reason>("reason", Flag::read_only),
      field<&Result::message>("message", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> CheckMhsmNameAvailabilityParameters::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&CheckMhsmNameAvailabilityParameters::name>("name")};
  return list;
}

}  // namespace akv
