/// A resource group as a template of Azure Resource Manager or Bicep.
#pragma once
#include "akv/mgmt/arm/error_detail.hpp"
#include "akv/mgmt/json/raw.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <span>
#include <string>

namespace akv {

/// Known values of ExportTemplateRequest::output_format.
namespace export_template_output_format {
inline constexpr const char* json = "Json";
inline constexpr const char* bicep = "Bicep";
}  // namespace export_template_output_format

struct ExportTemplateRequest {
  Strings resources = absent;  ///< ARM ids, or `*` alone for all that the group holds.
  /// Words with commas: `IncludeParameterDefaultValue`, `IncludeComments`,
  /// `SkipResourceNameParameterization`, `SkipAllParameterization`.
  Field<std::string> options{};
  Field<std::string> output_format{};  ///< export_template_output_format::…; absent: JSON.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

struct ResourceGroupExportResult {
  Field<json::Raw> template_json{};  ///< Of JSON; `template` is a word of C++.
  Field<std::string> output{};       ///< The text of Bicep.
  Field<ErrorDetail> error{};        ///< Which resources could not be exported, and why.
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv
