#include "akv/mgmt/http/policies.hpp"

#include <utility>

namespace akv::http {
namespace {

class UserAgentPolicy final : public Policy {
 public:
  UserAgentPolicy(const std::string& prefix, bool telemetry) : value_(prefix) {
    if (!telemetry) return;
    if (!value_.empty()) value_ += ' ';
    value_ += "akv/" AKV_VERSION " (Linux; cpprestsdk)";
  }

  Response send(Request& request, Next next, const Context& context) const override {
    if (!value_.empty() && !request.headers.has("User-Agent"))
      request.headers.set("User-Agent", value_);
    return next(request, context);
  }

 private:
  std::string value_;  // not changed after construction
};

}  // namespace

std::unique_ptr<Policy> make_user_agent_policy(const std::string& prefix, bool telemetry) {
  return std::make_unique<UserAgentPolicy>(prefix, telemetry);
}

}  // namespace akv::http
