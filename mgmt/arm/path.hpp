/// Paths of requests, built from names that somebody typed.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace akv::arm {

/// Throws AzureError with code `InvalidArgument` for a name that would address something else than
/// it says: empty, `.` or `..`.
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
  std::string str() const { return path_; }

 private:
  std::string_view operation_;
  std::string path_;
};

/// `/subscriptions/{subscription}`
Path subscription_path(std::string_view operation, std::string_view subscription);

}  // namespace akv::arm
