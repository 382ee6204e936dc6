/// Lists in pages: $top, $skiptoken and nextLink.
#pragma once
#include "akv/emulator/service.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace akv::emulator {

/// Whether a nextLink follows every page that holds something, so that the last page is empty
/// (vaults and deleted vaults), or only where there is more (all other lists).
enum class LastPage { empty, full };

/// How a nextLink spells `$skiptoken`: ARM escapes the dollar sign, Key Vault's own lists do not.
inline constexpr std::string_view escaped_token = "%24skiptoken", literal_token = "$skiptoken";

/// One page while it is being filled. Elements come in the order of their keys; the key of the last
/// one is in the token, so that what is added or removed meanwhile moves nothing else.
class Page {
 public:
  /// Reads $top and $skiptoken. Throws Refusal.
  Page(const Call& call, LastPage last, std::string_view token_name = escaped_token);

  /// Where to go on: list what is after this key.
  const std::string& after() const { return after_; }
  /// Adds an element (JSON) and says whether to go on.
  bool add(std::string_view key, std::string_view element);
  http::Response response() &&;

 private:
  const Call& call_;  // lives as long as the request is handled, so longer than the page
  LastPage last_;
  std::string_view token_name_;  // a literal
  std::size_t limit_;
  std::string after_, last_key_;
  std::string text_ = "{\"value\":[";
  std::size_t count_ = 0;
  bool more_ = false;
};

}  // namespace akv::emulator
