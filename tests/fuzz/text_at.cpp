// The quick look gives what reading the text gives, wherever that can be read.
#include "akv/mgmt/json/text_at.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/codec.hpp"

#include <cstdlib>

using namespace akv;

namespace {

struct Properties {
  Field<std::string> provisioning_state{};
  static std::span<const json::FieldInfo> json_fields() {
    static constexpr json::FieldInfo list[] = {
        json::field<&Properties::provisioning_state>("provisioningState")};
    return list;
  }
};

struct Resource {
  Field<Properties> properties{};
  static std::span<const json::FieldInfo> json_fields() {
    static constexpr json::FieldInfo list[] = {json::field<&Resource::properties>("properties")};
    return list;
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string seen = json::text_at(text, {"properties", "provisioningState"});
  try {
    const auto read = json::decode<Resource>(text);
    const std::string state =
        read.properties ? read.properties->provisioning_state.value_or("") : std::string();
    if (state != seen) std::abort();
  } catch (const FormatError&) {
  }
  return 0;
}
