// Any body of a failed answer gives an error that can be shown: short, and valid in one line. Any
// headers of it give a pace that can be kept.
#include "akv/mgmt/arm/client.hpp"
#include "support/fake_clock.hpp"

#include <cstdlib>
#include <iterator>

using namespace akv;

namespace {

class Answers final : public http::Transport {
 public:
  explicit Answers(const http::Response& answer) : answer_(answer) {}
  http::Response send(const http::Request&, const Context&) override { return answer_; }

 private:
  const http::Response& answer_;  // of the input, which outlives this
};

class Watched final : public Pace {
 public:
  Clock::SteadyTime next_slot(std::string_view, RequestClass,
                              Clock::SteadyTime now) const override {
    return now;
  }
  Clock::SteadyTime reserve(std::string_view, RequestClass, Clock::SteadyTime now) override {
    return now;
  }
  void observe(std::string_view, RequestClass, const Observation& seen,
               Clock::SteadyTime) override {
    if (seen.remaining && *seen.remaining < 0) std::abort();
    if (seen.retry_after && seen.retry_after->count() < 0) std::abort();
    if (seen.empty_for &&
        (seen.empty_for->count() < 0 || *seen.empty_for > std::chrono::hours(102)))
      std::abort();
  }
};

void keep_pace(const http::Response& answer) {
  const test::FakeClock clock;
  std::vector<std::unique_ptr<http::Policy>> policies;
  policies.push_back(http::make_throttle_policy(std::make_shared<Watched>(), nullptr, clock));
  const http::Pipeline pipeline(std::move(policies), std::make_shared<Answers>(answer));
  const Context context{.clock = &clock};
  for (const auto method : {http::Method::get, http::Method::put, http::Method::del})
    for (const char* const url : {"https://h/subscriptions/s/x", "https://h/x"})
      (void)pipeline.send({.method = method, .url = url}, context);
  (void)pipeline.send({.method = http::Method::post,
                       .url = "https://h/providers/Microsoft.ResourceGraph/resources"},
                      context);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Half of them have headers of the same stuff.
  http::Response answer{.status = data[0] % 2 ? 409 : 503, .body = body};
  if (data[0] % 4 > 1)
    answer.headers = {{"Retry-After", body.substr(0, 64)},
                      {"Date", body.substr(0, 32)},
                      {"x-ms-request-id", body.substr(0, 128)},
                      {"x-ms-ratelimit-remaining-subscription-reads", body.substr(0, 24)},
                      {"x-ms-ratelimit-remaining-subscription-global-writes", body.substr(0, 12)},
                      {"x-ms-ratelimit-remaining-tenant-deletes", body.substr(0, 6)},
                      {"x-ms-user-quota-remaining", "0"},
                      {"x-ms-user-quota-resets-after", body.substr(0, 8)},
                      {"x-ms-retry-after-ms", body.substr(0, 20)}};
  keep_pace(answer);
  const ErrorInfo info = arm::error_info(answer, "Fuzz.run", "/x");
  if (info.message.empty() || info.message.size() > 8192 || info.code.size() > 1024) std::abort();
  if (info.retry_after && info.retry_after->count() < 0) std::abort();
  return 0;
}
