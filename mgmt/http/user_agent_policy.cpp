#include "akv/mgmt/http/policies.hpp"

#include <utility>

namespace akv::http {
namespace {

class UserAgentPolicy final : public Policy {
 public:
  explicit UserAgentPolicy(const std::string& prefix)
      : value_((prefix.empty() ? "" : prefix + " ") + "akv/" AKV_VERSION " (Linux; cpprestsdk)") {}

  Response send(Request& request, Next next, const Context& context) const override {
    if (!request.headers.has("User-Agent")) request.headers.set("User-Agent", value_);
    return next(request, context);
  }

 private:
  const std::string value_;
};

}  // namespace

std::unique_ptr<Policy> make_user_agent_policy(const std::string& prefix) {
  return std::make_unique<UserAgentPolicy>(prefix);
}

}  // namespace akv::http
