#include "akv/mgmt/arm/operation_group.hpp"

namespace akv::arm {

Path OperationGroup::group_scope(std::string_view operation,
                                 std::string_view resource_group_name) const {
  return subscription_scope(operation)
      .text("/resourceGroups/")
      .name("resource group name", resource_group_name);
}

http::Response OperationGroup::send(const Call& call, std::initializer_list<int> accepted,
                                    const CallOptions& options) const {
  http::Response answer = arm_.send(call.method, call.path, call.query, call.body, call.operation,
                                    api_version_, options, call.idempotent_post);
  expect(answer, accepted, call.operation, call.path);
  return answer;
}

bool OperationGroup::send_delete(const char* operation, std::string path,
                                 const CallOptions& options) const {
  return send({http::Method::del, operation, std::move(path)}, {200, 204}, options).status == 200;
}

PageSource OperationGroup::pages(const char* operation, const std::string& path, const Query& query,
                                 const std::string& api_version, const CallOptions& options) const {
  return PageSource(arm_, {.operation = operation,
                           .target = path,
                           .first_url = arm_.url(path, query, api_version),
                           .api_version = api_version,
                           .options = options});
}

OperationPoller OperationGroup::start_poller(const Call& call, std::initializer_list<int> accepted,
                                             const Following& how,
                                             const CallOptions& options) const {
  http::Response answer = arm_.send(call.method, call.path, call.query, call.body, call.operation,
                                    api_version_, options, call.idempotent_post);
  // An earlier attempt whose answer was lost did it.
  if (call.method == http::Method::del && answer.status == 404 && answer.attempts > 1)
    answer = {.status = 204};
  expect(answer, accepted, call.operation, call.path);
  return OperationPoller(
      arm_,
      Operation::start(call.method, arm_.url(call.path, {}, version_for(options)), answer,
                       how.final_state, arm_.on_client_clock(options.context).clock->now()),
      {.operation = call.operation,
       .target = call.path,
       .interval = how.interval,
       .options = options});
}

Query top_query(std::optional<int> top) {
  Query query;
  if (top) query.emplace_back("$top", std::to_string(*top));
  return query;
}

Query given(Query query) {
  std::erase_if(query, [](const auto& pair) { return pair.second.empty(); });
  return query;
}

}  // namespace akv::arm
