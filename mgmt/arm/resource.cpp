#include "akv/mgmt/arm/resource.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> SystemData::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&SystemData::created_by>("createdBy"),
      field<&SystemData::created_by_type>("createdByType"),
      field<&SystemData::created_at>("createdAt"),
      field<&SystemData::last_modified_by>("lastModifiedBy"),
      field<&SystemData::last_modified_by_type>("lastModifiedByType"),
      field<&SystemData::last_modified_at>("lastModifiedAt")};
  return list;
}

std::span<const json::FieldInfo> TrackedResource::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&TrackedResource::id>("id", Flag::read_only),
      field<&TrackedResource::name>("name", Flag::read_only),
      field<&TrackedResource::type>("type", Flag::read_only),
      field<&TrackedResource::location>("location", Flag::read_only),
      field<&TrackedResource::tags>("tags", Flag::read_only),
      field<&TrackedResource::system_data>("systemData", Flag::read_only)};
  return list;
}

std::span<const json::FieldInfo> UserAssignedIdentity::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&UserAssignedIdentity::principal_id>("principalId", Flag::read_only),
      field<&UserAssignedIdentity::client_id>("clientId", Flag::read_only)};
  return list;
}

}  // namespace akv
