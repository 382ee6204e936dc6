/// `$filter` of ARM's lists: `resourceType eq 'Microsoft.KeyVault/vaults' and name eq 'kv1'`.
#pragma once
#include "akv/emulator/service.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::emulator {

class ListFilter {
 public:
  /// The call's filter: comparisons by `eq`, joined by `and`, of these fields (lower case), and
  /// functions without an argument (`atscope()`) or with one (`assignedto(`, as it is looked up).
  /// Throws Refusal for everything else.
  static ListFilter of(const Call& call, std::initializer_list<std::string_view> fields);

  /// Whether the filter says nothing of this field, or this value (without case).
  bool takes(std::string_view field, std::string_view value) const;
  bool has(std::string_view field) const;
  bool wants_tags() const;
  /// A tag of `tagname` (without case) with the value of `tagvalue`.
  bool takes_tags(const json::Document& tags) const;
  /// The value that a field must have, or empty.
  std::string_view value_of(std::string_view field) const;

 private:
  std::vector<std::pair<std::string, std::string>> terms_;
};

}  // namespace akv::emulator
