// Any body of a failed answer gives an error that can be shown: short, and valid in one line.
#include "akv/mgmt/arm/client.hpp"

#include <cstdlib>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Half of them have headers of the same stuff.
  http::Response answer{.status = data[0] % 2 ? 409 : 503, .body = body};
  if (data[0] % 4 > 1)
    answer.headers = {{"Retry-After", body.substr(0, 64)},
                      {"Date", body.substr(0, 32)},
                      {"x-ms-request-id", body.substr(0, 128)}};
  const ErrorInfo info = arm::error_info(answer, "Fuzz.run", "/x");
  if (info.message.empty() || info.message.size() > 8192 || info.code.size() > 1024) std::abort();
  if (info.retry_after && info.retry_after->count() < 0) std::abort();
  return 0;
}
