#include "akv/mgmt/identity/detail/channel.hpp"

#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/http/policies.hpp"

#include <algorithm>
#include <utility>

namespace akv::identity::detail {
namespace {

constexpr std::chrono::seconds shortest_patience{5};

}  // namespace

http::Response Channel::send(http::Request request, const Context& context) {
  // Whoever waits for nothing himself still needs a token: a passing fault of the token service
  // must not look like a refusal.
  Context patient = context;
  patient.max_wait = std::max(patient.max_wait, shortest_patience);
  return pipeline(true)->send(std::move(request), patient);
}

http::Response Channel::send_once(http::Request request, const Context& context) {
  return pipeline(false)->send(std::move(request), context);
}

// Made at the first use: a transport starts threads.
const std::shared_ptr<http::Pipeline>& Channel::pipeline(bool repeating) {
  std::lock_guard lock(mutex_);
  auto& made = repeating ? repeating_ : plain_;
  if (!made) {
    if (!transport_) transport_ = http::make_cpprest_transport();
    std::vector<std::unique_ptr<http::Policy>> policies;
    policies.push_back(http::make_user_agent_policy({}));
    if (repeating) policies.push_back(http::make_retry_policy(retry_, *random_, nullptr));
    policies.push_back(http::make_log_policy(log_));
    policies.push_back(http::make_trace_policy(on_attempt_, log_));
    made = std::make_shared<http::Pipeline>(std::move(policies), transport_);
  }
  return made;
}

std::string form_body(const Form& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!body.empty()) body += '&';
    body += name + "=" + http::percent_encode(value);
  }
  return body;
}

}  // namespace akv::identity::detail
