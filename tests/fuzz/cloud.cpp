// A cloud's description, as an endpoint gives it: whatever is read can be signed in to.
#include "akv/mgmt/arm/client.hpp"

#include <cstdlib>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const arm::Cloud cloud = arm::cloud_from_metadata(text, "https://management.lab.example/");
    const auto authority = http::Url::parse(cloud.authority_host);
    // Paths are appended, and with them a secret is sent.
    if (!authority || authority->scheme != "https") std::abort();
    const auto tenant = http::Url::parse(cloud.authority_host + "/tenant");
    if (!tenant || tenant->origin() != authority->origin() || !tenant->path.ends_with("/tenant"))
      std::abort();
    if (cloud.resource_manager != "https://management.lab.example") std::abort();
    if (cloud.audience.ends_with('/')) std::abort();
  } catch (const FormatError& error) {
    if (error.info().message.empty()) std::abort();
  }
  return 0;
}
