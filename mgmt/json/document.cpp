#include "akv/mgmt/json/document.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace akv::json {
namespace {

// Objects have a handful of members and answers repeat their order, so the member at the same
// place is nearly always the one; sorting comes in only where looking would be quadratic.
constexpr std::size_t small_object = 32;

bool equal_sorted(const Document::Object& a, const Document::Object& b) {
  const auto by_name = [](const Document::Object& members) {
    std::vector<const Member*> sorted;
    sorted.reserve(members.size());
    for (const Member& member : members) sorted.push_back(&member);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Member* x, const Member* y) { return x->name < y->name; });
    return sorted;
  };
  const auto left = by_name(a);
  const auto right = by_name(b);
  return std::equal(left.begin(), left.end(), right.begin(),
                    [](const Member* x, const Member* y) { return *x == *y; });
}

bool equal(const Document::Object& a, const Document::Object& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Member* other = &b[i];
    if (other->name != a[i].name) {
      if (a.size() > small_object) return equal_sorted(a, b);
      const auto found =
          std::find_if(b.begin(), b.end(), [&](const Member& m) { return m.name == a[i].name; });
      if (found == b.end()) return false;
      other = &*found;
    }
    if (!(a[i].value == other->value)) return false;
  }
  return true;
}

// Two integers in JSON's spelling are the same number when their texts are, but for `-0`.
bool equal(const Number& a, const Number& b) {
  const auto is_zero = [](const Number& n) { return n.text == "0" || n.text == "-0"; };
  return a == b || (is_zero(a) && is_zero(b));
}

}  // namespace

Document::Document(std::nullptr_t) : value_(nullptr) {}
Document::Document(bool value) : value_(value) {}
Document::Document(int value) : Document(std::int64_t{value}) {}
Document::Document(std::int64_t value) : value_(Number{std::to_string(value)}) {}
Document::Document(Number value) : value_(std::move(value)) {}
Document::Document(const char* value) : value_(std::string(value)) {}
Document::Document(std::string_view value) : value_(std::string(value)) {}
Document::Document(std::string value) : value_(std::move(value)) {}
Document::Document(Array value) : value_(std::move(value)) {}
Document::Document(Object value) : value_(std::move(value)) {}

Document Document::array(std::initializer_list<Document> items) { return Array(items); }
Document Document::object(std::initializer_list<Member> members) { return Object(members); }

bool Document::as_bool() const {
  assert(is_bool());
  return std::get<bool>(value_);
}
const std::string& Document::as_string() const {
  assert(is_string());
  return std::get<std::string>(value_);
}
const Number& Document::as_number() const {
  assert(is_number());
  return std::get<Number>(value_);
}
const Document::Array& Document::as_array() const {
  assert(is_array());
  return std::get<Array>(value_);
}
Document::Array& Document::as_array() {
  assert(is_array());
  return std::get<Array>(value_);
}
const Document::Object& Document::as_object() const {
  assert(is_object());
  return std::get<Object>(value_);
}
Document::Object& Document::as_object() {
  assert(is_object());
  return std::get<Object>(value_);
}

std::string_view Document::string_or(std::string_view fallback) const {
  const auto* text = std::get_if<std::string>(&value_);
  return text ? std::string_view(*text) : fallback;
}

bool Document::bool_or(bool fallback) const {
  const bool* value = std::get_if<bool>(&value_);
  return value ? *value : fallback;
}

std::int64_t Document::int_or(std::int64_t fallback) const {
  const auto* number = std::get_if<Number>(&value_);
  if (!number) return fallback;
  const char* end = number->text.data() + number->text.size();
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(number->text.data(), end, value);
  return error == std::errc() && stop == end ? value : fallback;
}

std::size_t Document::size() const {
  if (const auto* items = std::get_if<Array>(&value_)) return items->size();
  if (const auto* members = std::get_if<Object>(&value_)) return members->size();
  return 0;
}

const Document* Document::find(std::string_view name) const {
  if (const auto* members = std::get_if<Object>(&value_))
    for (const Member& member : *members)
      if (member.name == name) return &member.value;
  return nullptr;
}

Document* Document::find(std::string_view name) {
  return const_cast<Document*>(std::as_const(*this).find(name));
}

const Document* Document::find_ignoring_case(std::string_view name) const {
  if (const auto* members = std::get_if<Object>(&value_))
    for (const Member& member : *members)
      if (ascii::equal(member.name, name)) return &member.value;
  return nullptr;
}

const Document* Document::at_path(std::initializer_list<std::string_view> names) const {
  const Document* at = this;
  for (const std::string_view name : names) {
    at = at->find(name);
    if (!at) return nullptr;
  }
  return at;
}

const Document& Document::operator[](std::string_view name) const {
  // Never destroyed: a thread may still read while statics are torn down.
  static const Document* const null = new Document;
  const Document* found = find(name);
  return found ? *found : *null;
}

Document& Document::set(std::string_view name) {
  if (is_null()) value_ = Object();
  if (Document* found = find(name)) return *found;
  return as_object().emplace_back(Member{std::string(name), Document()}).value;
}

Document& Document::set(std::string_view name, Document value) {
  set(name) = std::move(value);
  return *this;
}

bool Document::erase(std::string_view name) {
  auto* members = std::get_if<Object>(&value_);
  if (!members) return false;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const Member& member) { return member.name == name; });
  if (found == members->end()) return false;
  members->erase(found);
  return true;
}

void Document::push_back(Document value) {
  if (is_null()) value_ = Array();
  as_array().push_back(std::move(value));
}

bool operator==(const Document& a, const Document& b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Document::Type::null:
      return true;
    case Document::Type::number:
      return equal(a.as_number(), b.as_number());
    case Document::Type::object:
      return equal(a.as_object(), b.as_object());
    case Document::Type::boolean:
    case Document::Type::string:
    case Document::Type::array:
      break;
  }
  return a.value_ == b.value_;
}

bool operator==(const Member& a, const Member& b) { return a.name == b.name && a.value == b.value; }

}  // namespace akv::json
