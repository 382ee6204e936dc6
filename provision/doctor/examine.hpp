/// An estate, read once and examined.
#pragma once
#include "akv/mgmt/core/context.hpp"
#include "akv/provision/doctor/examination.hpp"
#include "akv/provision/doctor/vault_findings.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace akv::doctor {

/// Pages of groups, of vaults and of deleted vaults, none per vault; what is read is judged and
/// dropped. Group by group where the caller may not list the subscription's vaults. What is refused
/// is listed; throws AzureError for everything else.
Examination examine(const std::string& subscription, const Gone& gone,
                    const kinds::Connection& connection, const Context& context);

/// Of a file of object ids: some 200,000 of them. Whoever reads it refuses a larger one whole.
inline constexpr std::size_t max_gone_bytes = std::size_t{8} << 20U;

/// A line of `--gone FILE` that is no object id.
struct BadLine {
  std::size_t line = 0;  ///< From 1.
  std::string text;
};
/// Object ids, one a line, each with an optional comment behind it or behind `#`; empty lines and
/// lines of comment alone are skipped.
Gone read_gone(std::string_view text, std::vector<BadLine>& bad);

}  // namespace akv::doctor
