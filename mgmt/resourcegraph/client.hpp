/// The client of Azure Resource Graph: many subscriptions with one request.
///
///     akv::ResourceGraphClient client(credential);
///     for (const akv::json::Document& vault : client.resource_pages({
///              .query = "Resources | where type =~ 'microsoft.keyvault/vaults'"}).rows())
///       std::cout << vault["id"].string_or() << '\n';
///
/// What it shows is an index, up to some minutes late: enough to find things, not to decide whether
/// one is there.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/provider_operations.hpp"
#include "akv/mgmt/resourcegraph/query.hpp"
#include "akv/mgmt/resourcegraph/query_pages.hpp"
#include "akv/mgmt/resourcegraph/query_response.hpp"

#include <memory>
#include <string>

namespace akv {

/// Sent unless ClientOptions or CallOptions name another.
inline constexpr const char* resource_graph_api_version = "2022-10-01";

/// Immutable after construction: safe to share between threads; copies share the same core.
class ResourceGraphClient {
 public:
  /// Sends nothing yet. Throws FormatError when the cloud's resource manager is not an https URL.
  explicit ResourceGraphClient(std::shared_ptr<identity::TokenCredential> credential,
                               const arm::ClientOptions& options = {});

  /// One page of the result. Throws AzureError (400) for a query that the service cannot read,
  /// TransportError, AuthenticationError, ThrottledError, CancelledError, and the member of the
  /// AzureError family that fits any other error answer; FormatError for an answer that cannot be
  /// read.
  QueryResponse resources(const QueryRequest& query, const CallOptions& options = {}) const;
  /// All pages, beginning where the query's own options say.
  QueryPages resource_pages(QueryRequest query, const CallOptions& options = {}) const;

  /// Cheap; what it returns may outlive the client.
  ProviderOperations operations() const;

  /// The raw way out: see KeyVaultManagementClient::send_request.
  http::Response send_request(http::Request request, const Context& context = {}) const;

  const arm::ArmClient& arm() const { return arm_; }

 private:
  const std::string& version_for(const CallOptions& options) const {
    return options.api_version.empty() ? api_version_ : options.api_version;
  }

  arm::ArmClient arm_;
  std::string api_version_;
};

}  // namespace akv
