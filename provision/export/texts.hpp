/// Numbers for texts: what many vaults share is kept once.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace akv::exporting {

using TextId = std::uint32_t;
inline constexpr TextId no_text = ~TextId{0};

/// Used by one thread; ids count from 0 in the order of adding.
class Texts {
 public:
  TextId add(std::string_view text) {
    const auto found = ids_.find(text);
    if (found != ids_.end()) return found->second;
    const auto id = static_cast<TextId>(texts_.size());
    texts_.emplace_back(text);
    ids_.emplace(texts_.back(), id);
    return id;
  }
  const std::string& at(TextId id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::deque<std::string> texts_;                     // addresses stay
  std::unordered_map<std::string_view, TextId> ids_;  // views into texts_
};

}  // namespace akv::exporting
