// What a failed answer says, in whatever form it says it: ARM's envelope, OData's, a bare object,
// OAuth's `error` text, a gateway's HTML page, plain text, or nothing at all.
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/redact.hpp"
#include "akv/mgmt/http/retry_after.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <vector>

namespace akv::arm {
namespace {

constexpr std::size_t max_text = 2000;    // of a message, in bytes
constexpr std::size_t max_code = 128;     // likewise, of a code
constexpr std::size_t max_details = 5;    // of nested errors that are quoted
constexpr std::size_t max_json = 262144;  // longer error bodies are quoted as text, not parsed
constexpr int max_inner = 8;              // of innererrors, one in the other
constexpr std::size_t max_kept = 32;      // of details, and of additional infos, that are data
constexpr std::size_t max_info = 16384;   // of one additional info, in bytes

// Cuts at a character's first byte: what follows must stay valid UTF-8.
std::string shortened(std::string_view text) {
  if (text.size() <= max_text) return std::string(text);
  std::size_t end = max_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

// One line of plain text: tags dropped, runs of blanks and control characters made one blank.
std::string plain_text(std::string_view body) {
  body = body.substr(0, 16 * max_text);
  const bool markup = ascii::trim(body).starts_with('<');
  std::string text;
  bool in_tag = false, gap = false;
  for (const char c : body) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (markup && c == '<') in_tag = true;
    if (in_tag || blank) {
      gap = true;
      if (c == '>') in_tag = false;
      continue;
    }
    if (gap && !text.empty()) text += ' ';
    gap = false;
    text += c;
  }
  return text;
}

// A member that is a text, or OData's `{"lang": …, "value": text}`, or a number used as a code.
std::string text_member(const json::Document& object, std::string_view name) {
  const json::Document* member = object.find_ignoring_case(name);
  if (member == nullptr) return {};
  if (member->is_string()) return std::string(member->string_or());
  if (member->is_number()) return member->as_number().text;
  if (const json::Document* value = member->find_ignoring_case("value"))
    return std::string(value->string_or());
  return {};
}

// The reason is often one level down, while the outer message only says "multiple errors".
std::string with_details(std::string message, const json::Document& error) {
  const json::Document* details = error.find_ignoring_case("details");
  if (details == nullptr || !details->is_array()) return message;
  std::size_t count = 0;
  for (const json::Document& detail : details->as_array()) {
    const std::string code = text_member(detail, "code");
    const std::string text = text_member(detail, "message");
    std::string line = code;
    if (!code.empty() && !text.empty()) line += ": ";
    line += text;
    if (line.empty() || (!text.empty() && message.find(text) != std::string::npos)) continue;
    if (++count > max_details) break;
    if (!message.empty()) message += "; ";
    message += line;
  }
  return message;
}

// A code is a word; whatever else stands there is the service's, and not to be trusted more.
std::string clean_code(const std::string& code) {
  return redact::text(plain_text(code.substr(0, max_code)));
}
std::string clean_text(const std::string& text) { return redact::text(shortened(text)); }

void keep_additional_info(const json::Document& error, ErrorInfo& info) {
  const json::Document* list = error.find_ignoring_case("additionalInfo");
  if (list == nullptr || !list->is_array()) return;
  for (const json::Document& one : list->as_array()) {
    if (info.additional_info.size() == max_kept) return;
    const json::Document* what = one.find_ignoring_case("info");
    std::string text = what == nullptr ? std::string() : what->dump();
    if (text.size() > max_info) text.clear();
    info.additional_info.push_back({clean_text(text_member(one, "type")), redact::text(text)});
  }
}

// Each detail in front of its own, without recursion.
void keep_details(const json::Document& error, ErrorInfo& info) {
  keep_additional_info(error, info);
  std::vector<const json::Document*> waiting;  // the next one at the end
  const auto add = [&](const json::Document& of) {
    const json::Document* details = of.find_ignoring_case("details");
    if (details == nullptr || !details->is_array()) return;
    const auto& list = details->as_array();
    for (auto at = list.rbegin(); at != list.rend(); ++at) waiting.push_back(&*at);
  };
  for (add(error); !waiting.empty() && info.details.size() < max_kept;) {
    const json::Document& detail = *waiting.back();
    waiting.pop_back();
    if (!detail.is_object()) continue;
    info.details.push_back({clean_code(text_member(detail, "code")),
                            clean_text(text_member(detail, "message")),
                            clean_text(text_member(detail, "target"))});
    keep_additional_info(detail, info);
    add(detail);
  }
}

// Of codes nested in each other the innermost is the most exact; the outer one is what ARM
// documents. So the inner ones serve only where those around them are silent.
void read_error_object(const json::Document& error, ErrorInfo& info) {
  info.code = text_member(error, "code");
  info.message = with_details(text_member(error, "message"), error);
  if (info.target.empty()) info.target = text_member(error, "target");
  keep_details(error, info);
  const json::Document* inner = error.find_ignoring_case("innererror");
  for (int level = 0; inner != nullptr && level < max_inner; ++level) {
    if (info.code.empty()) info.code = text_member(*inner, "code");
    if (info.message.empty()) info.message = text_member(*inner, "message");
    inner = inner->find_ignoring_case("innererror");
  }
}

bool read_json(const std::string& body, ErrorInfo& info) {
  json::Document document;
  try {
    document = json::Document::parse(body);
  } catch (const FormatError&) {
    return false;  // not JSON: the caller quotes it as text
  }
  if (document.is_string()) {
    info.message = document.string_or();
    return true;
  }
  if (!document.is_object()) return false;
  const json::Document* error = document.find_ignoring_case("error");
  if (error == nullptr) error = document.find("odata.error");
  if (error != nullptr && error->is_object()) {
    read_error_object(*error, info);
  } else if (error != nullptr && error->is_string()) {
    info.code = error->string_or();
    info.message = text_member(document, "error_description");
    if (info.message.empty()) info.message = text_member(document, "message");
  } else {
    read_error_object(document, info);
  }
  return !info.code.empty() || !info.message.empty();
}

std::string first_header(const http::Response& response,
                         std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const auto value = response.headers.get(name); value && !value->empty())
      return std::string(*value);
  return {};
}

}  // namespace

ErrorInfo error_info(const http::Response& response, std::string_view operation,
                     std::string_view target) {
  ErrorInfo info{
      .status = response.status,
      .target = std::string(target),
      .request_id = first_header(
          response, {"x-ms-request-id", "x-ms-correlation-request-id", "x-ms-client-request-id"}),
      .operation = std::string(operation),
      .attempts = response.attempts,
      .maybe_delivered = response.after_lost_answer};
  if (const auto asked = http::retry_after(response.headers))
    info.retry_after = std::chrono::ceil<std::chrono::seconds>(*asked);
  if (response.body.size() > max_json || !read_json(response.body, info)) {
    info.code.clear();
    info.message = plain_text(response.body);
  }
  if (info.message.empty())
    info.message = info.code.empty() ? "the service gave no explanation"
                                     : "the service gave no explanation beyond its code";
  info.message = clean_text(info.message);
  info.code = clean_code(info.code);
  info.target = clean_text(info.target);
  return info;
}

void throw_error(const http::Response& response, std::string_view operation,
                 std::string_view target) {
  throw_for_status(error_info(response, operation, target));
}

}  // namespace akv::arm
