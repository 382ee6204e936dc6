/// A scripted transport: answers in the order given, and keeps what was asked.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/pipeline.hpp"

#include <deque>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace akv::test {

class FakeTransport final : public http::Transport {
 public:
  FakeTransport& reply(int status, http::Headers headers = {}, std::string body = {}) {
    return then([=](const http::Request&) { return http::Response{status, headers, body}; });
  }
  FakeTransport& fail(bool maybe_delivered) {
    return then([=](const http::Request&) -> http::Response {
      throw TransportError({.message = "connection reset", .maybe_delivered = maybe_delivered});
    });
  }
  FakeTransport& then(std::function<http::Response(const http::Request&)> answer) {
    std::lock_guard lock(mutex_);
    script_.push_back(std::move(answer));
    return *this;
  }

  http::Response send(const http::Request& request, const Context&) override {
    std::function<http::Response(const http::Request&)> answer;
    {
      std::lock_guard lock(mutex_);
      requests_.push_back(request);
      if (script_.empty())
        throw std::logic_error("the script has no answer left for " + request.url);
      answer = std::move(script_.front());
      script_.pop_front();
    }
    return answer(request);
  }
  std::vector<http::Request> requests() const {
    std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  // mutex_ guards both.
  mutable std::mutex mutex_;
  std::deque<std::function<http::Response(const http::Request&)>> script_;
  std::vector<http::Request> requests_;
};

}  // namespace akv::test
