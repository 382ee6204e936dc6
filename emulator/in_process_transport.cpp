#include "akv/emulator/delivery.hpp"
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"

#include <utility>

namespace akv::emulator {
namespace {

class InProcessTransport final : public http::Transport {
 public:
  explicit InProcessTransport(std::shared_ptr<Emulator> emulator)
      : emulator_(std::move(emulator)) {}

  http::Response send(const http::Request& request, const Context& context) override {
    context.check();
    Delivery delivery;
    http::Response response = emulator_->handle(request, delivery);
    if (delivery.delay.count() > 0) context.wait(delivery.delay);
    if (delivery.bytes_per_second > 0)
      context.wait(
          std::chrono::milliseconds(1000 * response.body.size() / delivery.bytes_per_second));
    // The reply is lost, and the work may have been done.
    if (response.status == 0 ||
        (delivery.truncate_after && *delivery.truncate_after < response.body.size()))
      throw TransportError({.message = "the connection was closed before an answer came",
                            .target = redact::url(request.url),
                            .operation = request.operation,
                            .maybe_delivered = true});
    return response;
  }

 private:
  std::shared_ptr<Emulator> emulator_;
};

}  // namespace

std::shared_ptr<http::Transport> make_in_process_transport(std::shared_ptr<Emulator> emulator) {
  return std::make_shared<InProcessTransport>(std::move(emulator));
}

}  // namespace akv::emulator
