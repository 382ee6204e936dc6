#include "akv/provision/engine/detail/selection.hpp"

#include <algorithm>

namespace akv::engine::detail {
namespace {

bool any_glob(const std::vector<std::string>& globs, std::string_view name) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_matches(glob, name); });
}

}  // namespace

bool is_selected(const PlanOptions& options, std::string_view name) {
  return (options.target.empty() || any_glob(options.target, name)) &&
         !any_glob(options.exclude, name);
}

void warn_of_idle_globs(const PlanOptions& options, const Deployment& deployment,
                        std::vector<std::string>& warnings) {
  const auto check = [&](std::string_view option, const std::vector<std::string>& globs) {
    for (const std::string& glob : globs)
      if (std::none_of(deployment.objects.begin(), deployment.objects.end(),
                       [&](const Desired& d) { return glob_matches(glob, d.name); }))
        warnings.push_back(std::string(option) + " " + glob + " matches nothing in the manifest");
  };
  check("--target", options.target);
  check("--exclude", options.exclude);
}

}  // namespace akv::engine::detail
