// Resume tokens, and the headers and bodies that an operation follows. The input is lines: a header
// `Name: value` each, or a body. A token that is read is written as one that reads the same.
#include "akv/mgmt/arm/operation.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <string>

using namespace akv;
using arm::FinalState;
using arm::Operation;

namespace {

void same_again(const Operation& operation) {
  const std::string token = operation.resume_token();
  const Operation again = Operation::resume(token);
  if (again.status() != operation.status() || again.resume_token() != token) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  try {
    const Operation operation = Operation::resume(text);
    same_again(operation);
  } catch (const FormatError&) {
  }

  constexpr http::Method methods[] = {http::Method::put, http::Method::post, http::Method::patch,
                                      http::Method::del};
  constexpr int statuses[] = {200, 201, 202, 204, 404, 409, 500, 302};
  http::Response answer;
  std::string_view rest = text;
  bool begun = false;
  Operation operation = Operation::start(http::Method::put, "https://h/r", {.status = 202},
                                         FinalState::none, {});
  for (std::size_t turn = 0; !rest.empty() && turn < 64; ++turn) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos && colon < 24 && !line.starts_with('{')) {
      answer.headers.set(line.substr(0, colon), std::string(line.substr(colon + 2)));
      continue;
    }
    answer.body = line;
    answer.status = statuses[(data[1] + turn) % std::size(statuses)];
    if (!begun) {
      if (answer.status / 100 != 2) answer.status = 202;
      operation = Operation::start(methods[data[0] % 4], "https://h/r", answer,
                                   static_cast<FinalState>(data[0] / 4 % 3), {});
      begun = true;
    } else {
      operation.advance(answer, {});
    }
    if (operation.status() == Operation::Status::in_progress && operation.poll_url().empty())
      std::abort();
    if (operation.wait(std::chrono::seconds(1)).count() < 0) std::abort();
    answer = {};
  }
  // A text that is no UTF-8 cannot stand in a token; headers of an answer may hold it.
  try {
    same_again(operation);
  } catch (const FormatError&) {
  }
  return 0;
}
