/// A JSON value of our own: what the engine compares and the emulator stores.
///
/// Members keep their order, numbers keep their text. Copying is deep. A Document is a plain value:
/// share it between threads only for reading.
#pragma once
#include "akv/mgmt/json/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace akv::json {

class Document;
struct Member;

/// A number as written: no digit is lost between the service and us.
struct Number {
  std::string text;
  bool operator==(const Number&) const = default;
};

class Document {
 public:
  enum class Type : std::uint8_t { null, boolean, number, string, array, object };
  using Array = std::vector<Document>;
  using Object = std::vector<Member>;

  /// Nesting that parse() accepts by default: 64 levels are read, a 65th is refused.
  static constexpr std::size_t max_depth = ParseLimits{}.depth;
  /// Text that parse() accepts by default, in bytes.
  static constexpr std::size_t max_bytes = ParseLimits{}.bytes;

  Document();  ///< null
  ~Document();
  Document(const Document& other);
  Document& operator=(const Document& other);
  Document(Document&& other) noexcept;
  Document& operator=(Document&& other) noexcept;

  Document(std::nullptr_t);
  Document(bool value);
  Document(int value);
  Document(std::int64_t value);
  Document(Number value);
  Document(const char* value);
  Document(std::string_view value);
  Document(std::string value);
  Document(Array value);
  Document(Object value);
  static Document array(std::initializer_list<Document> items = {});
  /// `Document::object({{"name", "kv"}, {"tags", Document::object()}})`
  static Document object(std::initializer_list<Member> members = {});

  Type type() const { return static_cast<Type>(value_.index()); }
  bool is_null() const { return type() == Type::null; }
  bool is_bool() const { return type() == Type::boolean; }
  bool is_number() const { return type() == Type::number; }
  bool is_string() const { return type() == Type::string; }
  bool is_array() const { return type() == Type::array; }
  bool is_object() const { return type() == Type::object; }

  // The value, asserting its type. For input that is not ours use the tolerant readers below.
  bool as_bool() const;
  const std::string& as_string() const;
  const Number& as_number() const;
  const Array& as_array() const;
  Array& as_array();
  const Object& as_object() const;
  Object& as_object();

  // Tolerant readers: the value if it has that type, else the fallback. Never throw.
  std::string_view string_or(std::string_view fallback = {}) const;
  bool bool_or(bool fallback) const;
  std::int64_t int_or(std::int64_t fallback) const;

  /// Of an array or object; 0 for everything else.
  std::size_t size() const;

  /// The member of that name (exact spelling), or nullptr: also when this is no object.
  const Document* find(std::string_view name) const;
  Document* find(std::string_view name);
  /// The same without case, as ARM matches member names it is lenient about.
  const Document* find_ignoring_case(std::string_view name) const;
  /// Follows member names: `at_path({"properties", "sku", "name"})`; nullptr where one is missing.
  const Document* at_path(std::initializer_list<std::string_view> names) const;
  /// The member of that name, or a shared null Document.
  const Document& operator[](std::string_view name) const;
  /// The member of that name, added as null at the end where it is missing. A null becomes an
  /// object first; asserts that this is one.
  Document& set(std::string_view name);
  Document& set(std::string_view name, Document value);  ///< Returns *this.
  /// True when there was such a member.
  bool erase(std::string_view name);
  void push_back(Document value);  ///< A null becomes an array first.

  /// Where the value was written, for messages: an index into a table of places that the creator
  /// keeps (the manifest's). 0 means unknown. Copied with the value, ignored by comparison.
  std::uint32_t origin() const { return origin_; }
  void set_origin(std::uint32_t origin) { origin_ = origin; }

  /// Members in any order; numbers by value where both are integers, else by text.
  friend bool operator==(const Document& a, const Document& b);

  /// Compact JSON, members in their order. `dump_pretty` indents by two blanks.
  std::string dump() const;
  std::string dump_pretty() const;
  /// The same with the members of all objects sorted by name: for fingerprints.
  std::string dump_sorted() const;

  /// Strict JSON, valid UTF-8, within `limits`. Throws FormatError with what and where
  /// (`$.value[3].tags: … at byte 120`). Does not recurse on the input. Numbers of any size are
  /// kept. Where a name repeats in one object, its last value stays, in the place of the first.
  static Document parse(std::string_view text, const ParseLimits& limits = {});

 private:
  std::variant<std::nullptr_t, bool, Number, std::string, Array, Object> value_;
  std::uint32_t origin_ = 0;
};

struct Member {
  std::string name;
  Document value;
  friend bool operator==(const Member& a, const Member& b);
};

// Here, because the variant needs Member complete.
inline Document::Document() = default;
inline Document::~Document() = default;
inline Document::Document(const Document& other) = default;
inline Document& Document::operator=(const Document& other) = default;
inline Document::Document(Document&& other) noexcept = default;
inline Document& Document::operator=(Document&& other) noexcept = default;

/// Streams the elements of the `value` array of an ARM page to `sink`, one Document at a time, and
/// returns the page's other members (`nextLink`). Memory stays at a copy of the text and one
/// element. Throws FormatError, also when `value` is missing, no array or there twice: such an
/// answer must not pass for an empty page. Elements before a mistake have reached the sink by then.
Document parse_page(std::string_view text, void (*sink)(void* context, Document element),
                    void* context, const ParseLimits& limits = {});
template <class F>
Document parse_page(std::string_view text, F&& sink, const ParseLimits& limits = {}) {
  return parse_page(
      text,
      [](void* f, Document element) {
        (*static_cast<std::remove_reference_t<F>*>(f))(std::move(element));
      },
      const_cast<void*>(static_cast<const void*>(&sink)), limits);
}

}  // namespace akv::json
