/// Errors as they stand inside an answer that is itself a success.
#pragma once
#include "akv/mgmt/json/raw.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

struct ErrorAdditionalInfo {
  Field<std::string> type{};
  Field<json::Raw> info{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// ARM's error. Services add members of their own, which are among the unknown ones.
struct ErrorDetail {
  Field<std::string> code{};
  Field<std::string> message{};
  Field<std::string> target{};
  List<ErrorDetail> details = absent;
  List<ErrorAdditionalInfo> additional_info = absent;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
