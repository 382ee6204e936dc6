// Document::dump and its sisters.
#include "akv/mgmt/json/detail/text.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace akv::json {
namespace {

enum class Style { compact, pretty, sorted };

/// Recurses as deep as the document, which parse() has capped and code builds.
class Writer {
 public:
  explicit Writer(Style style) : style_(style) {}

  std::string run(const Document& value) {
    write(value);
    return std::move(out_);
  }

 private:
  void write(const Document& value) {
    switch (value.type()) {
      case Document::Type::null:
        out_ += "null";
        break;
      case Document::Type::boolean:
        out_ += value.as_bool() ? "true" : "false";
        break;
      case Document::Type::number:
        out_ += value.as_number().text;
        break;
      case Document::Type::string:
        detail::append_quoted(out_, value.as_string());
        break;
      case Document::Type::array:
        write_all(value.as_array(), '[', ']', [this](const Document& item) { write(item); });
        break;
      case Document::Type::object:
        if (style_ == Style::sorted)
          write_all(sorted(value.as_object()), '{', '}', [this](const Member* m) { write(*m); });
        else
          write_all(value.as_object(), '{', '}', [this](const Member& m) { write(m); });
        break;
    }
  }

  void write(const Member& member) {
    detail::append_quoted(out_, member.name);
    out_ += style_ == Style::pretty ? ": " : ":";
    write(member.value);
  }

  template <class Items, class Write>
  void write_all(const Items& items, char open, char close, Write write_one) {
    out_ += open;
    ++depth_;
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      new_line();
      write_one(item);
    }
    --depth_;
    if (!first) new_line();
    out_ += close;
  }

  void new_line() {
    if (style_ == Style::pretty) out_.append(1, '\n').append(2 * depth_, ' ');
  }

  static std::vector<const Member*> sorted(const Document::Object& members) {
    std::vector<const Member*> result;
    result.reserve(members.size());
    for (const Member& member : members) result.push_back(&member);
    std::stable_sort(result.begin(), result.end(),
                     [](const Member* a, const Member* b) { return a->name < b->name; });
    return result;
  }

  const Style style_;
  std::string out_;
  std::size_t depth_ = 0;
};

}  // namespace

std::string Document::dump() const { return Writer(Style::compact).run(*this); }
std::string Document::dump_pretty() const { return Writer(Style::pretty).run(*this); }
std::string Document::dump_sorted() const { return Writer(Style::sorted).run(*this); }

}  // namespace akv::json
