/// Subscriptions and resource groups as ARM lists them.
#pragma once
#include "akv/provision/engine/plan.hpp"
#include "akv/provision/kinds/estate.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace akv::kinds {

inline constexpr std::string_view groups_api_version = "2024-03-01";
inline constexpr std::string_view subscriptions_api_version = "2022-12-01";

/// The tenant of a subscription. Throws AzureError, also for a subscription that is not there.
std::string read_tenant(const std::string& subscription, const Connection& connection,
                        const Context& context);

/// Every group of a subscription that the caller may see. Throws AzureError.
void read_groups(const std::string& subscription, const Connection& connection,
                 const Context& context, const std::function<void(json::Document)>& sink);

/// Whether the caller has no business in a subscription: no right there, or it is not there, or
/// belongs to another tenant than the one signed in to.
bool is_closed(const AzureError& error);
/// A closed subscription, for the report. `written_at` is its place in the manifest, or empty.
engine::Unreadable closed_subscription(const std::string& subscription, const AzureError& error,
                                       const std::string& written_at);

/// A scope that was refused, or is in a closed subscription, for the report.
engine::Unreadable unreadable(std::string kind, const std::string& id, const AzureError& error);

}  // namespace akv::kinds
