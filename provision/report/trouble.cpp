// An error in three lines: what happened, what to do, what to quote to Azure's support.
#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/detail/layout.hpp"

namespace akv::report {

std::string trouble_text(const Trouble& trouble) {
  std::string text = "akv: " + printable(trouble.message) + "\n";
  if (!trouble.remedy.empty()) text += "  Remedy: " + printable(trouble.remedy) + "\n";
  const bool azures = !trouble.code.empty() && trouble.code[0] >= 'A' && trouble.code[0] <= 'Z';
  if (azures)
    text += "  Azure says: " + printable(trouble.code) +
            (trouble.request_id.empty() ? "" : ", request id " + printable(trouble.request_id)) +
            "\n";
  else if (!trouble.request_id.empty())
    text += "  Request id: " + printable(trouble.request_id) + "\n";
  return text;
}

std::string trouble_json(const Trouble& trouble) {
  return finished(
      json::Document::object({{"formatVersion", 1}, {"error", error_document(trouble)}}));
}

}  // namespace akv::report
