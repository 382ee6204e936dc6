/// The variables that credentials read, as they stood at one moment.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace akv::identity {

/// All variables of a process: what child programs (az, azd, pwsh) are started with.
using Environment = std::map<std::string, std::string, std::less<>>;
/// This process's, read now, but with the `SSL_CERT_FILE` from before http::prepare_process. Not
/// while another thread changes them.
Environment process_environment();

/// Looks a variable up; nullopt when it is not set. Credentials ask when they are made and never
/// again, and take an empty variable for one that is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view)>;
/// Over a copy of `environment`.
EnvironmentLookup lookup_in(Environment environment);

}  // namespace akv::identity
