#include "akv/emulator/list_filter.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <optional>

namespace akv::emulator {
namespace {

/// Reads words and quoted texts off the front of a filter. A function's name goes with its
/// parenthesis: `atscope()`, `assignedto(`.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  std::string_view word() {
    skip_blanks();
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != ' ' && rest_[end] != '\'') ++end;
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return word;
  }
  /// OData doubles a quote inside a text.
  std::optional<std::string> quoted() {
    skip_blanks();
    if (!rest_.starts_with('\'')) return std::nullopt;
    std::string text;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '\'') {
        if (i + 1 == rest_.size() || rest_[i + 1] != '\'') {
          rest_.remove_prefix(i + 1);
          return text;
        }
        ++i;
      }
      text += rest_[i];
    }
    return std::nullopt;
  }
  bool at_end() {
    skip_blanks();
    return rest_.empty();
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(' '), rest_.size())); }
  std::string_view rest_;  // of the filter, which its caller holds
};

}  // namespace

ListFilter ListFilter::of(const Call& call, std::initializer_list<std::string_view> fields) {
  ListFilter filter;
  const auto text = http::query_parameter(call.url.query, "$filter");
  if (!text || ascii::trim(*text).empty()) return filter;
  Scanner scanner(*text);
  while (true) {
    const std::string field = ascii::lower(scanner.word());
    const bool known = std::find(fields.begin(), fields.end(), field) != fields.end();
    if (!known) throw errors::invalid_filter(*text);
    if (field.ends_with("()")) {
      filter.terms_.emplace_back(field, "");
    } else {
      const bool is_function = field.ends_with('(');
      if (!is_function && !ascii::equal(scanner.word(), "eq")) throw errors::invalid_filter(*text);
      auto value = scanner.quoted();
      if (!value || (is_function && scanner.word() != ")")) throw errors::invalid_filter(*text);
      filter.terms_.emplace_back(field, std::move(*value));
    }
    if (scanner.at_end()) return filter;
    if (!ascii::equal(scanner.word(), "and")) throw errors::invalid_filter(*text);
  }
}

bool ListFilter::takes(std::string_view field, std::string_view value) const {
  return std::all_of(terms_.begin(), terms_.end(), [&](const auto& term) {
    return term.first != field || ascii::equal(term.second, value);
  });
}

bool ListFilter::wants_tags() const {
  return std::any_of(terms_.begin(), terms_.end(), [](const auto& term) {
    return term.first == "tagname" || term.first == "tagvalue";
  });
}

bool ListFilter::takes_tags(const json::Document& tags) const {
  if (!tags.is_object()) return false;
  return std::any_of(tags.as_object().begin(), tags.as_object().end(), [&](const auto& tag) {
    // Values of tags, unlike their names, differ by case.
    const std::string_view value = value_of("tagvalue");
    return takes("tagname", tag.name) && (value.empty() || tag.value.string_or() == value);
  });
}

bool ListFilter::has(std::string_view field) const {
  return std::any_of(terms_.begin(), terms_.end(),
                     [&](const auto& term) { return term.first == field; });
}

std::string_view ListFilter::value_of(std::string_view field) const {
  for (const auto& [name, value] : terms_)
    if (name == field) return value;
  return {};
}

}  // namespace akv::emulator
