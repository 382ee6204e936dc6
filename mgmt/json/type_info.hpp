/// One run-time description per model, from which the codec works. A model header holds data and
/// one declaration; its .cpp holds the table:
///
///     // sku.hpp
///     struct Sku {
///       Required<std::string> name;
///       Field<std::string> family = "A";
///       json::Unknown unknown{};
///       static std::span<const json::FieldInfo> json_fields();
///     };
///     // sku.cpp
///     std::span<const json::FieldInfo> Sku::json_fields() {
///       static constexpr json::FieldInfo list[] = {json::field<&Sku::family>("family"),
///                                                  json::field<&Sku::name>("name")};
///       return list;
///     }
///
/// Members are std::string, bool, int, std::int64_t, double, json::Raw, models, std::vector and
/// std::map<std::string, …> of these, plain or as Required, Field or List. A model that contains
/// itself does so through a List.
#pragma once
#include "akv/mgmt/json/raw.hpp"
#include "akv/mgmt/json/values.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace akv::json {

enum class Flag : std::uint8_t {
  none = 0,
  read_only = 1,   ///< Only in answers; encode leaves it out unless asked to keep it.
  write_only = 2,  ///< Only in requests; no answer repeats it.
  open_enum = 4,   ///< A string with named constants, to which the service may add.
};
constexpr Flag operator|(Flag a, Flag b) {
  return static_cast<Flag>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(Flag flags, Flag flag) {
  return (static_cast<unsigned>(flags) & static_cast<unsigned>(flag)) != 0;
}

enum class Kind : std::uint8_t {
  string,
  boolean,
  int32,
  int64,
  number,
  object,
  array,
  map,
  raw,
};
enum class State : std::uint8_t { absent, null, value };

struct TypeInfo;

/// A member of a model. `at` leads from the model to its storage (below any Required).
struct FieldInfo {
  std::string_view wire;  ///< The name on the wire; of static lifetime.
  const TypeInfo* type;
  void* (*at)(void* model);
  Flag flags;
  bool required;
};

/// A C++ type to the codec. The pointers are to the type itself, or for Field and List to the
/// wrapper, where it says so. Functions that do not apply are null.
struct TypeInfo {
  Kind kind;
  std::span<const FieldInfo> (*fields)() = nullptr;  ///< Of an object.
  Unknown* (*unknown)(void*) = nullptr;              ///< Of an object; null where it keeps none.
  const TypeInfo* element = nullptr;                 ///< Of an array or map.
  /// Adds an empty element and returns it; the key counts for a map, where it replaces.
  void* (*append)(void*, std::string_view key) = nullptr;
  void (*each)(const void*, void* context,
               void (*visit)(void* context, std::string_view key, const void*)) = nullptr;
  /// Back to an empty value: where a member is read twice, the last one counts.
  void (*reset)(void*) = nullptr;

  // Of a wrapper, and taking it.
  State (*state)(const void*) = nullptr;
  void* (*emplace)(void*) = nullptr;
  const void* (*value)(const void*) = nullptr;
  void (*set_null)(void*) = nullptr;
};

template <class T>
struct Info;

/// The description of T.
template <class T>
inline constexpr const TypeInfo* info = &Info<T>::value;

template <class M>
concept Model = requires {
  M::json_fields();
};

namespace detail {

/// Most lists have a few elements: room for these at once spares two allocations of three.
constexpr std::size_t first_room = 4;

template <class T>
void reset(void* p) {
  *static_cast<T*>(p) = T();
}

template <class T, Kind K>
struct Scalar {
  static constexpr TypeInfo value{.kind = K, .reset = reset<T>};
};

template <class W, class T>
constexpr TypeInfo wrapped() {
  TypeInfo type = Info<T>::value;
  type.reset = [](void* p) { static_cast<W*>(p)->reset(); };
  type.state = [](const void* p) {
    const auto& wrapper = *static_cast<const W*>(p);
    return wrapper.is_absent() ? State::absent : wrapper.is_null() ? State::null : State::value;
  };
  type.emplace = [](void* p) -> void* { return &static_cast<W*>(p)->emplace(); };
  type.value = [](const void* p) -> const void* { return &**static_cast<const W*>(p); };
  type.set_null = [](void* p) { static_cast<W*>(p)->set_null(); };
  return type;
}

template <class T>
inline constexpr bool is_required = false;
template <class T>
inline constexpr bool is_required<Required<T>> = true;

template <class T>
constexpr void* storage(T& member) {
  return &member;
}
template <class T>
constexpr void* storage(Required<T>& member) {
  return static_cast<T*>(&member);
}

template <class Pointer>
struct Member;
template <class M, class T>
struct Member<T M::*> {
  using model = M;
  using type = T;
};

}  // namespace detail

template <>
struct Info<std::string> : detail::Scalar<std::string, Kind::string> {};
template <>
struct Info<bool> : detail::Scalar<bool, Kind::boolean> {};
template <>
struct Info<std::int32_t> : detail::Scalar<std::int32_t, Kind::int32> {};
template <>
struct Info<std::int64_t> : detail::Scalar<std::int64_t, Kind::int64> {};
template <>
struct Info<double> : detail::Scalar<double, Kind::number> {};
template <>
struct Info<Raw> : detail::Scalar<Raw, Kind::raw> {};

template <class T>
struct Info<std::vector<T>> {
  static_assert(!std::is_same_v<T, bool>, "the elements of std::vector<bool> have no address");
  static constexpr TypeInfo value{
      .kind = Kind::array,
      .element = info<T>,
      .append = [](void* p, std::string_view) -> void* {
        auto& list = *static_cast<std::vector<T>*>(p);
        if (list.capacity() == 0) list.reserve(detail::first_room);
        return &list.emplace_back();
      },
      .each =
          [](const void* p, void* context, void (*visit)(void*, std::string_view, const void*)) {
            for (const T& item : *static_cast<const std::vector<T>*>(p)) visit(context, {}, &item);
          },
      .reset = detail::reset<std::vector<T>>};
};

template <class T>
struct Info<std::map<std::string, T>> {
  static constexpr TypeInfo value{
      .kind = Kind::map,
      .element = info<T>,
      .append = [](void* p, std::string_view key) -> void* {
        T& item = (*static_cast<std::map<std::string, T>*>(p))[std::string(key)];
        item = T();
        return &item;
      },
      .each =
          [](const void* p, void* context, void (*visit)(void*, std::string_view, const void*)) {
            for (const auto& [key, item] : *static_cast<const std::map<std::string, T>*>(p))
              visit(context, key, &item);
          },
      .reset = detail::reset<std::map<std::string, T>>};
};

template <Model M>
struct Info<M> {
  static constexpr TypeInfo value{.kind = Kind::object,
                                  .fields = &M::json_fields,
                                  .unknown = [](void* p) -> Unknown* {
                                    if constexpr (requires(M model) { model.unknown; })
                                      return &static_cast<M*>(p)->unknown;
                                    else
                                      return nullptr;
                                  },
                                  .reset = detail::reset<M>};
};

template <class T>
struct Info<Required<T>> : Info<T> {};
template <class T>
struct Info<Field<T>> {
  static constexpr TypeInfo value = detail::wrapped<Field<T>, T>();
};
template <class T>
struct Info<List<T>> {
  static constexpr TypeInfo value = detail::wrapped<List<T>, std::vector<T>>();
};

/// One line of a model's table.
template <auto Pointer>
constexpr FieldInfo field(std::string_view wire, Flag flags = Flag::none) {
  using M = detail::Member<decltype(Pointer)>;
  return {wire, info<typename M::type>,
          [](void* model) -> void* {
            return detail::storage(static_cast<typename M::model*>(model)->*Pointer);
          },
          flags, detail::is_required<typename M::type>};
}

}  // namespace akv::json
