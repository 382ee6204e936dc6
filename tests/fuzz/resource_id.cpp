// An id that is read is written as the same id.
#include "akv/mgmt/core/resource_id.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto id = akv::ResourceId::parse(text))
    if (!akv::ascii::equal(id->to_string(), text) || id->name().empty() || id->type().empty())
      std::abort();
  return 0;
}
