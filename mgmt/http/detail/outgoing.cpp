#include "akv/mgmt/http/detail/outgoing.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/core/redact.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace akv::http::detail {
namespace {

constexpr std::size_t max_header_bytes = std::size_t{1} << 20;

[[noreturn]] void refuse(const Request& request, std::string why) {
  throw AzureError({.message = std::move(why), .operation = request.operation, .attempts = 0});
}

/// A character class as a table: each request's headers and target are looked at byte by byte.
using CharacterClass = std::array<bool, 256>;

constexpr CharacterClass letters_and_digits_and(std::string_view others) {
  CharacterClass members{};
  for (int c = 0; c < 256; ++c)
    members[static_cast<std::size_t>(c)] =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  for (const char c : others) members[static_cast<unsigned char>(c)] = true;
  return members;
}
constexpr CharacterClass in_header_name = letters_and_digits_and("!#$%&'*+-.^_`|~");
constexpr CharacterClass in_target = letters_and_digits_and("-._~!$&'()*+,;=:@/?");

bool is_in(const CharacterClass& members, char c) { return members[static_cast<unsigned char>(c)]; }

bool is_token(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_in(in_header_name, c); });
}

// One search for each: a search for any of them asks byte by byte, and a token has 1200.
bool has_line_break(std::string_view value) {
  constexpr std::string_view breaks("\r\n\0", 3);
  return std::any_of(breaks.begin(), breaks.end(),
                     [value](char c) { return value.find(c) != std::string_view::npos; });
}

bool is_hex_digit(char c) {
  const char lower = ascii::to_lower(c);
  return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
}

std::string escape_illegal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) &&
                           is_hex_digit(text[i + 2]);
    if (is_escape || is_in(in_target, text[i]))
      out += text[i];
    else
      out += percent_encode(text.substr(i, 1));
  }
  return out;
}

}  // namespace

Url checked_url(const Request& request) {
  auto url = Url::parse(request.url);
  if (!url) refuse(request, "not an http or https URL: " + redact::url(request.url));
  // cpprestsdk would take the first segment for a host, and leave it out.
  if (url->path.starts_with("//")) refuse(request, "the path of the URL begins with two slashes");
  return *std::move(url);
}

void check_headers(const Request& request) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : request.headers) {
    bytes += name.size() + value.size();
    if (bytes > max_header_bytes)
      refuse(request, "the headers of the request are longer than 1 MiB");
    if (!is_token(name) || has_line_break(value))
      refuse(request, "not a header that can be sent: " + percent_encode(name.substr(0, 80)));
  }
}

bool is_connection_header(std::string_view name) {
  return ascii::equal(name, "Host") || ascii::equal(name, "Content-Length") ||
         ascii::equal(name, "Transfer-Encoding") || ascii::equal(name, "Connection");
}

std::string wire_target(const Url& url) {
  return escape_illegal(url.path) + (url.query.empty() ? "" : "?" + escape_illegal(url.query));
}

}  // namespace akv::http::detail
