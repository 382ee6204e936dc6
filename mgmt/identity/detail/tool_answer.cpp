#include "akv/mgmt/identity/detail/tool_answer.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/time.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <iomanip>
#include <sstream>

namespace akv::identity::detail {
namespace {

/// Takes the next line from `text`, without blanks around it.
std::string_view take_line(std::string_view& text) {
  const std::size_t length = std::min(text.find('\n'), text.size());
  const std::string_view line = ascii::trim(text.substr(0, length));
  text.remove_prefix(std::min(text.size(), length + 1));
  return line;
}

/// nullopt for what is not JSON.
std::optional<json::Document> parse(std::string_view out) {
  try {
    return json::Document::parse(out);
  } catch (const FormatError&) {
    return std::nullopt;
  }
}

std::optional<ToolToken> token_until(std::string_view token,
                                     const std::optional<Clock::SystemTime>& end) {
  if (!end) return std::nullopt;
  return ToolToken{.token = std::string(token), .expires_on = *end};
}

std::optional<Clock::SystemTime> since_1970(std::int64_t seconds) {
  // The year 2200, far from where the clock's own count ends.
  constexpr std::int64_t latest = 7258118400;
  if (seconds <= 0 || seconds >= latest) return std::nullopt;
  return Clock::SystemTime(std::chrono::seconds(seconds));
}

/// `2023-07-17 22:03:55.000000`
std::optional<Clock::SystemTime> parse_local_time(std::string_view text) {
  std::tm parts{};
  std::istringstream in{std::string(text.substr(0, text.find('.')))};
  in >> std::get_time(&parts, "%Y-%m-%d %H:%M:%S");
  if (in.fail()) return std::nullopt;
  parts.tm_isdst = -1;
  return since_1970(std::mktime(&parts));
}

}  // namespace

std::optional<ToolToken> read_az_answer(std::string_view out) {
  const auto answer = parse(out);
  if (!answer) return std::nullopt;
  auto end = since_1970((*answer)["expires_on"].int_or(0));
  if (!end) end = parse_local_time((*answer)["expiresOn"].string_or());
  return token_until((*answer)["accessToken"].string_or(), end);
}

std::optional<ToolToken> read_azd_answer(std::string_view out) {
  const auto answer = parse(out);
  if (!answer) return std::nullopt;
  return token_until((*answer)["token"].string_or(),
                     time::parse_rfc3339((*answer)["expiresOn"].string_or()));
}

std::optional<ToolToken> read_pwsh_answer(std::string_view out) {
  while (!out.empty()) {
    std::string_view line = take_line(out);
    if (!line.starts_with(pwsh_mark)) continue;
    line.remove_prefix(pwsh_mark.size());
    const auto blank = line.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const std::string_view digits = line.substr(blank + 1);
    std::int64_t end = 0;
    const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), end);
    if (error != std::errc() || at != digits.data() + digits.size()) return std::nullopt;
    return token_until(line.substr(0, blank), since_1970(end));
  }
  return std::nullopt;
}

std::string read_tool_messages(std::string_view printed) {
  std::string all;
  while (!printed.empty()) {
    const std::string_view line = take_line(printed);
    if (!line.starts_with('{')) continue;
    const auto event = parse(line);
    if (!event) continue;
    std::string_view said;
    for (const json::Document* at : {&(*event)["data"]["message"], &(*event)["error"]["message"],
                                     &(*event)["error"], &(*event)["message"]})
      if (said.empty()) said = at->string_or();
    while (!said.empty())
      if (const std::string_view words = take_line(said); !words.empty())
        all.append(all.empty() ? "" : "; ").append(words);
  }
  return all;
}

}  // namespace akv::identity::detail
