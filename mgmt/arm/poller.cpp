#include "akv/mgmt/arm/poller.hpp"

#include <algorithm>

namespace akv::arm {
namespace {

using namespace std::chrono_literals;

// ARM's contract allows 10 s to 10 min. `Retry-After: 0` is seen in the wild, and must not become a
// storm of requests.
constexpr std::chrono::seconds shortest_wait = 1s;
constexpr std::chrono::seconds longest_wait = 10min;

}  // namespace

OperationPoller OperationPoller::resume(ArmClient client, std::string_view token, Polling polling) {
  Operation operation = Operation::resume(token);
  if (polling.target.empty())
    if (const auto url = http::Url::parse(operation.resource_url())) polling.target = url->path;
  OperationPoller poller(std::move(client), std::move(operation), std::move(polling));
  poller.ask_at_once_ = true;
  return poller;
}

bool OperationPoller::poll() {
  if (done()) return true;
  const CallOptions& options = polling_.options;
  const http::Response answer =
      client_.send_to(http::Method::get, operation_.poll_url(), polling_.operation, options);
  // These say nothing of the operation: it goes on, and may be asked for again.
  if (answer.status == 401 || answer.status == 408 || answer.status == 429 ||
      (answer.status >= 502 && answer.status <= 504))
    throw_error(answer, polling_.operation, polling_.target);
  operation_.advance(answer, client_.on_client_clock(options.context).clock->now());
  ask_at_once_ = false;
  return done();
}

void OperationPoller::wait_until_done() {
  while (!done()) {
    if (!ask_at_once_) wait();
    poll();
  }
  if (operation_.status() == Operation::Status::succeeded) return;
  ErrorInfo info = operation_.error();
  info.operation = polling_.operation;
  info.target = polling_.target;
  throw_for_status(std::move(info));
}

void OperationPoller::wait() const {
  try {
    client_.on_client_clock(polling_.options.context)
        .wait(std::clamp(operation_.wait(polling_.interval), shortest_wait, longest_wait));
  } catch (const CancelledError& error) {
    // The context does not know what was waited for, and that the service goes on regardless.
    throw CancelledError(
        {.message = error.info().message + "; the operation goes on in the service",
         .target = polling_.target,
         .operation = polling_.operation});
  }
}

http::Response OperationPoller::final_answer() const {
  if (operation_.final_body()) return {.status = 200, .body = *operation_.final_body()};
  if (operation_.final_url().empty()) return {.status = 204};
  http::Response answer = client_.send_to(http::Method::get, operation_.final_url(),
                                          polling_.operation, polling_.options);
  expect(answer, {200, 201}, polling_.operation, polling_.target);
  return answer;
}

}  // namespace akv::arm
