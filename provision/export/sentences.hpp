/// Comments of an exported manifest: one line of text that no reader mistakes.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace akv::exporting {

/// The parts behind each other, as text that can stand in a comment: what would not print is
/// escaped as in quoted YAML.
std::string sentence(std::initializer_list<std::string_view> parts);
/// `a, b and 3 more`
std::string joined(const std::vector<std::string>& names);
/// Comment lines of at most 98 columns at `indent`: `# …`. None of them is an akv:ignore remark.
void append_comment(std::string& text, std::size_t indent, std::string_view said);

}  // namespace akv::exporting
