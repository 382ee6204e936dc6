/// The pricing tier of a vault.
#pragma once
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of Sku::name. The service may know more.
namespace sku_name {
inline constexpr const char* standard = "standard";
inline constexpr const char* premium = "premium";  ///< With keys protected by HSMs.
}  // namespace sku_name

struct Sku {
  Required<std::string> name;       ///< sku_name::…
  Field<std::string> family = "A";  ///< The only family there is for vaults.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
