#include "akv/mgmt/arm/answer.hpp"

#include "akv/mgmt/arm/client.hpp"

#include <algorithm>

namespace akv::arm {

void expect(const http::Response& answer, std::initializer_list<int> accepted,
            std::string_view operation, std::string_view target) {
  if (std::find(accepted.begin(), accepted.end(), answer.status) == accepted.end())
    throw_error(answer, operation, target);
}

void throw_no_content(const http::Response& answer, std::string_view operation,
                      std::string_view target) {
  ErrorInfo info = error_info(answer, operation, target);
  info.message = "the service answered that there is no such resource";
  throw NotFoundError(std::move(info));
}

void throw_unreadable(const http::Response& answer, std::string_view reason,
                      std::string_view operation, std::string_view target) {
  ErrorInfo info = error_info(answer, operation, target);
  info.code = "UnreadableAnswer";
  info.message = "the service's answer cannot be read: " + std::string(reason);
  throw FormatError(std::move(info));
}

}  // namespace akv::arm
