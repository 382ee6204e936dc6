// Typed encode: a walk over a model along its table.
#include "akv/mgmt/json/codec.hpp"
#include "akv/mgmt/json/detail/text.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace akv::json {
namespace {

class Encoder {
 public:
  explicit Encoder(const EncodeOptions& options) : options_(options) {}

  std::string run(const void* in, const TypeInfo& type) {
    out_.reserve(1024);  // most bodies; a string would grow there in seven steps
    write_member_value(in, type);
    return std::move(out_);
  }

 private:
  void write_member_value(const void* place, const TypeInfo& type) {
    if (!type.state) return write(place, type);
    if (type.state(place) == State::value)
      write(type.value(place), type);
    else
      out_ += "null";
  }

  void write(const void* value, const TypeInfo& type) {
    switch (type.kind) {
      case Kind::string:
        return detail::append_quoted(out_, *static_cast<const std::string*>(value));
      case Kind::boolean:
        out_ += *static_cast<const bool*>(value) ? "true" : "false";
        return;
      case Kind::int32:
        return write_number(*static_cast<const std::int32_t*>(value));
      case Kind::int64:
        return write_number(*static_cast<const std::int64_t*>(value));
      case Kind::number:
        if (const double number = *static_cast<const double*>(value); std::isfinite(number))
          return write_number(number);
        out_ += "null";
        return;
      case Kind::raw:
        out_ += static_cast<const Raw*>(value)->text;
        return;
      case Kind::array:
        return write_elements(value, type, '[', ']');
      case Kind::map:
        return write_elements(value, type, '{', '}');
      case Kind::object:
        return write_object(value, type);
    }
  }

  template <class Number>
  void write_number(Number number) {
    char text[32];  // the shortest text that reads back as the same value
    const auto [end, error] = std::to_chars(text, text + sizeof text, number);
    out_.append(text, end);
  }

  void write_elements(const void* value, const TypeInfo& type, char open, char close) {
    struct Walk {
      Encoder& encoder;
      const TypeInfo& type;
      bool first = true;
    } walk{*this, type};
    out_ += open;
    type.each(value, &walk, [](void* context, std::string_view key, const void* item) {
      auto& [encoder, of, first] = *static_cast<Walk*>(context);
      encoder.separate(first);
      if (of.kind == Kind::map) encoder.write_key(key);
      encoder.write_member_value(item, *of.element);
    });
    out_ += close;
  }

  void write_object(const void* value, const TypeInfo& type) {
    // Tables lead to storage for writing, since decode needs that; here it is only read.
    void* model = const_cast<void*>(value);
    bool first = true;
    out_ += '{';
    for (const FieldInfo& field : type.fields()) {
      const void* place = field.at(model);
      if (is_left_out(field, place)) continue;
      separate(first);
      // A table's own names need no escape.
      out_.append(1, '"').append(field.wire).append("\":");
      write_member_value(place, *field.type);
    }
    if (const Unknown* unknown = type.unknown(model))
      for (const auto& [name, raw] : *unknown) {
        separate(first);
        write_key(name);
        out_ += raw.text;
      }
    out_ += '}';
  }

  bool is_left_out(const FieldInfo& field, const void* place) const {
    if (field.type->state && field.type->state(place) == State::absent) return true;
    if (!has(field.flags, Flag::read_only)) return false;
    if (!options_.keep_read_only) return true;
    return field.type->kind == Kind::string && !field.type->state &&
           static_cast<const std::string*>(place)->empty();
  }

  void separate(bool& first) {
    if (!first) out_ += ',';
    first = false;
  }
  void write_key(std::string_view key) {
    detail::append_quoted(out_, key);
    out_ += ':';
  }

  const EncodeOptions options_;
  std::string out_;
};

}  // namespace

std::string encode(const void* in, const TypeInfo& type, const EncodeOptions& options) {
  return Encoder(options).run(in, type);
}

}  // namespace akv::json
