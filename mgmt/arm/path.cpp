#include "akv/mgmt/arm/path.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/http/message.hpp"

#include <algorithm>
#include <utility>

namespace akv::arm {

namespace {

constexpr std::string_view providers = "providers";

std::string_view without_first_slash(std::string_view id) {
  if (id.starts_with('/')) id.remove_prefix(1);
  return id;
}

/// Whether what follows the scope `/` or a subscription names a resource, and not a list of them:
/// behind half an id, an extension's path would be that of something else.
bool is_whole(std::string_view id) {
  const std::string_view first = id.substr(0, id.find('/'));
  if (ascii::equal(first, "subscriptions"))
    return ResourceId::parse("/" + std::string(id)).has_value();
  if (!ascii::equal(first, providers)) return true;
  const auto slashes = std::count(id.begin(), id.end(), '/');
  return slashes >= 3 && slashes % 2 == 1;
}

/// Whether the last four segments are `providers`, the type's namespace, its name, and a name.
bool is_extension(std::string_view id, std::string_view type) {
  const auto before_name = id.rfind('/');
  if (before_name == std::string_view::npos) return false;
  const std::string ending = "/" + std::string(providers) + "/" + std::string(type);
  const std::string head = "/" + std::string(id.substr(0, before_name));
  return head.size() >= ending.size() &&
         ascii::equal(std::string_view(head).substr(head.size() - ending.size()), ending);
}

}  // namespace

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

Path& Path::names(std::string_view what, std::string_view values) {
  return values.empty() ? *this : segments(what, values);
}

Path& Path::scope(std::string_view what, std::string_view id) {
  if (id == "/") return *this;
  const std::string_view relative = without_first_slash(id);
  segments(what, relative);
  if (!is_whole(relative))
    refuse("the " + std::string(what) + " is no whole id: \"" + std::string(id) + "\"");
  return *this;
}

Path& Path::extension(std::string_view what, std::string_view type, std::string_view id) {
  if (!is_extension(without_first_slash(id), type))
    refuse("the " + std::string(what) + " is not the id of a " + std::string(type) + ": \"" +
           std::string(id) + "\"");
  const std::size_t begin = path_.size();
  segments(what, without_first_slash(id));
  // As it is sent: the service gives such ids with names that hold `#` in the clear.
  if (!is_whole(std::string_view(path_).substr(begin + 1)))
    refuse("the " + std::string(what) + " is no whole id: \"" + std::string(id) + "\"");
  return *this;
}

Path& Path::segments(std::string_view what, std::string_view text) {
  for (bool more = true; more;) {
    const auto slash = text.find('/');
    path_ += '/';
    name(what, text.substr(0, slash));
    more = slash != std::string_view::npos;
    if (more) text.remove_prefix(slash + 1);
  }
  return *this;
}

void Path::refuse(std::string message) const {
  throw AzureError({.code = "InvalidArgument",
                    .message = std::move(message),
                    .operation = std::string(operation_)});
}

Path subscription_path(std::string_view operation, std::string_view subscription) {
  return Path(operation).text("/subscriptions/").name("subscription id", subscription);
}

}  // namespace akv::arm
