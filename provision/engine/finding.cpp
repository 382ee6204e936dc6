#include "akv/provision/engine/finding.hpp"

#include "akv/mgmt/core/ascii.hpp"

namespace akv::engine {

std::string_view to_string(Severity severity) {
  constexpr std::string_view words[] = {"low", "medium", "high"};
  return words[static_cast<std::size_t>(severity)];
}

std::string fingerprint(const Finding& finding) {
  std::string text = finding.rule;
  text += ' ';
  text += ascii::lower(finding.id);
  text += ' ';
  text += finding.subject;
  return text;
}

}  // namespace akv::engine
