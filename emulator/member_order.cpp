#include "akv/emulator/member_order.hpp"

#include <algorithm>

namespace akv::emulator {

using json::Member;

void put_first(json::Document& object, std::initializer_list<std::string_view> names) {
  auto& members = object.as_object();
  const auto rank = [&](const Member& member) {
    return std::find(names.begin(), names.end(), member.name) - names.begin();
  };
  std::stable_sort(members.begin(), members.end(),
                   [&](const Member& a, const Member& b) { return rank(a) < rank(b); });
}

void put_last(json::Document& object, std::string_view name) {
  auto& members = object.as_object();
  std::stable_partition(members.begin(), members.end(),
                        [&](const Member& member) { return member.name != name; });
}

}  // namespace akv::emulator
