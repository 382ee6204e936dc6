// The mistakes of a manifest, for people and for programs.
#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/report.hpp"

#include <algorithm>

namespace akv::report {

using manifest::Diagnostic;
using manifest::Severity;

std::string diagnostics_text(const std::vector<Diagnostic>& diagnostics, std::size_t files,
                             Sent sent) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics)
    text += printable(manifest::to_string(diagnostic)) + "\n";
  const auto errors = static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }));
  const std::size_t warnings = diagnostics.size() - errors;
  text += errors == 0 ? "No mistakes" : counted(errors, "mistake");
  if (warnings != 0) text += (errors == 0 ? ", " : " and ") + counted(warnings, "warning");
  return text + " in " + counted(files, "file") +
         (sent == Sent::nothing ? ". Nothing was sent.\n" : ". Nothing was written.\n");
}

json::Document diagnostics_document(const std::vector<Diagnostic>& diagnostics) {
  json::Document list = json::Document::array();
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back(json::Document::object(
        {{"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
         {"file", diagnostic.file},
         {"line", static_cast<std::int64_t>(diagnostic.line)},
         {"column", static_cast<std::int64_t>(diagnostic.column)},
         {"code", diagnostic.code},
         {"message", diagnostic.message},
         {"hint", diagnostic.hint}}));
  }
  return list;
}

std::string diagnostics_json(const std::vector<Diagnostic>& diagnostics) {
  return finished(json::Document::object(
      {{"formatVersion", 1}, {"diagnostics", diagnostics_document(diagnostics)}}));
}

}  // namespace akv::report
