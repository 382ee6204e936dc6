/// The tables of models against the published definitions: no member forgotten, none invented.
#pragma once
#include "akv/mgmt/json/type_info.hpp"

#include <set>
#include <span>
#include <string>

namespace akv::test {

struct DescribedModel {
  const char* definition;
  std::span<const json::FieldInfo> (*fields)();
  /// Called writable in the description, but never sent by us.
  std::set<std::string> ours_read_only{};
};

/// What a model must have in common with its definition.
enum class Likeness {
  same,       ///< The same members, and the same ones read-only.
  holds_all,  ///< Of an older version: all of its members, perhaps more.
};

/// Checks each model whose definition the description (relative to the spec folder) has. Members
/// that a definition takes from others are its own. Where there is no spec folder, says so.
void compare_models(const char* description, std::span<const DescribedModel> models,
                    Likeness likeness);

/// Fails on a definition of the description that has members, and that neither the models nor
/// `others` name.
void check_all_are_modelled(const char* description, std::span<const DescribedModel> models,
                            const std::set<std::string>& others);

}  // namespace akv::test
