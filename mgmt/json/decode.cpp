// Typed decode: RapidJSON's events, put where a model's table says.
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/json/detail/sax.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace akv::json {
namespace {

const char* name(Kind kind) {
  switch (kind) {
    case Kind::string:
      return "string";
    case Kind::boolean:
      return "boolean";
    case Kind::int32:
    case Kind::int64:
      return "integer";
    case Kind::number:
      return "number";
    case Kind::array:
      return "array";
    case Kind::object:
    case Kind::map:
      return "object";
    case Kind::raw:
      break;
  }
  return "value";
}

/// Not a template of the model, so that RapidJSON's reader is compiled once for all of them.
class Decoder {
 public:
  Decoder(std::string_view text, void* root, const TypeInfo& type)
      : text_(text), root_(root), root_type_(type), reader_(*this) {
    stack_.reserve(16);
  }

  void run(const ParseLimits& limits) {
    reader_.read(text_, limits);
    finish_raw();
  }

  void null() {
    if (!skipping_ && next_type().set_null) return next_type().set_null(next_place());
    if (skip(0)) return;
    if (stack_.empty()) fail_kind("null");
    // Elsewhere null is an empty value, as the services mean it (`"tags": {"a": null}`).
    if (top().type->kind != Kind::object) next_place();
  }
  void boolean(bool value) {
    if (skip(0)) return;
    if (next_type().kind != Kind::boolean) fail_kind("boolean");
    *static_cast<bool*>(slot()) = value;
  }
  void string(std::string_view value) {
    if (skip(0)) return;
    if (next_type().kind != Kind::string) fail_kind("string");
    static_cast<std::string*>(slot())->assign(value);
  }
  void number(std::string_view text) {
    if (skip(0)) return;
    switch (next_type().kind) {
      case Kind::int32:
        *static_cast<std::int32_t*>(slot()) = integer<std::int32_t>(text);
        break;
      case Kind::int64:
        *static_cast<std::int64_t*>(slot()) = integer<std::int64_t>(text);
        break;
      case Kind::number:
        *static_cast<double*>(slot()) = real(text);
        break;
      default:
        fail_kind("number");
    }
  }
  void begin_object() {
    if (skip(1)) return;
    if (next_type().kind != Kind::object && next_type().kind != Kind::map) fail_kind("object");
    push();
  }
  void begin_array() {
    if (skip(1)) return;
    if (next_type().kind != Kind::array) fail_kind("array");
    push();
  }
  void end_object(std::size_t) { end(); }
  void end_array(std::size_t) { end(); }

  void key(std::string_view key) {
    if (skipping_) return;
    finish_raw();
    Frame& frame = top();
    frame.key = key;
    if (frame.type->kind == Kind::map) return;
    if (find_field(frame, key)) return;
    Unknown* unknown = frame.type->unknown(frame.object);
    begin_skipping(unknown ? &unknown->add(key).text : nullptr);
  }

  std::string path() const {
    std::string path = "$";
    for (const Frame& frame : stack_)
      if (frame.type->kind == Kind::array)
        detail::append_index(path, &frame == &stack_.back() ? frame.next : frame.next - 1);
      else if (frame.key.data())
        detail::append_member(path, frame.key);
    return path;
  }

 private:
  struct Frame {
    void* object;
    const TypeInfo* type;
    std::span<const FieldInfo> fields;
    const FieldInfo* field = nullptr;  // whose value comes next
    std::size_t next_field = 0;        // where to look first
    std::uint64_t seen = 0;            // one bit for each of the first 64 fields
    std::string_view key{};            // into the reader's buffer, which outlives the frame
    std::size_t next = 0;              // of an array: the element that comes next
  };

  Frame& top() { return stack_.back(); }

  // Services answer in a steady order: the field after the last one is nearly always the next.
  static bool find_field(Frame& frame, std::string_view key) {
    const std::size_t count = frame.fields.size();
    std::size_t at = frame.next_field;
    for (std::size_t i = 0; i < count; ++i, ++at) {
      if (at == count) at = 0;
      if (frame.fields[at].wire != key) continue;
      frame.field = &frame.fields[at];
      frame.next_field = at + 1;
      if (at < 64) {
        const std::uint64_t bit = std::uint64_t{1} << at;
        if (frame.seen & bit) frame.field->type->reset(frame.field->at(frame.object));
        frame.seen |= bit;
      }
      return true;
    }
    return false;
  }

  const TypeInfo& next_type() {
    if (stack_.empty()) return root_type_;
    return top().type->kind == Kind::object ? *top().field->type : *top().type->element;
  }
  // Where the next value or its wrapper is stored; makes room for an element.
  void* next_place() {
    finish_raw();
    if (stack_.empty()) return root_;
    Frame& frame = top();
    if (frame.type->kind == Kind::object) return frame.field->at(frame.object);
    ++frame.next;
    return frame.type->append(frame.object, frame.key);
  }
  void* slot() {
    const TypeInfo& type = next_type();
    void* place = next_place();
    return type.emplace ? type.emplace(place) : place;
  }
  void push() {
    const TypeInfo& type = next_type();
    void* object = slot();
    stack_.push_back({object, &type, {}});
    if (type.kind == Kind::object) top().fields = type.fields();
  }
  void end() {
    if (skip(-1)) return;
    finish_raw();
    stack_.pop_back();
  }

  // A value that the model does not look into is stepped over; its text is then cut out of the
  // input. Where it ends is known with the next event only: hence finish_raw() in front of each.
  bool skip(int deeper) {
    if (!skipping_) {
      if (deeper < 0 || next_type().kind != Kind::raw) return false;
      begin_skipping(&static_cast<Raw*>(slot())->text);
    }
    if (skip_depth_ == 0) raw_begin_ = reader_.token().begin;
    skip_depth_ += deeper;
    if (skip_depth_ == 0) {
      skipping_ = false;
      reader_.token().value_ended = true;
    }
    return true;
  }
  void begin_skipping(std::string* keep) {
    skipping_ = true;
    raw_ = keep;
  }
  void finish_raw() {
    if (raw_) raw_->assign(text_.substr(raw_begin_, reader_.token().value_end - raw_begin_));
    raw_ = nullptr;
  }

  template <class Integer>
  Integer integer(std::string_view text) const {
    Integer value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error == std::errc() && stop == end) return value;
    // .NET writes some integers as 90.0; beyond 2^53 a double would not be exact.
    if (error == std::errc()) {
      constexpr double largest = sizeof(Integer) == 4 ? 2147483647.0 : 9007199254740992.0;
      const double number = real(text);
      if (std::trunc(number) != number) reader_.fail("expected integer, found number");
      if (std::abs(number) <= largest) return static_cast<Integer>(number);
    }
    reader_.fail("integer out of range");
  }
  double real(std::string_view text) const {
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc()) return value;
    reader_.fail("number out of range");
  }
  [[noreturn]] void fail_kind(const char* found) {
    reader_.fail(std::string("expected ") + name(next_type().kind) + ", found " + found);
  }

  const std::string_view text_;  // the caller's, for the time of one decode
  void* const root_;
  const TypeInfo& root_type_;  // of static lifetime
  detail::SaxReader<Decoder> reader_;
  std::vector<Frame> stack_;
  bool skipping_ = false;
  int skip_depth_ = 0;
  std::size_t raw_begin_ = 0;
  std::string* raw_ = nullptr;  // in the model; filled before the model changes further
};

}  // namespace

void decode(std::string_view text, void* out, const TypeInfo& type, const ParseLimits& limits) {
  Decoder(text, out, type).run(limits);
}

}  // namespace akv::json
