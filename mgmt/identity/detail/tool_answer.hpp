/// What the developers' tools print.
#pragma once
#include "akv/mgmt/core/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace akv::identity::detail {

struct ToolToken {
  std::string token;  ///< As it was printed: any text, also an empty one.
  Clock::SystemTime expires_on{};
};

/// The token in what a tool printed, with the end that it names (before the year 2200); nullopt
/// where there is none that can be read.

/// `az account get-access-token`: JSON with `expires_on` in seconds since 1970 or, before 2.54,
/// only with `expiresOn` in the machine's own time zone.
std::optional<ToolToken> read_az_answer(std::string_view out);
/// `azd auth token`: JSON with `expiresOn` in UTC.
std::optional<ToolToken> read_azd_answer(std::string_view out);
/// Our script for pwsh: a line of `pwsh_mark`, the token, a blank and the seconds since 1970, among
/// lines of others.
inline constexpr std::string_view pwsh_mark = "akv-token ";
std::optional<ToolToken> read_pwsh_answer(std::string_view out);

/// What a tool says of its failure where it prints that as JSON, an object a line, as azd does with
/// `--output json`: `{"type":"consoleMessage","data":{"message":"ERROR: …"}}` in one version,
/// `{"error":"…"}` or `{"message":"…"}` in others. Its messages, each in one line and without blank
/// ones, with "; " between them; empty where there are none.
std::string read_tool_messages(std::string_view printed);

}  // namespace akv::identity::detail
