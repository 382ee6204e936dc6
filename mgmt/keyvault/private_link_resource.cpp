#include "akv/mgmt/keyvault/private_link_resource.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> PrivateLinkResourceProperties::json_fields() {
  using Properties = PrivateLinkResourceProperties;
  static constexpr json::FieldInfo list[] = {
      field<&Properties::group_id>("groupId", Flag::read_only),
      field<&Properties::required_members>("requiredMembers", Flag::read_only),
      field<&Properties::required_zone_names>("requiredZoneNames")};
  return list;
}

std::span<const json::FieldInfo> PrivateLinkResource::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&PrivateLinkResource::id>("id", Flag::read_only),
      field<&PrivateLinkResource::name>("name", Flag::read_only),
      field<&PrivateLinkResource::type>("type", Flag::read_only),
      field<&PrivateLinkResource::location>("location", Flag::read_only),
      field<&PrivateLinkResource::tags>("tags", Flag::read_only),
      field<&PrivateLinkResource::system_data>("systemData", Flag::read_only),
      field<&PrivateLinkResource::properties>("properties")};
  return list;
}

}  // namespace akv
