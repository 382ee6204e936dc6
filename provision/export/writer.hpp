/// The estate as YAML.
#pragma once
#include "akv/provision/export/estate.hpp"
#include "akv/provision/export/export.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::exporting {

struct Heading {
  std::string_view deployment;
  std::vector<std::string> comments;  ///< Sentences at the top.
};

/// Groups and vaults by name, properties in the order of the manifest's words, names of principals
/// and permission sets sorted.
std::string write_manifest(const Estate& estate, const Heading& heading,
                           const std::vector<engine::Principal>& principals);

}  // namespace akv::exporting
