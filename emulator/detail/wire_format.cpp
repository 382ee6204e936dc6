#include "akv/emulator/detail/wire_format.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>

namespace akv::emulator {
namespace {

// A line break in a value would end the header and start whatever the value says next.
void append_value(std::string& out, std::string_view value) {
  for (char c : value) out += (c == '\r' || c == '\n' || c == '\0') ? ' ' : c;
}

bool belongs_to_connection(std::string_view name) {
  return ascii::equal(name, "Content-Length") || ascii::equal(name, "Transfer-Encoding") ||
         ascii::equal(name, "Connection") || ascii::equal(name, "Keep-Alive");
}

}  // namespace

std::string to_wire(const http::Response& response, std::string_view reason, bool head,
                    bool keep_alive) {
  bool never_a_body = response.status == 204 || response.status == 304;
  bool with_body = !head && !never_a_body;
  std::string out;
  out.reserve(512 + (with_body ? response.body.size() : 0));
  out += "HTTP/1.1 " + std::to_string(response.status) + ' ';
  out += reason;
  out += "\r\n";
  for (const auto& [name, value] : response.headers) {
    if (belongs_to_connection(name)) continue;
    append_value(out, name);
    out += ": ";
    append_value(out, value);
    out += "\r\n";
  }
  if (!never_a_body) out += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  if (!keep_alive) out += "Connection: close\r\n";
  out += "\r\n";
  if (with_body) out += response.body;
  return out;
}

http::Response error_response(int status, const char* code, const std::string& message) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json; charset=utf-8"},
                      {"Cache-Control", "no-cache"}},
          .body = json::Document::object(
                      {{"error", json::Document::object({{"code", code}, {"message", message}})}})
                      .dump()};
}

std::optional<http::Url> effective_url(std::string_view host, std::string_view target) {
  if (host.empty() || host.size() > 255 || !std::all_of(host.begin(), host.end(), [](char c) {
        char l = ascii::to_lower(c);
        return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_' || c == ':' || c == '[' || c == ']';
      }))
    return std::nullopt;
  // A proxy's client names the whole URL, and that then wins over the Host header.
  if (!target.starts_with('/')) return http::Url::parse(target);
  return http::Url::parse("https://" + std::string(host) + std::string(target));
}

std::string shown_origin(const http::Url& url) {
  const bool usual = url.port == (url.scheme == "https" ? 443 : 80);
  return usual ? url.scheme + "://" + url.host : url.origin();
}

bool is_emulator_route(std::string_view path) {
  std::string plain = http::percent_decode(path);
  std::string_view rest = plain;
  while (!rest.empty() && (rest[0] == '/' || rest[0] == '.' || rest[0] == '\\'))
    rest.remove_prefix(1);
  return ascii::starts_with(rest, "_emulator");
}

bool is_loopback_name(std::string_view host) {
  std::string name = ascii::lower(host);
  return name == "localhost" || name.ends_with(".localhost") || name == "::1" || name == "[::1]" ||
         (name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string::npos);
}

}  // namespace akv::emulator
