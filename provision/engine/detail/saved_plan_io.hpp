/// How the members of a saved plan are written and read: one description serves both.
///
///     void describe(auto& io, Is<Refusal> auto& refusal) { io("code", refusal.code); … }
#pragma once
#include "akv/provision/engine/saved_plan.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

namespace akv::engine::detail {

template <class T, class Of>
concept Is = std::is_same_v<std::remove_const_t<T>, Of>;

/// An index into Places, which the file has of its own.
template <class Index>
struct Origin {
  Index& index;
};
template <class Index>
Origin<Index> place(Index& index) {
  return {index};
}

/// A member that says the opposite, so that the usual case is left out.
template <class Bool>
struct Inverse {
  Bool& value;
};
template <class Bool>
Inverse<Bool> inverse(Bool& value) {
  return {value};
}

template <class Enum>
struct Word {
  std::string_view text;
  Enum value;
};
constexpr std::array<Word<Action>, 6> words(Action) {
  return {{{"create", Action::create},
           {"update", Action::update},
           {"recover", Action::recover},
           {"purge", Action::purge},
           {"delete", Action::del},
           {"adopt", Action::adopt}}};
}
constexpr std::array<Word<ListMode>, 2> words(ListMode) {
  return {{{"exact", ListMode::exact}, {"merge", ListMode::merge}}};
}
constexpr std::array<Word<Severity>, 3> words(Severity) {
  return {{{"low", Severity::low}, {"medium", Severity::medium}, {"high", Severity::high}}};
}
constexpr std::array<Word<Grant::Way>, 4> words(Grant::Way) {
  return {{{"policy", Grant::Way::policy},
           {"dataRole", Grant::Way::data_role},
           {"writeRole", Grant::Way::write_role},
           {"ownerRole", Grant::Way::owner_role}}};
}
constexpr std::array<Word<AccessModel>, 3> words(AccessModel) {
  return {{{"unknown", AccessModel::unknown},
           {"policies", AccessModel::policies},
           {"roles", AccessModel::roles}}};
}
constexpr std::array<Word<Reach::Door>, 3> words(Reach::Door) {
  return {{{"open", Reach::Door::open},
           {"closed", Reach::Door::closed},
           {"perimeter", Reach::Door::perimeter}}};
}
constexpr std::array<Word<OnSoftDeleted>, 3> words(OnSoftDeleted) {
  return {{{"fail", OnSoftDeleted::fail},
           {"recover", OnSoftDeleted::recover},
           {"purge", OnSoftDeleted::purge}}};
}

/// Builds the form. Only places that something points at are kept.
class Writer {
 public:
  explicit Writer(const Places& places) : places_(places) {}

  /// What has its default is left out.
  template <class T>
  void operator()(std::string_view name, const T& value) {
    Document member = form(value);
    if (!member.is_null() && (std::is_same_v<T, Document> || !says_nothing(member)))
      out_.set(name, std::move(member));
  }
  /// The places that were pointed at.
  void places() {
    Document list = Document::array();
    for (const Place& place : kept_.places)
      list.push_back(Document::array({static_cast<std::int64_t>(place.file),
                                      static_cast<std::int64_t>(place.line),
                                      static_cast<std::int64_t>(place.column)}));
    out_.set("placeFiles", form(places_.files));
    out_.set("places", std::move(list));
  }
  Document take() { return std::move(out_); }

 private:
  static bool says_nothing(const Document& member) {
    static constexpr std::string_view nothing[] = {"\"\"", "[]", "{}", "false", "0"};
    const bool is_long = member.is_string() ? !member.as_string().empty() : member.size() != 0;
    return !is_long &&
           std::find(std::begin(nothing), std::end(nothing), member.dump()) != std::end(nothing);
  }

