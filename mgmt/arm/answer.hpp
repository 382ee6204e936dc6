/// From an answer to a value: which statuses are fine, and the model in the body.
#pragma once
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/json/codec.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace akv::arm {

/// Throws what throw_error does unless the status is one of `accepted`.
void expect(const http::Response& answer, std::initializer_list<int> accepted,
            std::string_view operation, std::string_view target);

/// Throws NotFoundError: the service said 204 where a resource was asked for.
[[noreturn]] void throw_no_content(const http::Response& answer, std::string_view operation,
                                   std::string_view target);
/// Throws FormatError with the operation, the request id and `reason`, for a body that cannot be
/// read although the status promised one.
[[noreturn]] void throw_unreadable(const http::Response& answer, std::string_view reason,
                                   std::string_view operation, std::string_view target);

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// The model in the body. Throws NotFoundError for 204, FormatError for a body that is not it. An
/// optional model is nullopt where there is no body.
template <class T>
T decode(const http::Response& answer, std::string_view operation, std::string_view target) {
  if constexpr (is_optional<T>) {
    if (answer.body.empty()) return std::nullopt;
    return decode<typename T::value_type>(answer, operation, target);
  } else {
    if (answer.status == 204) throw_no_content(answer, operation, target);
    std::string reason;
    try {
      return json::decode<T>(answer.body);
    } catch (const FormatError& error) {
      reason = error.info().message;
    }
    throw_unreadable(answer, reason, operation, target);
  }
}

}  // namespace akv::arm
