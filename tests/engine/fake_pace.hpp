/// A pace that a test sets, for each subscription and class. Set it before other threads use it.
#pragma once
#include "akv/mgmt/core/pace.hpp"

#include <map>
#include <string>
#include <utility>

namespace akv::test {

class FakePace final : public Pace {
 public:
  /// From `at` on the bucket lets go.
  void open_at(const std::string& subscription, RequestClass kind, Clock::SteadyTime at) {
    opens_[{subscription, kind}] = at;
  }
  Clock::SteadyTime next_slot(std::string_view subscription, RequestClass kind,
                              Clock::SteadyTime now) const override {
    const auto at = opens_.find({std::string(subscription), kind});
    return at == opens_.end() || at->second < now ? now : at->second;
  }
  Clock::SteadyTime reserve(std::string_view subscription, RequestClass kind,
                            Clock::SteadyTime now) override {
    return next_slot(subscription, kind, now);
  }
  void observe(std::string_view, RequestClass, const Observation&, Clock::SteadyTime) override {}

 private:
  std::map<std::pair<std::string, RequestClass>, Clock::SteadyTime> opens_;
};

}  // namespace akv::test
