// What a server with a pinned certificate sends until it closes the connection.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/detail/pinned_transport.hpp"

#include <cstdlib>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  try {
    const http::Response answer =
        identity::detail::parse_answer({reinterpret_cast<const char*>(data), size});
    if (answer.body.size() > size) std::abort();
  } catch (const TransportError& error) {
    if (!error.info().maybe_delivered) std::abort();
  }
  return 0;
}
