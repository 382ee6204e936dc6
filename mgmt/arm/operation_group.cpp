#include "akv/mgmt/arm/operation_group.hpp"

#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>

namespace akv::arm {
namespace {

std::string without(std::string text, std::string_view secret) {
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), redact::mask);
    at += redact::mask.size();
  }
  return text;
}

// A service may quote what it refuses. A long secret goes before the text is cut to size, where its
// end would be lost; a short one would take the JSON apart with it, and goes from what was read.
[[noreturn]] void throw_hiding(std::string_view secret, http::Response answer, const Call& call) {
  constexpr std::size_t short_secret = 8;
  if (secret.size() > short_secret) {
    const std::string quoted = json::Document(secret).dump();
    answer.body = without(std::move(answer.body), secret);
    answer.body =
        without(std::move(answer.body), std::string_view(quoted).substr(1, quoted.size() - 2));
  }
  ErrorInfo info = error_info(answer, call.operation, call.path);
  const auto hide = [&](std::string& text) { text = without(std::move(text), secret); };
  hide(info.code);
  hide(info.message);
  hide(info.target);
  for (ErrorInfo::Detail& detail : info.details) {
    hide(detail.code);
    hide(detail.message);
    hide(detail.target);
  }
  for (ErrorInfo::AdditionalInfo& more : info.additional_info) {
    hide(more.type);
    hide(more.info);
  }
  throw_for_status(std::move(info));
}

}  // namespace

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
  if (!call.secret.empty() &&
      std::find(accepted.begin(), accepted.end(), answer.status) == accepted.end())
    throw_hiding(call.secret, std::move(answer), call);
  expect(answer, accepted, call.operation, call.path);
  return answer;
}

bool OperationGroup::send_delete(const char* operation, std::string path,
                                 const CallOptions& options) const {
  const Call call{http::Method::del, operation, std::move(path)};
  const http::Response answer = arm_.send(call.method, call.path, call.query, call.body,
                                          call.operation, api_version_, options);
  // An earlier attempt whose answer was lost did it.
  if (answer.after_lost_answer && (answer.status == 204 || answer.status == 404)) return true;
  expect(answer, {200, 204}, call.operation, call.path);
  return answer.status == 200;
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
  // An earlier attempt whose answer was lost did it; one that was refused did not.
  if (call.method == http::Method::del && answer.status == 404 && answer.after_lost_answer)
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
