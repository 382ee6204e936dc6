/// One request to Azure Resource Graph, for the client and for QueryPages.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/resourcegraph/query.hpp"
#include "akv/mgmt/resourcegraph/query_response.hpp"

#include <string>
#include <string_view>

namespace akv {

inline constexpr const char* resources_operation = "ResourceGraph.resources";
inline constexpr std::string_view resources_path = "/providers/Microsoft.ResourceGraph/resources";

QueryResponse send_query(const arm::ArmClient& arm, const QueryRequest& query,
                         const std::string& api_version, const CallOptions& options);

}  // namespace akv
