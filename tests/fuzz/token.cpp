// The answer of a token service, good or bad: a token, or an error that shows no secret.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/detail/token_answer.hpp"

#include <cstdlib>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  constexpr int statuses[] = {200, 400, 401, 503};
  const identity::detail::TokenQuestion question{.client_id = "c",
                                                 .tenant_id = "t",
                                                 .authority = "https://h",
                                                 .secrets = {"planted-secret"}};
  try {
    const auto token = identity::detail::read_token_answer(
        {.status = statuses[data[0] % 4], .body = body}, question, {});
    if (token.token.empty()) std::abort();
  } catch (const AuthenticationError& error) {
    if (std::string(error.what()).find("planted-secret") != std::string::npos) std::abort();
  }
  return 0;
}
