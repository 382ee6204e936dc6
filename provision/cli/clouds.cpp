#include "akv/provision/cli/clouds.hpp"

#include "akv/mgmt/json/document.hpp"
#include "akv/provision/cli/arguments.hpp"
#include "akv/provision/cli/input_file.hpp"
#include "akv/provision/manifest/suggest.hpp"

namespace akv::cli {
namespace {

arm::Cloud from_url(const std::string& url, const std::shared_ptr<http::Transport>& transport,
                    const Context& context) {
  const auto parts = http::Url::parse(url);
  if (!parts || parts->scheme != "https")
    throw UsageError("--cloud " + manifest::quoted(url) + " is not an https URL",
                     "a token goes over https only");
  arm::Cloud cloud = arm::discover_cloud(url, transport, context);
  // As it was asked for: a name in the answer may be the same for two of them.
  cloud.name = parts->authority();
  return cloud;
}

arm::Cloud from_file(const std::string& name, const std::string& text) {
  if (text.size() > arm::max_cloud_metadata_bytes)
    throw FormatError({.message = "a description of a cloud has at most 1 MiB", .target = name});
  const json::Document document = json::Document::parse(text);
  const json::Document& cloud =
      document.is_array() && document.size() > 0 ? document.as_array().front() : document;
  const std::string manager(cloud["resourceManager"].string_or());
  if (!manager.starts_with("https://"))
    throw FormatError({.message = "its resourceManager is missing or no https URL",
                       .target = name,
                       .operation = "Cloud.metadata"});
  arm::Cloud out = arm::cloud_from_metadata(text, manager);
  if (const std::string_view given = cloud["name"].string_or(); !given.empty()) out.name = given;
  return out;
}

/// The text without what may be a user and password, wherever they seem to end: a password may hold
/// any character, an `@`, `/` or `?` among them.
[[noreturn]] void refuse_password(const std::string& where) {
  throw UsageError("--cloud " + manifest::quoted("..." + where.substr(where.rfind('@'))) +
                       " must not hold a user and password",
                   "akv signs in with a credential of its own; leave out what stands before the @");
}

}  // namespace

arm::Cloud resolve_cloud(const std::string& where,
                         const std::shared_ptr<http::Transport>& transport,
                         const Context& context) {
  if (const auto known = arm::find_cloud(where)) return *known;
  const bool has_user = where.find('@') != std::string::npos;
  const bool is_url = where.find("://") != std::string::npos;
  if (is_url && has_user) refuse_password(where);
  if (is_url) return from_url(where, transport, context);
  if (const auto text = read_input(where, arm::max_cloud_metadata_bytes, context.stop).text)
    return from_file(where, *text);
  if (has_user) refuse_password(where);
  static constexpr std::string_view names[] = {"AzureCloud", "AzureChinaCloud",
                                               "AzureUSGovernment"};
  throw UsageError(
      "--cloud " + manifest::quoted(where) + " is no cloud, file or URL",
      manifest::did_you_mean(where, names, "the clouds are " + manifest::list_of(names)));
}

}  // namespace akv::cli
