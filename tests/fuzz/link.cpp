// Links that an answer or a saved continuation token names. Whatever becomes of them on their way,
// a request with a token goes to the client's own origin only. The first byte chooses the door.
#include "akv/mgmt/arm/pager.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "support/fake_clock.hpp"

#include <cstdlib>

using namespace akv;

namespace {

constexpr std::string_view origin = "https://arm.example";

/// Read apart from the product's own reader, so that they cannot be wrong together.
bool is_on_origin(std::string_view url) {
  if (url.size() < origin.size()) return false;
  for (std::size_t i = 0; i < origin.size(); ++i) {
    const char c = url[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != origin[i]) return false;
  }
  url.remove_prefix(origin.size());
  if (url.starts_with(':')) {
    std::size_t end = 1;
    while (end < url.size() && url[end] >= '0' && url[end] <= '9') ++end;
    std::string_view port = url.substr(1, end - 1);
    while (port.starts_with('0')) port.remove_prefix(1);
    if (port != "443") return false;
    url.remove_prefix(end);
  }
  return url.empty() || url.front() == '/' || url.front() == '?' || url.front() == '#';
}

class Listener final : public http::Transport {
 public:
  http::Response send(const http::Request& request, const Context&) override {
    if (!is_on_origin(request.url)) std::abort();
    if (request.headers.get("Authorization") != "Bearer t") std::abort();
    // What cannot stand in a request's line.
    for (const char c : request.url)
      if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') std::abort();
    return {.status = 200, .body = R"({"value":[]})"};
  }
};

arm::ArmClient make_client(const Clock& clock) {
  arm::ClientOptions options;
  options.cloud.resource_manager = origin;
  options.transport = std::make_shared<Listener>();
  options.clock = &clock;
  return {identity::make_static_credential("t", clock.now() + std::chrono::hours(24 * 365 * 50)),
          std::move(options)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size == 0) return 0;
  static const auto& clock = *new test::FakeClock;
  static const auto& client = *new arm::ArmClient(make_client(clock));
  const std::string link(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    if (data[0] % 4 == 0) {
      client.send_to(http::Method::get, link, "Fuzz.link");
    } else if (data[0] % 4 == 1) {
      client.send_request({.url = link});
    } else {
      arm::PageSource pages(client, {.operation = "Fuzz.list",
                                     .target = "/x",
                                     .first_url = std::string(origin) + "/x",
                                     .api_version = data[0] % 4 == 2 ? "2026-02-01" : ""});
      if (data[0] % 8 > 3) {
        pages.fetch();
        pages.follow(link, false);
      } else {
        pages.start_at(link);
      }
      if (pages.more()) pages.fetch();
    }
  } catch (const FormatError& error) {
    // A token in a link's query is no more for messages than one in a header.
    if (error.info().code.empty()) std::abort();
  }
  return 0;
}
