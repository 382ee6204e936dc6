/// Manifests with mistakes, each with the full list of its diagnostics.
#pragma once
#include <ostream>
#include <string>
#include <vector>

namespace akv::manifest_tests {

/// Who finds the mistakes. What only the parser can find (duplicates, unknown names, rules over
/// several values, warnings) an editor with the JSON Schema passes over.
enum class FoundBy { parser_and_schema, parser_only };

struct Sample {
  const char* name;
  std::string text;
  std::string expected;
  FoundBy found_by = FoundBy::parser_and_schema;
  friend std::ostream& operator<<(std::ostream& out, const Sample& sample) {
    return out << sample.name;
  }
};

const std::vector<Sample>& samples();

}  // namespace akv::manifest_tests
