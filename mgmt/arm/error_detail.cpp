#include "akv/mgmt/arm/error_detail.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> ErrorAdditionalInfo::json_fields() {
  static constexpr json::FieldInfo list[] = {field<&ErrorAdditionalInfo::type>("type"),
                                             field<&ErrorAdditionalInfo::info>("info")};
  return list;
}

std::span<const json::FieldInfo> ErrorDetail::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&ErrorDetail::code>("code"), field<&ErrorDetail::message>("message"),
      field<&ErrorDetail::target>("target"), field<&ErrorDetail::details>("details"),
      field<&ErrorDetail::additional_info>("additionalInfo")};
  return list;
}

}  // namespace akv
