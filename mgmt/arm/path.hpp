/// Paths of requests, built from names that somebody typed.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace akv::arm {

/// Throws AzureError with code `InvalidArgument` for a name that would address something else than
/// it says: empty, `.` or `..`. So do all functions of Path that take a name or an id.
void check_segment(std::string_view value, std::string_view what, std::string_view operation);

/// A path that starts with `/`: fixed text as it is, names checked and percent-encoded.
///
///     Path("Vaults.get").text("/subscriptions/").name("subscription id", id).str()
class Path {
 public:
  /// `operation` is for messages and must outlive the Path.
  explicit Path(std::string_view operation) : operation_(operation) {}
  Path& text(std::string_view fixed);
  Path& name(std::string_view what, std::string_view value);
  /// Names with slashes between them, such as `vaults/kv`: each is checked. Empty adds nothing.
  Path& names(std::string_view what, std::string_view values);
  /// The ARM id of anything that can have extension resources, with or without its first slash:
  /// `/subscriptions/…`, `/providers/Microsoft.Management/managementGroups/…`. `/` is the tenant
  /// and adds nothing.
  Path& scope(std::string_view what, std::string_view id);
  /// The id of an extension resource, likewise; `type` is
  /// `Microsoft.Authorization/roleAssignments`. Refuses the id of anything else: a DELETE by the id
  /// of a vault would delete the vault.
  Path& extension(std::string_view what, std::string_view type, std::string_view id);
  std::string str() const { return path_; }

 private:
  Path& segments(std::string_view what, std::string_view text);
  [[noreturn]] void refuse(std::string message) const;

  std::string_view operation_;
  std::string path_;
};

/// `/subscriptions/{subscription}`
Path subscription_path(std::string_view operation, std::string_view subscription);

}  // namespace akv::arm
