#include "akv/provision/manifest/diagnostics.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace akv::manifest {

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0)
    text += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  if (!text.empty()) text += ": ";
  if (diagnostic.severity == Severity::warning) text += "warning: ";
  text += diagnostic.message;
  if (!diagnostic.hint.empty()) text += "; " + diagnostic.hint;
  return text;
}

std::size_t Loaded::errors() const {
  return static_cast<std::size_t>(
      std::count_if(diagnostics.begin(), diagnostics.end(),
                    [](const Diagnostic& d) { return d.severity == Severity::error; }));
}

void Diagnostics::error(engine::Place place, std::string code, std::string message,
                        std::string hint) {
  add({Severity::error, place, {}, std::move(code), std::move(message), std::move(hint)});
}

void Diagnostics::warning(engine::Place place, std::string code, std::string message,
                          std::string hint) {
  add({Severity::warning, place, {}, std::move(code), std::move(message), std::move(hint)});
}

void Diagnostics::error_outside(std::string where, std::string code, std::string message,
                                std::string hint) {
  add({Severity::error,
       {},
       std::move(where),
       std::move(code),
       std::move(message),
       std::move(hint)});
}

void Diagnostics::add(Found found) {
  if (found.severity == Severity::error) ++errors_;
  if (is_full()) {
    ++dropped_;
    return;
  }
  found_.push_back(std::move(found));
}

namespace {

/// Turns columns in bytes into columns in characters, going down one text once.
class Columns {
 public:
  explicit Columns(std::string_view text) : text_(text) {}

  std::size_t in_characters(std::size_t line, std::size_t column) {
    while (line_ < line) {
      const std::size_t end = text_.find('\n', start_);
      if (end == std::string_view::npos) return column;
      start_ = end + 1;
      ++line_;
    }
    const std::string_view before = text_.substr(start_, column - 1);
    const auto continuing = std::count_if(before.begin(), before.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    });
    return column - static_cast<std::size_t>(continuing);
  }

 private:
  std::string_view text_;  // Of the input, which outlives the run.
  std::size_t start_ = 0, line_ = 1;
};

}  // namespace

std::vector<Diagnostic> Diagnostics::finish(const std::vector<std::string_view>& texts) {
  const auto place_of = [](const Found& f) {
    return std::make_tuple(f.outside.empty(), f.place.file, f.place.line, f.place.column);
  };
  const auto key = [&](const Found& f) {
    return std::tuple_cat(place_of(f), std::tie(f.outside, f.severity, f.code, f.message, f.hint));
  };
  std::sort(found_.begin(), found_.end(),
            [&](const Found& a, const Found& b) { return key(a) < key(b); });
  found_.erase(std::unique(found_.begin(), found_.end(),
                           [&](const Found& a, const Found& b) { return key(a) == key(b); }),
               found_.end());

  std::size_t more = dropped_;
  if (found_.size() > max_reported) {
    more += found_.size() - max_reported;
    std::stable_partition(found_.begin(), found_.end(),
                          [](const Found& f) { return f.severity == Severity::error; });
    found_.resize(max_reported);
    std::stable_sort(found_.begin(), found_.end(),
                     [&](const Found& a, const Found& b) { return place_of(a) < place_of(b); });
  }

  std::vector<Columns> columns;
  columns.reserve(texts.size());
  for (const std::string_view text : texts) columns.emplace_back(text);
  std::vector<Diagnostic> result;
  result.reserve(found_.size() + 1);
  for (Found& f : found_) {
    const bool placed = f.outside.empty() && f.place.line > 0;
    std::size_t column = f.place.column;
    if (placed && f.place.file < columns.size())
      column = columns[f.place.file].in_characters(f.place.line, column);
    result.push_back({f.severity, f.outside.empty() ? files_.at(f.place.file) : f.outside,
                      f.place.line, column, std::move(f.code), std::move(f.message),
                      std::move(f.hint)});
  }
  if (more > 0)
    result.push_back({Severity::error, "", 0, 0, "too-many-mistakes",
                      "and " + std::to_string(more) + " more mistakes",
                      "mend these first, then validate again"});
  found_.clear();
  return result;
}

}  // namespace akv::manifest
