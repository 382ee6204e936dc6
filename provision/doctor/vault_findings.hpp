/// What one vault, live or deleted, tells a doctor. Pure.
#pragma once
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/doctor/examination.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace akv::doctor {

/// Object ids that are no more, with a comment for each, or none.
using Gone = std::map<std::string, std::string, ascii::Less>;
using Names = std::set<std::string, ascii::Less>;

/// A vault as a list shows it.
void examine_vault(const json::Document& raw, const Gone& gone, std::vector<Finding>& findings);

/// A soft-deleted vault; `groups` are the names of those that are there.
void examine_deleted(const json::Document& raw, const Names& groups,
                     std::vector<Finding>& findings);

/// The firewall's part of examine_vault().
void examine_network(const Finding& about, const json::Document& raw,
                     std::vector<Finding>& findings);

}  // namespace akv::doctor
