#include "akv/mgmt/arm/path.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/message.hpp"

namespace akv::arm {

void check_segment(std::string_view value, std::string_view what, std::string_view operation) {
  if (!value.empty() && value != "." && value != "..") return;
  // With an empty or dotted segment the URL of a vault is that of its group, or of all vaults.
  throw AzureError(
      {.code = "InvalidArgument",
       .message = "the " + std::string(what) +
                  (value.empty() ? " is empty" : " cannot be \"" + std::string(value) + "\""),
       .operation = std::string(operation)});
}

Path& Path::text(std::string_view fixed) {
  path_ += fixed;
  return *this;
}

Path& Path::name(std::string_view what, std::string_view value) {
  check_segment(value, what, operation_);
  path_ += http::percent_encode(value);
  return *this;
}

Path subscription_path(std::string_view operation, std::string_view subscription) {
  return Path(operation).text("/subscriptions/").name("subscription id", subscription);
}

}  // namespace akv::arm
