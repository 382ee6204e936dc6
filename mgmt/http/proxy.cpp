#include "akv/mgmt/http/proxy.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/detail/proxy_route.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>

namespace akv::http {
namespace {

ProxySettings read_environment() {
  return proxy_settings([](std::string_view name) -> std::optional<std::string> {
    const char* const value = std::getenv(std::string(name).c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
  });
}

// Made while the program is loaded, which is before it can have threads; never destroyed, because
// transports may outlive every static.
ProxySettings* const settings_of_process = new ProxySettings(read_environment());

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
  std::uint32_t address = 0;
  for (int part = 0; part < 4; ++part) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value > 255) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if ((part < 3) != text.starts_with('.')) return std::nullopt;
    if (part < 3) text.remove_prefix(1);
    address = (address << 8) | value;
  }
  return text.empty() ? std::optional(address) : std::nullopt;
}

// `10.0.0.0/8` against an address.
bool is_in_block(std::uint32_t address, std::string_view block) {
  const auto slash = block.find('/');
  const auto base = parse_ipv4(block.substr(0, slash));
  if (!base || slash == std::string_view::npos) return false;
  const std::string_view digits = block.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc() || end != digits.data() + digits.size() || bits > 32) return false;
  return bits == 0 || (address >> (32 - bits)) == (*base >> (32 - bits));
}

// Takes a port off the end of an entry; false where it is another one than the URL's.
bool take_port(std::string_view& entry, int port) {
  const auto colon = entry.rfind(':');
  const bool bracketed = entry.starts_with('[');
  if (colon == std::string_view::npos ||
      (bracketed ? entry.find(']') + 1 != colon : entry.find(':') != colon))
    return true;
  int named = 0;
  const std::string_view digits = entry.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), named);
  if (error != std::errc() || end != digits.data() + digits.size()) return false;
  entry = entry.substr(0, colon);
  return named == port;
}

std::string_view without_brackets(std::string_view host) {
  return host.starts_with('[') && host.ends_with(']') ? host.substr(1, host.size() - 2) : host;
}

bool matches(std::string_view entry, const Url& url) {
  if (entry == "*") return true;
  if (!take_port(entry, url.port)) return false;
  const std::string_view host = without_brackets(url.host);
  entry = without_brackets(entry);
  if (const auto address = parse_ipv4(host))
    return ascii::equal(entry, host) || is_in_block(*address, entry);
  if (entry.starts_with("*.")) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty()) return false;
  if (ascii::equal(entry, host)) return true;
  return host.size() > entry.size() && host[host.size() - entry.size() - 1] == '.' &&
         ascii::equal(host.substr(host.size() - entry.size()), entry);
}

bool is_loopback(const Url& url) {
  const std::string_view host = without_brackets(url.host);
  const auto address = parse_ipv4(host);
  return ascii::equal(host, "localhost") || host == "::1" || (address && *address >> 24 == 127);
}

bool goes_directly(const ProxySettings& settings, const Url& url) {
  if (url.scheme != "https" || is_loopback(url)) return true;
  std::string_view rest = settings.no_proxy;
  constexpr std::string_view separators = ", \t";
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find_first_of(separators));
    if (!entry.empty() && matches(entry, url)) return true;
    rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
  }
  return false;
}

[[noreturn]] void refuse(const std::string& why) {
  throw AzureError({.code = "InvalidProxy",
                    .message = "the proxy setting (HTTPS_PROXY or ALL_PROXY) cannot be used: " + why,
                    .attempts = 0});
}

detail::Proxy parse_proxy(std::string_view text) {
  text = ascii::trim(text);
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) {
    const std::string_view name = text.substr(0, scheme);
    // The scheme is shown only where it is one, since anything may stand before "://".
    const bool is_word = std::all_of(name.begin(), name.end(), [](char c) {
      const char lower = ascii::to_lower(c);
      return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
    });
    if (!ascii::equal(name, "http"))
      refuse("it must be http://HOST:PORT" +
             (is_word && name.size() <= 16 ? ", and \"" + std::string(name) + "\" is not supported"
                                           : std::string()));
    text.remove_prefix(scheme + 3);
  }
  detail::Proxy proxy;
  const auto at = text.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view credentials = text.substr(0, at);
    const auto colon = std::min(credentials.find(':'), credentials.size());
    proxy.user = percent_decode(credentials.substr(0, colon));
    proxy.password = percent_decode(credentials.substr(std::min(credentials.size(), colon + 1)));
    text.remove_prefix(at + 1);
  }
  const auto url = Url::parse("http://" + std::string(text));
  if (!url || url->path != "/" || !url->query.empty())
    refuse("it must be http://HOST:PORT");
  proxy.host = url->host;
  proxy.port = url->port;
  return proxy;
}

}  // namespace

ProxySettings proxy_settings(
    const std::function<std::optional<std::string>(std::string_view)>& environment) {
  const auto first = [&](std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
      if (auto value = environment(name); value && !value->empty()) return *std::move(value);
    return std::string();
  };
  return {.https_proxy = first({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}),
          .no_proxy = first({"no_proxy", "NO_PROXY"})};
}

const ProxySettings& process_proxy_settings() { return *settings_of_process; }

namespace detail {

std::optional<Proxy> proxy_for(const ProxySettings& settings, const Url& url) {
  if (ascii::trim(settings.https_proxy).empty() || goes_directly(settings, url))
    return std::nullopt;
  return parse_proxy(settings.https_proxy);
}

void take_process_proxy_settings() { *settings_of_process = read_environment(); }

}  // namespace detail
}  // namespace akv::http
