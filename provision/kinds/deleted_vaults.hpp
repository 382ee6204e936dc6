/// Soft-deleted vaults as the reports and the planner want them.
#pragma once
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/engine/planner.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <functional>
#include <string>

namespace akv::kinds {

engine::DeletedTwin twin_of(const json::Document& raw);
engine::SoftDeleted soft_deleted_of(const json::Document& raw);

/// All of a subscription. Throws AzureError.
void read_deleted_vaults(const std::string& subscription, const Connection& connection,
                         const Context& context, const std::function<void(json::Document)>& sink);

}  // namespace akv::kinds
