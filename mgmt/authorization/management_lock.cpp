#include "akv/mgmt/authorization/management_lock.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> ManagementLockOwner::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ManagementLockOwner::application_id>("applicationId")};
  return list;
}

std::span<const json::FieldInfo> ManagementLockProperties::json_fields() {
  using Properties = ManagementLockProperties;
  static constexpr json::FieldInfo list[] = {field<&Properties::level>("level", Flag::open_enum),
                                             field<&Properties::notes>("notes"),
                                             field<&Properties::owners>("owners")};
  return list;
}

std::span<const json::FieldInfo> ManagementLockObject::json_fields() {
  using Lock = ManagementLockObject;
  static constexpr json::FieldInfo list[] = {
      field<&Lock::id>("id", Flag::read_only), field<&Lock::name>("name", Flag::read_only),
      field<&Lock::type>("type", Flag::read_only),
      field<&Lock::system_data>("systemData", Flag::read_only),
      field<&Lock::properties>("properties")};
  return list;
}

}  // namespace akv
