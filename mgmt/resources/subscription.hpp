/// A subscription as its own GET shows it.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct Subscription {
  std::string id{};               ///< `/subscriptions/…`
  std::string subscription_id{};  ///< The GUID alone.
  Field<std::string> tenant_id{};
  Field<std::string> display_name{};
  Field<std::string> state{};  ///< `Enabled`, `Warned`, `PastDue`, `Disabled`, `Deleted`, …
  Tags tags{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
