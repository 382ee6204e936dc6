#include "akv/mgmt/resourcegraph/detail/send_query.hpp"

#include "akv/mgmt/arm/answer.hpp"
#include "akv/mgmt/json/codec.hpp"

namespace akv {

QueryResponse send_query(const arm::ArmClient& arm, const QueryRequest& query,
                         const std::string& api_version, const CallOptions& options) {
  // A question: it may be repeated without harm.
  const http::Response answer =
      arm.send(http::Method::post, resources_path, {}, json::encode(query), resources_operation,
               api_version, options, true);
  arm::expect(answer, {200}, resources_operation, resources_path);
  return arm::decode<QueryResponse>(answer, resources_operation, resources_path);
}

}  // namespace akv
