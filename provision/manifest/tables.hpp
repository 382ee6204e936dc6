/// All words of groups and vaults: those of the kinds, of their companions, and of the language.
#pragma once
#include "akv/provision/manifest/vocabulary.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// The vocabulary's words, the lists of companions (which join the members of `manage`, too) and
/// `forEach`. Spans point into it: it stays where it is.
class Tables {
 public:
  explicit Tables(const Vocabulary& vocabulary);
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

  std::span<const Word> resource_group() const { return group_; }
  std::span<const Word> vault() const { return vault_; }
  std::span<const Companion> companions() const { return companions_; }

 private:
  std::vector<Word> group_, vault_, group_manage_, vault_manage_;
  std::span<const Companion> companions_;  // Static, as all of a vocabulary.
};

/// The word of that name, or of that property; null when there is none.
const Word* find_word(std::span<const Word> words, std::string_view name);
const Word* find_property(std::span<const Word> words, std::string_view property);
std::string_view property_of(const Word& word);
/// What `unmanaged` may name beside single tags: `sku`, `networkAcls.bypass`.
std::vector<std::string> inheritable(std::span<const Word> words);

}  // namespace akv::manifest
