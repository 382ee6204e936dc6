/// A long-running operation that can be waited for, asked now and then, or continued elsewhere.
#pragma once
#include "akv/mgmt/arm/answer.hpp"
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/operation.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace akv {
namespace arm {

/// What a poller needs besides the operation itself.
struct Polling {
  std::string operation;  ///< For messages: `Vaults.begin_create_or_update`.
  std::string target;     ///< The resource's id; resume() takes it from the token if empty.
  /// The wait where the service names none.
  std::chrono::seconds interval{60};
  CallOptions options{};
};

/// The part of Poller that does not depend on the result. Belongs to one thread.
class OperationPoller {
 public:
  OperationPoller(ArmClient client, Operation operation, Polling polling)
      : client_(std::move(client)),
        operation_(std::move(operation)),
        polling_(std::move(polling)) {}
  /// From a resume token: the first question is asked without waiting.
  static OperationPoller resume(ArmClient client, std::string_view token, Polling polling);

  bool done() const { return operation_.status() != Operation::Status::in_progress; }
  bool poll();
  void wait_until_done();
  /// The answer that holds the result; asks for it where it is not at hand.
  http::Response final_answer() const;
  std::string resume_token() const { return operation_.resume_token(); }
  void set_interval(std::chrono::seconds interval) { polling_.interval = interval; }
  const Polling& polling() const { return polling_; }

 private:
  void wait() const;

  ArmClient client_;
  Operation operation_;
  Polling polling_;
  bool ask_at_once_ = false;
};

}  // namespace arm

/// Follows one long-running operation; T is its result, or void. Shares ownership of the client's
/// core and may outlive the client. Belongs to one thread. The deadline and the stop token of the
/// call that began the operation hold until result() returns.
template <class T>
class Poller {
 public:
  explicit Poller(arm::OperationPoller poller) : poller_(std::move(poller)) {}

  /// Whether the operation has ended, well or badly, as far as is known. Asks nothing.
  bool done() const { return poller_.done(); }

  /// Asks once, without waiting first; true when the operation has ended. An operation that failed
  /// has ended: result() throws its error. Throws what any request throws; the poller stays usable.
  bool poll() { return poller_.poll(); }

  /// Waits until the operation has ended and returns its result. Between questions it waits as long
  /// as the service says (between 1 s and 10 min), else for the interval. Throws the error of a
  /// failed operation, CancelledError at the deadline or a stop request, and what any request
  /// throws. May be called again.
  T result() {
    poller_.wait_until_done();
    if constexpr (!std::is_void_v<T>)
      return arm::decode<T>(poller_.final_answer(), poller_.polling().operation,
                            poller_.polling().target);
  }

  /// The wait between questions where the service names none. Returns *this.
  Poller& interval(std::chrono::seconds interval) & {
    poller_.set_interval(interval);
    return *this;
  }
  Poller&& interval(std::chrono::seconds interval) && {
    poller_.set_interval(interval);
    return std::move(*this);
  }

  /// Text with which another process goes on waiting: pass it to the group's `resume_…`. It names
  /// URLs and states, and holds no secret.
  std::string resume_token() const { return poller_.resume_token(); }

 private:
  arm::OperationPoller poller_;
};

}  // namespace akv
