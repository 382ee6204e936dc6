/// Members of models. Absent, null and empty are three different things on ARM's wire.
#pragma once
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace akv {

struct Absent {};
/// The value of a member that is not sent at all.
inline constexpr Absent absent{};

/// A member that must be named in a braced call: its *explicit* default constructor makes
/// `{.x = …}` without it ill-formed, while `T t;` (what the decoder does) stays legal.
template <class T>
struct Required : T {
  explicit Required() = default;
  // The constraint keeps copies away from it; conversion is the purpose.
  // NOLINTBEGIN(bugprone-forwarding-reference-overload)
  template <class U>
  requires std::constructible_from<T, U> &&
      (!std::same_as<std::remove_cvref_t<U>, Required>)Required(U&& value)
      : T(std::forward<U>(value)) {}
  // NOLINTEND(bugprone-forwarding-reference-overload)
};

/// One `{key, value}` of a map in braces. The key is deduced, so that `{{"a", "b"}, {"c", "d"}}` is
/// never taken for one entry whose key is made of the pointers "a" and "b", as std::pair would have
/// it.
template <class Map>
struct MapEntry {
  template <class Key>
  requires std::convertible_to<Key, typename Map::key_type> MapEntry(
      Key&& key, typename Map::mapped_type value)
      : first(std::forward<Key>(key)), second(std::move(value)) {}
  typename Map::key_type first;
  typename Map::mapped_type second;
};

/// Absent, null, or a value. `*field` asserts that there is a value. A map is written as such:
/// `tags = {{"team", "payments"}, {"stage", "test"}}`; of a key that comes twice the first counts,
/// as in std::map.
template <class T>
class Field {
 public:
  constexpr Field(Absent = {}) {}
  constexpr Field(std::nullptr_t) : null_(true) {}
  constexpr Field(T value) : value_(std::move(value)) {}
  // NOLINTBEGIN(bugprone-forwarding-reference-overload): likewise
  template <class U>
  requires std::convertible_to<U, T> &&(!std::same_as<std::remove_cvref_t<U>, Field>)&&(
      !std::same_as<std::remove_cvref_t<U>, T>)constexpr Field(U&& value)
      : value_(T(std::forward<U>(value))) {}
  // NOLINTEND(bugprone-forwarding-reference-overload)
  template <class Map = T, class = typename Map::mapped_type>
  Field(std::initializer_list<MapEntry<std::type_identity_t<Map>>> entries) : value_(T()) {
    for (const auto& entry : entries) value_->emplace(entry.first, entry.second);
  }

  bool is_absent() const { return !value_ && !null_; }
  bool is_null() const { return null_; }
  explicit operator bool() const { return value_.has_value(); }
  const T& operator*() const { return *value_; }
  T& operator*() { return *value_; }
  const T* operator->() const { return &*value_; }
  T* operator->() { return &*value_; }
  T value_or(T other) const { return value_ ? *value_ : std::move(other); }
  T& emplace() {
    null_ = false;
    return value_.emplace();
  }
  void set_null() {
    value_.reset();
    null_ = true;
  }
  void reset() {
    value_.reset();
    null_ = false;
  }

 private:
  std::optional<T> value_;
  bool null_ = false;
};

/// A list that keeps absent, null and empty apart. `{}` is the EMPTY list; leave the member out
/// for absent.
template <class T>
class List {
 public:
  List(Absent) {}
  List(std::nullptr_t) : null_(true) {}
  List(std::initializer_list<T> items) : items_(items) {}
  List(std::vector<T> items) : items_(std::move(items)) {}

  bool is_absent() const { return !items_ && !null_; }
  bool is_null() const { return null_; }
  explicit operator bool() const { return items_.has_value(); }
  const T* begin() const { return items_ ? items_->data() : nullptr; }
  const T* end() const { return items_ ? items_->data() + items_->size() : nullptr; }
  std::size_t size() const { return items_ ? items_->size() : 0; }
  bool empty() const { return size() == 0; }
  const T& operator[](std::size_t i) const { return (*items_)[i]; }
  const std::vector<T>& operator*() const { return *items_; }
  std::vector<T>& operator*() { return *items_; }
  std::vector<T>& emplace() {
    null_ = false;
    return items_.emplace();
  }
  void set_null() {
    items_.reset();
    null_ = true;
  }
  void reset() {
    items_.reset();
    null_ = false;
  }

 private:
  std::optional<std::vector<T>> items_;
  bool null_ = false;
};

using Strings = List<std::string>;
using Tags = Field<std::map<std::string, std::string>>;

}  // namespace akv
