// Neither runs past the text, whatever it is.
#include "akv/mgmt/core/redact.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)akv::redact::url(text);
  (void)akv::redact::text(akv::redact::text(text));
  return 0;
}
