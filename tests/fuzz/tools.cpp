// What az, azd and pwsh print where a token is asked for, and what they say of a failure. The first
// byte chooses.
#include "akv/mgmt/identity/detail/tool_answer.hpp"

#include <cstdlib>

using namespace akv;
using namespace akv::identity::detail;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view printed(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 4 == 3) {
    if (read_tool_messages(printed).find_first_of("\r\n") != std::string::npos) std::abort();
    return 0;
  }
  constexpr std::optional<ToolToken> (*readers[])(std::string_view) = {
      read_az_answer, read_azd_answer, read_pwsh_answer};
  const auto token = readers[data[0] % 4](printed);
  // The time is one that can be counted with.
  if (token && token->expires_on - std::chrono::hours(24 * 366 * 50) > token->expires_on)
    std::abort();
  return 0;
}
