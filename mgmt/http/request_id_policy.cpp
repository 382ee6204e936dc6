#include "akv/mgmt/http/policies.hpp"

namespace akv::http {
namespace {

constexpr std::string_view client_request_id = "x-ms-client-request-id";

class RequestIdPolicy final : public Policy {
 public:
  explicit RequestIdPolicy(RandomSource& random) : random_(&random) {}

  Response send(Request& request, Next next, const Context& context) const override {
    if (!request.headers.has(client_request_id))
      request.headers.set(client_request_id, new_uuid(*random_));
    return next(request, context);
  }

 private:
  RandomSource* random_;  // the caller's; outlives the policy, locks for itself
};

}  // namespace

std::unique_ptr<Policy> make_request_id_policy(RandomSource& random) {
  return std::make_unique<RequestIdPolicy>(random);
}

}  // namespace akv::http
