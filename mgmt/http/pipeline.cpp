#include "akv/mgmt/http/pipeline.hpp"

#include <cassert>
#include <utility>

namespace akv::http {

Response Next::operator()(Request& request, const Context& context) const {
  if (policy_ == end_) return transport_->send(request, context);
  return (*policy_)->send(request, Next(policy_ + 1, end_, transport_), context);
}

Pipeline::Pipeline(std::vector<std::unique_ptr<Policy>> policies,
                   std::shared_ptr<Transport> transport)
    : policies_(std::move(policies)), transport_(std::move(transport)) {
  assert(transport_);
}

Response Pipeline::send(Request request, const Context& context) const {
  context.check();
  const auto* first = policies_.data();
  return Next(first, first + policies_.size(), transport_.get())(request, context);
}

}  // namespace akv::http
