#include "akv/mgmt/http/message.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace akv::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 6> method_names{{
    {Method::get, "GET"},
    {Method::head, "HEAD"},
    {Method::put, "PUT"},
    {Method::post, "POST"},
    {Method::patch, "PATCH"},
    {Method::del, "DELETE"},
}};

// Longer than any link that ARM makes; a longer text is no URL of ours.
constexpr std::size_t max_url_bytes = 65536;

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_blank_or_control(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == static_cast<char>(0x7F);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = ascii::to_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

/// Splits `host:port` or `[v6]:port`; false where the port is no port or the host is empty.
bool read_authority(std::string_view text, Url& url) {
  std::size_t colon = std::string_view::npos;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos || close == 1) return false;
    if (close + 1 < text.size()) {
      if (text[close + 1] != ':') return false;
      colon = close + 1;
    }
  } else {
    colon = text.find(':');
  }
  url.host = text.substr(0, colon);
  if (url.host.empty()) return false;
  url.port = default_port(url.scheme);
  if (colon == std::string_view::npos) return true;
  const std::string_view digits = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), url.port);
  return error == std::errc() && end == digits.data() + digits.size() && url.port >= 1 &&
         url.port <= 65535;
}

std::string decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::string_view plain =
        text.substr(0, plus_is_blank ? text.find_first_of("%+") : text.find('%'));
    out += plain;
    text.remove_prefix(plain.size());
    if (text.empty()) break;
    const int high = text.size() > 2 ? hex_value(text[1]) : -1;
    const int low = text.size() > 2 ? hex_value(text[2]) : -1;
    const bool escaped = text[0] == '%' && high >= 0 && low >= 0;
    out += escaped ? static_cast<char>(high * 16 + low) : text[0] == '+' ? ' ' : text[0];
    text.remove_prefix(escaped ? 3 : 1);
  }
  return out;
}

}  // namespace

std::string_view to_string(Method method) {
  return std::find_if(method_names.begin(), method_names.end(),
                      [method](const auto& entry) { return entry.first == method; })
      ->second;
}

std::optional<Method> parse_method(std::string_view text) {
  for (const auto& [method, name] : method_names)
    if (name == text) return method;
  return std::nullopt;
}

std::optional<std::string_view> Headers::get(std::string_view name) const {
  for (const auto& [key, value] : list_)
    if (ascii::equal(key, name)) return value;
  return std::nullopt;
}

void Headers::set(std::string_view name, std::string value) {
  erase(name);
  add(name, std::move(value));
}

void Headers::add(std::string_view name, std::string value) {
  list_.emplace_back(std::string(name), std::move(value));
}

void Headers::erase(std::string_view name) {
  std::erase_if(list_, [name](const auto& entry) { return ascii::equal(entry.first, name); });
}

bool is_idempotent(const Request& request) {
  return request.method != Method::post || request.idempotent_post;
}

std::string Url::authority() const { return ascii::lower(host) + ":" + std::to_string(port); }

std::string Url::origin() const { return scheme + "://" + authority(); }

std::optional<Url> Url::parse(std::string_view text) {
  if (text.size() > max_url_bytes || std::any_of(text.begin(), text.end(), is_blank_or_control))
    return std::nullopt;
  Url url;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  url.scheme = ascii::lower(text.substr(0, colon));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  text.remove_prefix(colon + 3);
  text = text.substr(0, text.find('#'));

  const std::string_view authority = text.substr(0, text.find_first_of("/?"));
  // `https://management.azure.com@elsewhere/` looks like one host and is another.
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  if (!read_authority(authority, url)) return std::nullopt;

  const std::string_view rest = text.substr(authority.size());
  const auto question = rest.find('?');
  url.path = rest.substr(0, question);
  if (url.path.empty()) url.path = "/";
  if (question != std::string_view::npos) url.query = rest.substr(question + 1);
  return url;
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 0xF];
  }
  return out;
}

std::string percent_decode(std::string_view text) { return decode(text, false); }

std::optional<std::string> query_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = pair.find('=');
    if (!ascii::equal(decode(pair.substr(0, equals), true), name)) continue;
    return equals == std::string_view::npos ? std::string() : decode(pair.substr(equals + 1), true);
  }
  return std::nullopt;
}

}  // namespace akv::http
