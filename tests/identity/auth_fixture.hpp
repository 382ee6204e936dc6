/// The policy that puts tokens on requests, with a credential and a service that a test scripts.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/auth_policy.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace akv::test {

/// Gives `token-1`, `token-2`, … with the life it is told, or fails as told.
class ScriptedCredential final : public identity::TokenCredential {
 public:
  identity::AccessToken get_token(const identity::TokenRequest& request,
                                  const Context& context) override {
    std::unique_lock lock(mutex_);
    ++asked;
    last = request;
    arrived_.notify_all();
    released_.wait(lock, [this] { return !held_; });
    deadline = context.deadline;
    if (failure) failure();
    const auto now = context.clock->now();
    return {.token = fixed.empty() ? "token-" + std::to_string(asked) : fixed,
            .expires_on = now + life,
            .refresh_on = now + refresh};
  }
  std::string describe() const override { return "scripted"; }

  void hold() {
    std::lock_guard lock(mutex_);
    held_ = true;
  }
  void release() {
    std::lock_guard lock(mutex_);
    held_ = false;
    released_.notify_all();
  }
  void wait_until_asked(int times) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return asked >= times; });
  }

  // Set while nobody asks; `asked` and `last` are read after those who asked are done.
  std::chrono::seconds life{3600}, refresh{3000};
  std::function<void()> failure;
  std::optional<Clock::SteadyTime> deadline;
  std::string fixed;
  int asked = 0;
  identity::TokenRequest last;

 private:
  std::mutex mutex_;  // guards held_, asked and last
  std::condition_variable arrived_, released_;
  bool held_ = false;
};

inline constexpr const char* scope = "https://management.azure.com/.default";

struct AuthFixture {
  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();
  std::shared_ptr<ScriptedCredential> credential = std::make_shared<ScriptedCredential>();
  FakeClock clock;
  Context context{.clock = &clock};
  http::Pipeline pipeline{policies(), transport};

  std::vector<std::unique_ptr<http::Policy>> policies() {
    std::vector<std::unique_ptr<http::Policy>> list;
    list.push_back(identity::make_auth_policy(credential, scope));
    return list;
  }
  http::Response send(std::string url = "https://h/x") {
    return pipeline.send({.url = std::move(url)}, context);
  }
  std::string token_sent(std::size_t i) const {
    return std::string(transport->requests().at(i).headers.get("Authorization").value());
  }
};

[[noreturn]] inline void refuse() {
  throw AuthenticationError({.code = "AADSTS7000222", .message = "expired"});
}

}  // namespace akv::test
