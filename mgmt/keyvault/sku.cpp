#include "akv/mgmt/keyvault/sku.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> Sku::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&Sku::family>("family"),
                                             field<&Sku::name>("name")};
  return list;
}

}  // namespace akv
