#include "akv/provision/engine/ipv4.hpp"

#include <charconv>

namespace akv::engine {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Ipv4Range> parse_ipv4_range(std::string_view text) {
  Ipv4Range range;
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto number = [&](unsigned max) -> std::optional<unsigned> {
    unsigned value = 0;
    if (at == end || !is_digit(*at)) return std::nullopt;
    if (*at == '0' && at + 1 != end && is_digit(at[1])) return std::nullopt;
    const auto [rest, error] = std::from_chars(at, end, value);
    if (error != std::errc() || value > max) return std::nullopt;
    at = rest;
    return value;
  };
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto octet = number(255);
    if (!octet) return std::nullopt;
    range.address = range.address << 8U | *octet;
  }
  if (at == end) return range;
  if (*at++ != '/') return std::nullopt;
  const auto prefix = number(32);
  if (!prefix || at != end) return std::nullopt;
  range.prefix = *prefix;
  return range;
}

std::string to_text(Ipv4Range range) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8)
    text += std::to_string(range.address >> static_cast<unsigned>(shift) & 255U) +
            (shift > 0 ? "." : "");
  return text + "/" + std::to_string(range.prefix);
}

}  // namespace akv::engine
