// What a model was decoded from, unknown members included, is encoded to something that decodes to
// the same.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/codec.hpp"
#include "support/small_model.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using akv::test::Machine;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const akv::json::EncodeOptions all{.keep_read_only = true};
  try {
    const std::string once = akv::json::encode(akv::json::decode<Machine>(text), all);
    if (akv::json::encode(akv::json::decode<Machine>(once), all) != once) std::abort();
  } catch (const akv::FormatError&) {
  }
  return 0;
}
