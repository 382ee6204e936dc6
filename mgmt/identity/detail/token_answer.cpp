#include "akv/mgmt/identity/detail/token_answer.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/identity/detail/refusal.hpp"
#include "akv/mgmt/identity/detail/token_end.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace akv::identity::detail {
namespace {

using std::chrono::seconds;

constexpr std::size_t max_answer_bytes = std::size_t{1} << 20;
constexpr seconds max_life = std::chrono::hours(24 * 366);
// Ahead of the end, where the service does not say when: long enough for a few failed attempts.
constexpr seconds refresh_ahead = std::chrono::minutes(5);

json::Document parse(const std::string& body) {
  if (body.size() > max_answer_bytes) return {};
  try {
    return json::Document::parse(body);
  } catch (const FormatError&) {
    return {};  // a gateway's HTML, or half an answer: the status is all there is to tell
  }
}

/// Managed identities give numbers as texts, the others as numbers. Within a thousand years of
/// 1970, so that it can be counted with.
seconds integer_in(const json::Document& value) {
  constexpr std::int64_t far_away = std::int64_t{1000} * 366 * 86400;
  std::int64_t number = value.int_or(0);
  const std::string_view text = value.string_or();
  if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), number);
  return seconds(std::clamp(number, -far_away, far_away));
}
seconds seconds_in(const json::Document& value) {
  return std::clamp(integer_in(value), seconds(0), max_life);
}

/// Since 1970; also of a date in words.
seconds end_in(const json::Document& value) {
  if (const auto date = parse_token_end(value.string_or()))
    return std::chrono::duration_cast<seconds>(date->time_since_epoch());
  return integer_in(value);
}

/// `AADSTS7000215`, from `error_codes` or else from the text; empty where neither says.
std::string code_of(const json::Document& answer) {
  const json::Document& codes = answer["error_codes"];
  if (codes.is_array() && codes.size() > 0)
    if (const auto code = codes.as_array().front().int_or(0); code > 0)
      return "AADSTS" + std::to_string(code);
  const std::string_view text = answer["error_description"].string_or();
  const auto begin = text.find("AADSTS");
  if (begin == std::string_view::npos) return {};
  auto end = begin + 6;
  while (end < text.size() && end < begin + 20 && text[end] >= '0' && text[end] <= '9') ++end;
  return std::string(text.substr(begin, end - begin));
}

std::string explain(const std::string& code, const json::Document& answer, int status,
                    const TokenQuestion& question) {
  const std::string application = "application " + question.client_id;
  const std::string tenant = "tenant " + question.tenant_id;
  if (code == "AADSTS7000215")
    return "the secret of " + application +
           " is wrong; set AZURE_CLIENT_SECRET to the secret's value, not to its id";
  if (code == "AADSTS7000222")
    return "the secret of " + application +
           " has expired; make a new one and set AZURE_CLIENT_SECRET to its value";
  if (code == "AADSTS700016")
    return application + " is not known in " + tenant +
           "; check AZURE_CLIENT_ID and AZURE_TENANT_ID, and that the application was added to "
           "that tenant";
  if (code == "AADSTS90002")
    return tenant + " is not known at " + question.authority +
           "; check AZURE_TENANT_ID, and AZURE_AUTHORITY_HOST if the tenant is in another cloud";
  if (code == "AADSTS700027")
    return "the certificate is not one of " + application +
           "; upload it to the application, or check AZURE_CLIENT_CERTIFICATE_PATH";
  if (code == "AADSTS70021" || code == "AADSTS700211" || code == "AADSTS700212" ||
      code == "AADSTS700213")
    return application + " trusts no federated credential like the one that was presented (" +
           code + "); compare issuer, subject and audience of its federated credentials";
  const std::string_view said = answer["error_description"].string_or(answer["error"].string_or());
  if (!said.empty())
    return question.authority + " refuses a token for " + application + ": " +
           quotable(said, question.secrets);
  return question.authority + " answered HTTP " + std::to_string(status) +
         " without a token and without a reason; check AZURE_AUTHORITY_HOST";
}

[[noreturn]] void refuse_with(const http::Response& response, const json::Document& answer,
                              const TokenQuestion& question) {
  ErrorInfo info{.status = response.status,
                 .code = code_of(answer),
                 .target = question.authority,
                 .operation = "sign-in",
                 .attempts = response.attempts};
  info.message = explain(info.code, answer, response.status, question);
  info.request_id = answer["trace_id"].string_or(answer["correlation_id"].string_or());
  if (info.request_id.empty())
    info.request_id = response.headers.get("x-ms-request-id").value_or("");
  throw AuthenticationError(std::move(info));
}

std::optional<AccessToken> access_token_in(const json::Document& answer, Clock::SystemTime asked_at,
                                           seconds long_life = seconds::max()) {
  const std::string_view token = answer["access_token"].string_or();
  seconds life = seconds_in(answer["expires_in"]);
  if (life <= seconds(0)) {
    const auto since_1970 = std::chrono::duration_cast<seconds>(asked_at.time_since_epoch());
    life = std::clamp(end_in(answer["expires_on"]) - since_1970, seconds(0), max_life);
  }
  if (!is_token_text(token) || life <= seconds(0)) return std::nullopt;
  seconds refresh = seconds_in(answer["refresh_in"]);
  if (refresh <= seconds(0) || refresh >= life)
    refresh = life >= long_life ? life / 2 : life - std::min(refresh_ahead, life / 2);
  return AccessToken{
      .token = std::string(token), .expires_on = asked_at + life, .refresh_on = asked_at + refresh};
}

}  // namespace

std::optional<AccessToken> find_access_token(const http::Response& response,
                                             Clock::SystemTime asked_at, seconds long_life) {
  return access_token_in(parse(response.body), asked_at, long_life);
}

TokenGrant read_token_grant(const http::Response& response, const TokenQuestion& question,
                            Clock::SystemTime asked_at) {
  const json::Document answer = parse(response.body);
  if (response.status != 200) refuse_with(response, answer, question);
  auto token = access_token_in(answer, asked_at);
  if (!token)
    throw AuthenticationError({.status = response.status,
                               .message = question.authority +
                                          " answered without a usable access token; check "
                                          "AZURE_AUTHORITY_HOST",
                               .target = question.authority,
                               .operation = "sign-in",
                               .attempts = response.attempts});
  return {.access = *std::move(token),
          .refresh_token = std::string(answer["refresh_token"].string_or())};
}

bool is_token_text(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

std::string error_of(const http::Response& response) {
  const json::Document answer = parse(response.body);
  return std::string(answer["error"].string_or());
}

}  // namespace akv::identity::detail
