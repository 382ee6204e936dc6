#include "akv/emulator/detail/sign_in_errors.hpp"

#include "akv/mgmt/core/time.hpp"

#include <utility>

namespace akv::emulator {

using json::Document;

http::Response sign_in_response(int status, const Document& body) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"Cache-Control", "no-store, no-cache"},
                      {"Pragma", "no-cache"}},
          .body = body.dump()};
}

std::string shown(std::string_view text) {
  std::string result;
  for (char c : text.substr(0, 128)) result += (c > ' ' && c < 127 && c != '\'') ? c : '?';
  return result;
}

SignInErrors::SignInErrors(const http::Request& request, Clock::SystemTime now,
                           RandomSource& random)
    : now_(time::format_rfc3339(now)), trace_(new_uuid(random)) {
  auto url = http::Url::parse(request.url).value_or(http::Url{});
  auto sent = request.headers.get("client-request-id");
  std::string id(sent ? std::string(*sent)
                      : http::query_parameter(url.query, "client-request-id").value_or(""));
  correlation_ = is_uuid(id) ? id : new_uuid(random);
  now_[10] = ' ';  // this service writes `2021-03-01 20:00:25Z`
}

http::Response SignInErrors::operator()(int status, const char* error, int code,
                                        const std::string& text) const {
  std::string description = "AADSTS" + std::to_string(code) + ": " + text +
                            "\r\nTrace ID: " + trace_ + "\r\nCorrelation ID: " + correlation_ +
                            "\r\nTimestamp: " + now_;
  return sign_in_response(status, Document::object({{"error", error},
                                                    {"error_description", std::move(description)},
                                                    {"error_codes", Document::array({code})},
                                                    {"timestamp", now_},
                                                    {"trace_id", trace_},
                                                    {"correlation_id", correlation_}}));
}

http::Response SignInErrors::missing(std::string_view parameter) const {
  return (*this)(
      400, "invalid_request", 900144,
      "The request body must contain the following parameter: '" + std::string(parameter) + "'.");
}

http::Response SignInErrors::unknown_tenant(std::string_view tenant) const {
  return (*this)(400, "invalid_request", 90002,
                 "Tenant '" + shown(tenant) +
                     "' not found. Check to make sure you have the correct tenant ID and are "
                     "signing into the correct cloud. Check with your subscription administrator, "
                     "this may happen if there are no active subscriptions for the tenant.");
}

}  // namespace akv::emulator
