// What comes to the loopback address to which a browser is sent back.
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/identity/detail/loopback_redirect.hpp"

#include <cstdlib>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto query = identity::detail::redirect_query({reinterpret_cast<const char*>(data), size});
  if (!query) return 0;
  if (query->find_first_of(" \r\n") != std::string::npos) std::abort();
  for (const char* const name : {"state", "code", "error", "error_description"})
    (void)http::query_parameter(*query, name);
  return 0;
}
