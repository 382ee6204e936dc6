/// The difference of two canonical documents, by rules. Pure.
#pragma once
#include "akv/provision/engine/desired.hpp"
#include "akv/provision/engine/rules.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine {

/// One difference. For a set inside a keyed list, one for each set that differs.
struct FieldChange {
  std::string path;      ///< `accessPolicies[app].permissions.secrets`, `networkAcls.bypass`
  std::string property;  ///< The top-level property: `accessPolicies`.
  std::string entry;     ///< In a keyed list or map: the entry as people call it, `app`.
  std::string leaf;      ///< What follows the entry: `permissions.secrets`; empty for a whole one.
  Document before, after;    ///< null: absent.
  Document key;              ///< Keyed lists: the identifying members; null elsewhere.
  std::uint32_t origin = 0;  ///< Nearest place in the manifest; 0 where it does not mention it.
  bool immutable = false;
  std::string_view way_out{};
};

struct DiffOptions {
  /// The mode of a keyed list or map by its top-level property.
  std::function<ListMode(std::string_view property)> mode;
  /// What people call an entry: a principal's name for its key, else the key's own text.
  std::function<std::string(std::string_view property, const Document& key)> label;
};

struct Difference {
  std::vector<FieldChange> fields;      ///< In the order of the rules, then of the entries' keys.
  std::vector<FieldChange> left_alone;  ///< merge: live entries that the manifest does not name.
};

/// Only members that `desired` has are compared. In ListMode::exact a live entry that `desired`
/// lacks is a removal; in merge it is left alone, and an entry with `state: absent` is a removal
/// where it is live. An entry present on both sides is compared member by member.
Difference diff(const Document& desired, const Document& live, Rules rules,
                const DiffOptions& options);

/// What `live` becomes once it is as `desired` says: after it, diff() finds nothing. Members and,
/// in merge, entries that `desired` does not name stay. `mode` as in DiffOptions.
Document after_image(const Document& desired, const Document& live, Rules rules,
                     const std::function<ListMode(std::string_view property)>& mode);

}  // namespace akv::engine
