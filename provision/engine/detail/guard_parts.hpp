/// What the sentences of guards are made of.
#pragma once
#include "akv/provision/engine/plan.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::engine::detail {

std::string counted(std::size_t n, std::string_view what);  ///< `1 vault`, `2 vaults`
/// `a, b, c`; of more than five the rest is counted.
std::string listed(const std::vector<std::string>& texts);

/// Whether the field takes something away: a text of a set, or a whole entry.
bool takes_away(const FieldChange& field);

/// `Put the entries back at FILE:LINE, …`, at the places of the fields that are meant.
std::string put_back(const Plan& plan, const std::vector<const Change*>& changes,
                     const std::function<bool(const FieldChange&)>& is_meant);

}  // namespace akv::engine::detail
