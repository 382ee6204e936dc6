/// How fast the service lets us go. One object is shared by all who send to a subscription.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace akv {

/// ARM keeps a bucket for each of these per subscription and principal.
enum class RequestClass { read, write, remove };

/// Safe to use from any thread. Requests to no subscription use the buckets of the tenant: they
/// have an empty `subscription`. Queries of Azure Resource Graph have a quota apart from both, and
/// `Microsoft.ResourceGraph` there.
class Pace {
 public:
  struct Observation {
    int status = 0;
    std::optional<int> remaining{};  ///< x-ms-ratelimit-remaining-subscription-…, -tenant-…
    std::optional<std::chrono::seconds> retry_after{};
    /// The answer itself says that nothing is left, and for how long (Resource Graph's quota).
    std::optional<std::chrono::seconds> empty_for{};
  };

  virtual ~Pace() = default;
  /// The same pace as one principal has it: the service keeps its buckets for each. `principal` is
  /// any word that tells them apart; as every cloud counts for itself, clients put their endpoint
  /// before it: `https://management.azure.com app`. Asked without a principal, the pace answers
  /// next_slot with the latest of all. Null, as here, from a pace that does not tell principals
  /// apart; it is then used as it is.
  virtual std::shared_ptr<Pace> of_principal(std::string_view /*principal*/) { return nullptr; }
  /// The earliest moment at which one more request may go; takes nothing.
  virtual Clock::SteadyTime next_slot(std::string_view subscription, RequestClass kind,
                                      Clock::SteadyTime now) const = 0;
  /// Takes one request from the bucket and says when it may go (never before `now`).
  virtual Clock::SteadyTime reserve(std::string_view subscription, RequestClass kind,
                                    Clock::SteadyTime now) = 0;
  /// Learns from an answer.
  virtual void observe(std::string_view subscription, RequestClass kind, const Observation& seen,
                       Clock::SteadyTime now) = 0;
};

}  // namespace akv
