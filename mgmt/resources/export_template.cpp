#include "akv/mgmt/resources/export_template.hpp"

namespace akv {

using json::field;

std::span<const json::FieldInfo> ExportTemplateRequest::json_fields() {
  using Request = ExportTemplateRequest;
  static constexpr json::FieldInfo list[] = {field<&Request::resources>("resources"),
                                             field<&Request::options>("options"),
                                             field<&Request::output_format>("outputFormat")};
  return list;
}

std::span<const json::FieldInfo> ResourceGroupExportResult::json_fields() {
  using Result = ResourceGroupExportResult;
  static constexpr json::FieldInfo list[] = {field<&Result::template_json>("template"),
                                             field<&Result::output>("output"),
                                             field<&Result::error>("error")};
  return list;
}

}  // namespace akv
