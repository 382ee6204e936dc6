// URLs and their queries: what is read is written as the same origin; escapes go both ways.
#include "akv/mgmt/http/message.hpp"

#include <cstdlib>

using namespace akv::http;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (percent_decode(percent_encode(text)) != text) std::abort();
  (void)query_parameter(text, "api-version");
  const auto url = Url::parse(text);
  if (!url) return 0;
  if (url->host.empty() || url->path.empty() || url->port < 1 || url->port > 65535) std::abort();
  const auto again =
      Url::parse(url->origin() + url->path + (url->query.empty() ? "" : "?" + url->query));
  if (!again || again->origin() != url->origin() || again->path != url->path ||
      again->query != url->query)
    std::abort();
  return 0;
}
