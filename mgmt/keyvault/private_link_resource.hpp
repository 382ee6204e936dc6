/// What a private endpoint can connect to.
#pragma once
#include "akv/mgmt/arm/resource.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct PrivateLinkResourceProperties {
  Field<std::string> group_id{};  ///< `vault`, for the endpoint's `groupIds`.
  Strings required_members = absent;
  /// `privatelink.vaultcore.azure.net`: the private DNS zones that the endpoint needs.
  Strings required_zone_names = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct PrivateLinkResource {
  std::string id{};
  std::string name{};
  std::string type{};
  Field<std::string> location{};
  Tags tags{};
  Field<PrivateLinkResourceProperties> properties{};
  Field<SystemData> system_data{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
