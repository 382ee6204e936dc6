// Document::parse and parse_page: RapidJSON's events, assembled into values of our own.
#include "akv/mgmt/json/detail/sax.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace akv::json {
namespace {

// The last value of a repeated name moves to the place of the first. Nearly every object is small
// and has no repetition; sorting keeps a hostile one from costing the square of its size.
void drop_repeated_names(Document::Object& members) {
  constexpr std::size_t small_object = 16;
  bool repeated = false;
  if (members.size() <= small_object) {
    for (std::size_t i = 1; i < members.size() && !repeated; ++i)
      for (std::size_t j = 0; j < i && !repeated; ++j)
        repeated = members[i].name == members[j].name;
    if (!repeated) return;
  }
  std::vector<std::size_t> order(members.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int compared = members[a].name.compare(members[b].name);
    return compared != 0 ? compared < 0 : a < b;
  });
  std::vector<bool> dropped(members.size());
  for (std::size_t i = 0, next = 0; i < order.size(); i = next) {
    Member& first = members[order[i]];
    for (next = i + 1; next < order.size() && members[order[next]].name == first.name; ++next) {
      first.value = std::move(members[order[next]].value);
      dropped[order[next]] = repeated = true;
    }
  }
  if (!repeated) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (dropped[i]) continue;
    if (kept != i) members[kept] = std::move(members[i]);
    ++kept;
  }
  members.resize(kept);
}

/// A SAX handler that builds one value. Members and elements gather on one stack, so that each
/// object and array is allocated once, in its final size.
class Builder {
 public:
  void null() { slot() = nullptr; }
  void boolean(bool value) { slot() = value; }
  void number(std::string_view text) { slot() = Number{std::string(text)}; }
  void string(std::string_view text) { slot() = text; }
  void key(std::string_view name) { stack_.push_back({std::string(name), Document()}); }
  void begin_object() { frames_.push_back({stack_.size(), true}); }
  void begin_array() { frames_.push_back({stack_.size(), false}); }

  void end_object(std::size_t) {
    const auto begin = top_begin();
    Document::Object members(std::make_move_iterator(begin), std::make_move_iterator(stack_.end()));
    drop_repeated_names(members);
    pop(begin);
    slot() = std::move(members);
  }
  void end_array(std::size_t count) {
    const auto begin = top_begin();
    Document::Array items;
    items.reserve(count);
    for (auto at = begin; at != stack_.end(); ++at) items.push_back(std::move(at->value));
    pop(begin);
    slot() = std::move(items);
  }

  std::size_t depth() const { return frames_.size(); }
  /// True right behind that name, where its value is due, in the outermost object.
  bool at_member(std::string_view name) const {
    return frames_.size() == 1 && frames_.front().object && stack_.back().name == name;
  }
  void drop_last_member() { stack_.pop_back(); }
  Document take() { return std::move(root_); }

  void append_path(std::string& path) const {
    for (std::size_t i = 0; i < frames_.size(); ++i) {
      const std::size_t begin = frames_[i].begin;
      const std::size_t end = i + 1 < frames_.size() ? frames_[i + 1].begin : stack_.size();
      // An array's elements in front are complete; an object's last member is the one under way.
      if (!frames_[i].object)
        detail::append_index(path, end - begin);
      else if (end != begin)
        detail::append_member(path, stack_[end - 1].name);
    }
  }
  std::string path() const {
    std::string path = "$";
    append_path(path);
    return path;
  }

 private:
  struct Frame {
    std::size_t begin;  // of its members or elements in stack_
    bool object;
  };
  using Stack = std::vector<Member>;

  Document& slot() {
    if (frames_.empty()) return root_;
    if (!frames_.back().object) stack_.push_back({});
    return stack_.back().value;
  }
  Stack::iterator top_begin() {
    return stack_.begin() + static_cast<std::ptrdiff_t>(frames_.back().begin);
  }
  void pop(Stack::iterator begin) {
    stack_.erase(begin, stack_.end());
    frames_.pop_back();
  }

  Stack stack_;
  std::vector<Frame> frames_;
  Document root_;
};

/// Builds the page's own members, and each element of `value` by itself.
class PageBuilder {
 public:
  using Sink = void (*)(void*, Document);
  PageBuilder(Sink sink, void* context) : sink_(sink), context_(context) {}

  void set_reader(const detail::SaxReader<PageBuilder>& reader) { reader_ = &reader; }

  void null() {
    scalar([](Builder& b) { b.null(); });
  }
  void boolean(bool value) {
    scalar([=](Builder& b) { b.boolean(value); });
  }
  void number(std::string_view text) {
    scalar([=](Builder& b) { b.number(text); });
  }
  void string(std::string_view text) {
    scalar([=](Builder& b) { b.string(text); });
  }
  void key(std::string_view name) {
    if (in_elements_) return element_.key(name);
    if (page_.depth() == 1 && name == "value" && seen_) reader_->fail("a second member \"value\"");
    page_.key(name);
  }
  void begin_object() {
    if (in_elements_) return element_.begin_object();
    check();
    page_.begin_object();
  }
  void begin_array() {
    if (in_elements_) return element_.begin_array();
    if (at_value()) {
      in_elements_ = seen_ = true;
      return;
    }
    check();
    page_.begin_array();
  }
  void end_object(std::size_t count) {
    if (!in_elements_) return page_.end_object(count);
    element_.end_object(count);
    finish_element();
  }
  void end_array(std::size_t count) {
    if (!in_elements_) return page_.end_array(count);
    if (element_.depth() == 0) {
      in_elements_ = false;
      return page_.drop_last_member();
    }
    element_.end_array(count);
    finish_element();
  }
  std::string path() const {
    std::string path = page_.path();
    if (in_elements_) {
      detail::append_index(path, index_);
      element_.append_path(path);
    }
    return path;
  }

  Document finish() {
    if (!seen_) detail::throw_format("$", "no member \"value\"", 0);
    return page_.take();
  }

 private:
  bool at_value() const { return page_.at_member("value"); }
  // Outside the elements: the page is an object, and its `value` an array.
  void check() const {
    if (at_value()) reader_->fail("expected array");
  }
  template <class Put>
  void scalar(Put put) {
    if (in_elements_) {
      put(element_);
      finish_element();
    } else {
      check();
      put(page_);
    }
  }
  void finish_element() {
    if (element_.depth() != 0) return;
    ++index_;
    sink_(context_, element_.take());
  }

  const Sink sink_;
  void* const context_;
  const detail::SaxReader<PageBuilder>* reader_ = nullptr;  // lives as long as the parse
  Builder page_;
  Builder element_;
  bool in_elements_ = false;
  bool seen_ = false;
  std::size_t index_ = 0;  // of the element that comes next
};

}  // namespace

Document Document::parse(std::string_view text, const ParseLimits& limits) {
  Builder builder;
  detail::SaxReader<Builder>(builder).read(text, limits);
  return builder.take();
}

Document parse_page(std::string_view text, void (*sink)(void* context, Document element),
                    void* context, const ParseLimits& limits) {
  PageBuilder builder(sink, context);
  detail::SaxReader<PageBuilder> reader(builder);
  builder.set_reader(reader);
  reader.read(text, limits);
  return builder.finish();
}

}  // namespace akv::json
