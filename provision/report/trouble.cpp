// An error in three lines: what happened, what to do, what to quote to Azure's support.
#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/detail/layout.hpp"

namespace akv::report {

std::string trouble_text(const Trouble& trouble) {
  Page page(Style{});
  page.paragraph(0, "akv: " + printable(trouble.message), 2);
  std::string text = page.take();
  // What a remedy or Azure says is copied from here: it stays in one line.
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

std::string trouble_json(const Trouble& trouble, const Aside& aside) {
  json::Document out =
      json::Document::object({{"formatVersion", 1}, {"error", error_document(trouble)}});
  if (!aside.diagnostics.empty()) out.set("diagnostics", diagnostics_document(aside.diagnostics));
  return finished(out);
}

}  // namespace akv::report
