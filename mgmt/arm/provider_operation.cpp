#include "akv/mgmt/arm/provider_operation.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> ProviderOperationDisplay::json_fields() {
  using Display = ProviderOperationDisplay;
  static constexpr json::FieldInfo list[] = {
      field<&Display::provider>("provider"), field<&Display::resource>("resource"),
      field<&Display::operation>("operation"), field<&Display::description>("description")};
  return list;
}

std::span<const json::FieldInfo> ProviderOperation::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&ProviderOperation::name>("name"),
                                             field<&ProviderOperation::display>("display"),
                                             field<&ProviderOperation::origin>("origin")};
  return list;
}

}  // namespace akv
