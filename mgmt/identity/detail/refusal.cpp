#include "akv/mgmt/identity/detail/refusal.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/message.hpp"

#include <utility>

namespace akv::identity::detail {
namespace {

constexpr std::size_t max_quoted_bytes = 300;

ErrorInfo sign_in(std::string message, std::string target) {
  return {.message = std::move(message),
          .target = std::move(target),
          .operation = "sign-in",
          .attempts = 0};
}

}  // namespace

void refuse(std::string message, std::string target) {
  throw AuthenticationError(sign_in(std::move(message), std::move(target)));
}

void unavailable(std::string message, std::string target) {
  throw CredentialUnavailableError(sign_in(std::move(message), std::move(target)));
}

void need_person() {
  throw InteractionRequiredError(
      sign_in("a person has to sign in again, which can wait until the last token has ended", {}));
}

void give_way() { unavailable("another sign-in is under way, and nobody needs this token yet"); }

std::string quotable(std::string_view text, const std::vector<std::string>& secrets) {
  text = ascii::trim(text);
  std::string line(text.substr(0, text.find_first_of("\r\n")));
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    for (const std::string& spelling : {secret, http::percent_encode(secret)})
      for (auto at = line.find(spelling); at != std::string::npos; at = line.find(spelling, at))
        line.replace(at, spelling.size(), redact::mask);
  }
  // After them: cut short by the redactor, a secret would no longer be found.
  line = redact::text(line);
  if (line.size() > max_quoted_bytes) line = line.substr(0, max_quoted_bytes) + "...";
  return line;
}

}  // namespace akv::identity::detail