  template <class T>
  Document form(const std::vector<T>& list) {
    Document array = Document::array();
    for (const T& item : list) array.push_back(form(item));
    return array;
  }
  template <class Order>
  Document form(const std::map<std::string, std::string, Order>& map) {
    Document object = Document::object();
    for (const auto& [name, value] : map) object.set(name, value);
    return object;
  }
  template <class Order>
  Document form(const std::map<std::string, ListMode, Order>& map) {
    Document object = Document::object();
    for (const auto& [name, mode] : map) object.set(name, form(mode));
    return object;
  }
  template <class T>
  Document form(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      for (const auto& word : words(value))
        if (word.value == value) return word.text;
      return {};
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
      return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_convertible_v<T, Document>) {
      return value;
    } else {
      Document outer = std::exchange(out_, Document::object());
      describe(*this, value);
      return std::exchange(out_, std::move(outer));
    }
  }
  template <class Index>
  Document form(const Origin<Index>& origin) {
    return form(kept(origin.index));
  }
  template <class Bool>
  Document form(const Inverse<Bool>& inverse) {
    return !inverse.value;
  }
  std::uint32_t kept(std::uint32_t origin) {
    if (origin == 0 || origin >= places_.places.size()) return 0;
    const auto [at, is_new] = index_.emplace(origin, 0);
    if (is_new) at->second = kept_.add(places_.at(origin));
    return at->second;
  }

  const Places& places_;
  Places kept_;
  std::unordered_map<std::uint32_t, std::uint32_t> index_;
  Document out_ = Document::object();
};

/// Reads it back. What is missing keeps its default.
class Reader {
 public:
  explicit Reader(const Document& form) : in_(&form) {}

  template <class T>
  void operator()(std::string_view name, T&& value) {
    const Document* member = in_->find(name);
    if (!member) return;
    const std::string outer = path_;
    path_ += (path_.empty() ? "" : ".") + std::string(name);
    read(*member, value);
    path_ = outer;
  }

  void places(Places& places) {
    (*this)("placeFiles", places.files);
    std::vector<std::vector<std::uint32_t>> list;
    (*this)("places", list);
    places.places.clear();
    for (const auto& place : list) {
      path_ = "places";
      if (place.size() != 3) fail("three numbers each");
      places.places.push_back({place[0], place[1], place[2]});
    }
    if (places.places.empty()) places.places.emplace_back();
  }

 private:
  [[noreturn]] void fail(std::string_view expected) const {
    throw FormatError({.message = "the saved plan cannot be read: " + path_ + ": expected " +
                                  std::string(expected)});
  }

  template <class T>
  void read(const Document& from, std::vector<T>& list) {
    if (!from.is_array()) fail("a list");
    const std::string outer = path_;
    list.reserve(from.size());
    for (const Document& item : from.as_array()) {
      path_ = outer + "[" + std::to_string(list.size()) + "]";
      read(item, list.emplace_back());
    }
    path_ = outer;
  }
  template <class T, class Order>
  void read(const Document& from, std::map<std::string, T, Order>& map) {
    if (!from.is_object()) fail("an object");
    for (const json::Member& member : from.as_object()) read(member.value, map[member.name]);
  }
  void read(const Document& from, Document& document) { document = from; }
  void read(const Document& from, std::string& text) {
    if (!from.is_string()) fail("a text");
    text = from.as_string();
  }
  void read(const Document& from, Origin<std::uint32_t>& origin) { read(from, origin.index); }
  void read(const Document& from, Inverse<bool>& inverse) {
    read(from, inverse.value);
    inverse.value = !inverse.value;
  }
  template <class T>
  void read(const Document& from, T& value) {
    if constexpr (std::is_enum_v<T>) {
      for (const auto& word : words(T{}))
        if (word.text == from.string_or()) {
          value = word.value;
          return;
        }
      fail("a word of this version");
    } else if constexpr (std::is_same_v<T, bool>) {
      if (!from.is_bool()) fail("true or false");
      value = from.as_bool();
    } else if constexpr (std::is_integral_v<T>) {
      const std::int64_t number = from.int_or(-1);
      if (number < 0 || number > 0xffffffffLL) fail("a number");
      value = static_cast<T>(number);
    } else {
      if (!from.is_object()) fail("an object");
      const Document* outer = std::exchange(in_, &from);
      describe(*this, value);
      in_ = outer;
    }
  }

  const Document* in_;  // within the form, which outlives this
  std::string path_;
};

}  // namespace akv::engine::detail
