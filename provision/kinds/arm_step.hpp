/// One request of an execution, and what its answer means for the next step.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/operation.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/provision/engine/kind.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::kinds {

/// What came of a request.
struct Reply {
  enum class Kind {
    answer,     ///< 2xx: use `response`.
    absent,     ///< 404 with a code that says so.
    conflict,   ///< Another write is in progress (409 ConflictError, 412): read again, then write.
    passing,    ///< Try again after `after`; certainly not carried out.
    lost,       ///< A write whose answer was not seen: read first.
    refused,    ///< Final: `error` says why.
    cancelled,  ///< The context ended.
  };
  Kind kind = Kind::refused;
  http::Response response{};
  ErrorInfo error{};  ///< Of an answer only operation and target.
  std::chrono::milliseconds after{1000};
};

/// See arm_pages.hpp.
json::Document document_in(const Reply& reply);
json::Document page_in(const Reply& reply, const std::function<void(json::Document)>& sink);

/// Names and values, which are encoded on the way.
using Query = std::vector<std::pair<std::string, std::string>>;

/// Sends through `client` without any waiting: the scheduler waits better. Never throws.
class ArmStep {
 public:
  /// `client` is borrowed from the Connection, which outlives every execution.
  ArmStep(const arm::ArmClient& client, std::string api_version)
      : client_(client), api_version_(std::move(api_version)) {}

  Reply send(http::Method method, std::string_view path, const json::Document& body,
             std::string_view operation, const Context& context, const Query& query = {}) const;
  /// A GET of an absolute URL that the service gave.
  Reply get_url(const std::string& url, std::string_view operation, const Context& context) const;

 private:
  void count_repetition(const Reply& reply) const;
  const arm::ArmClient& client_;
  std::string api_version_;
};

/// What several executions have in common: counting retries, and being in doubt after a write.
class ArmExecution : public engine::Execution {
 public:
  bool in_doubt() const override { return in_doubt_; }

 protected:
  using StepOutcome = engine::StepOutcome;
  explicit ArmExecution(ArmStep arm) : arm_(std::move(arm)) {}

  /// Sends a write: until its answer is seen the execution is in doubt.
  Reply write(http::Method method, std::string_view path, const json::Document& body,
              std::string_view operation, const Context& context);
  Reply read(std::string_view path, std::string_view operation, const Context& context,
             const Query& query = {});

  StepOutcome again(std::string progress = {}) const {
    return {.status = StepOutcome::Status::again, .progress = std::move(progress)};
  }
  StepOutcome done(std::string progress) const {
    return {.status = StepOutcome::Status::done, .progress = std::move(progress)};
  }
  StepOutcome fail(ErrorInfo error, std::string remedy = {}) const {
    return {.status = StepOutcome::Status::failed,
            .error = std::move(error),
            .remedy = std::move(remedy)};
  }
  /// How a change ends that a fresh read shows in another light; nullopt where no guard objects.
  /// `plan_again` is the command that takes the options which lift guards; empty: this one does.
  std::optional<StepOutcome> refused_by_guard(const engine::Change& fresh,
                                              const engine::Recheck& recheck,
                                              const std::string& plan_again) const;
  /// Where a job stands: `word` once it is done, else another poll, after `usual_wait` where the
  /// service names no time.
  StepOutcome stand_of(const arm::Operation& job, std::chrono::seconds usual_wait,
                       std::string_view word) const;
  /// Asks once how the job goes.
  StepOutcome follow(arm::Operation& job, std::string_view operation,
                     std::chrono::seconds usual_wait, std::string_view word,
                     const Context& context) const;
  /// The outcome of every reply that is neither an answer nor an absence.
  StepOutcome trouble(const Reply& reply) const;

  ArmStep arm_;
  bool in_doubt_ = false;
};

}  // namespace akv::kinds
