/// Permission sets that every manifest may use: the templates of the Azure portal's "Create an
/// access policy" page, named in kebab-case.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <span>
#include <string_view>

namespace akv::manifest {

/// One set; a category without permissions is empty.
struct BuiltInSet {
  std::string_view name;
  std::span<const std::string_view> keys{}, secrets{}, certificates{};
};

std::span<const BuiltInSet> built_in_sets();

/// `{keys: […], secrets: […]}`, as the permissions of an access policy are written.
json::Document permissions_of(const BuiltInSet& set);

}  // namespace akv::manifest
