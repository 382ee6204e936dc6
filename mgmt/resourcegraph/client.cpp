#include "akv/mgmt/resourcegraph/client.hpp"

#include "akv/mgmt/resourcegraph/detail/send_query.hpp"

#include <utility>

namespace akv {

ResourceGraphClient::ResourceGraphClient(std::shared_ptr<identity::TokenCredential> credential,
                                         const arm::ClientOptions& options)
    : arm_(std::move(credential), options),
      api_version_(options.api_version.empty() ? resource_graph_api_version : options.api_version) {
}

QueryResponse ResourceGraphClient::resources(const QueryRequest& query,
                                             const CallOptions& options) const {
  return send_query(arm_, query, version_for(options), options);
}

QueryPages ResourceGraphClient::resource_pages(QueryRequest query,
                                               const CallOptions& options) const {
  return QueryPages(arm_, std::move(query), version_for(options), options);
}

ProviderOperations ResourceGraphClient::operations() const {
  return ProviderOperations(arm_, "Operations.list", "Microsoft.ResourceGraph", api_version_);
}

http::Response ResourceGraphClient::send_request(http::Request request,
                                                 const Context& context) const {
  return arm_.send_request(std::move(request), context);
}

}  // namespace akv
