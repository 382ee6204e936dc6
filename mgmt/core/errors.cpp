#include "akv/mgmt/core/errors.hpp"

#include <utility>

namespace akv {
namespace {

std::string describe(const ErrorInfo& info) {
  std::string text = info.operation.empty() ? std::string() : info.operation + ": ";
  if (!info.code.empty())
    text += info.code;
  else if (info.status != 0)
    text += "HTTP " + std::to_string(info.status);
  if (!info.message.empty()) {
    if (!text.empty() && !text.ends_with(": ")) text += ": ";
    text += info.message;
  }
  std::string facts;
  const auto add = [&facts](const std::string& fact) {
    facts += (facts.empty() ? "" : ", ") + fact;
  };
  if (info.status != 0 && !info.code.empty()) add("HTTP " + std::to_string(info.status));
  if (!info.target.empty()) add(info.target);
  if (!info.request_id.empty()) add("request id " + info.request_id);
  if (info.attempts > 1) add(std::to_string(info.attempts) + " attempts");
  if (info.retry_after && info.status != 0)
    add("again after " + std::to_string(info.retry_after->count()) + " s");
  if (info.maybe_delivered && info.status != 0)
    add("an earlier attempt may have been carried out: read before writing again");
  if (!facts.empty()) text += " (" + facts + ")";
  return text;
}

}  // namespace

AzureError::AzureError(ErrorInfo info)
    : std::runtime_error(describe(info)), info_(std::move(info)) {}

void throw_for_status(ErrorInfo info) {
  switch (info.status) {
    case 401:
      throw AuthenticationError(std::move(info));
    case 403:
      throw ForbiddenError(std::move(info));
    case 404:
      throw NotFoundError(std::move(info));
    case 409:
    case 412:
      throw ConflictError(std::move(info));
    case 429:
      throw ThrottledError(std::move(info));
    default:
      throw AzureError(std::move(info));
  }
}

}  // namespace akv
