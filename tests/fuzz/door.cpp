// The emulator's door: any method, address, headers and body, from anybody and with a good token.
//
// The input is a byte of choices, then the path and query, the headers and the body, each behind a
// line feed; the body behind an empty line.
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/json/document.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

using namespace akv;

namespace {

constexpr const char* subscription = "00000000-0000-4000-8000-000000000001";
constexpr const char* tenant = "00000000-0000-4000-8000-000000000002";
/// The state is new so often, that an input that fails does so with few before it.
constexpr int runs_per_state = 1000;

/// An hour that never ends: a token stays good, whatever is tried with it.
class StandingClock final : public Clock {
 public:
  SystemTime now() const override { return SystemTime{std::chrono::seconds{1790000000}}; }
  SteadyTime steady_now() const override { return {}; }
  bool sleep_until(SteadyTime, const std::stop_token&) const override { return true; }
};

struct Service {
  StandingClock clock;
  SeededRandom random{7};
  emulator::Emulator emulator{
      {.clock = &clock, .random = &random, .subscription_id = subscription, .tenant_id = tenant}};
  std::string token;
  int runs = 0;

  Service() {
    const emulator::Identity& me = emulator.identity();
    const http::Response answer = emulator.handle(
        {.method = http::Method::post,
         .url = std::string("https://login.microsoftonline.com/") + tenant + "/oauth2/v2.0/token",
         .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
         .body = "grant_type=client_credentials&client_id=" + me.client_id + "&client_secret=" +
                 me.client_secret + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"});
    token = json::Document::parse(answer.body)["access_token"].string_or();
    if (token.empty()) std::abort();
    renew();
  }

  void renew() {
    emulator.reset();
    emulator.set_faults(json::Document::object({{"rules", json::Document::array()}}));
    emulator.clear_requests();
    const std::string group = std::string("/subscriptions/") + subscription + "/resourceGroups/g";
    emulator.seed(
        group + "/providers/Microsoft.KeyVault/vaults/kv1",
        json::Document::object({{"location", "westus"}, {"properties", json::Document::object()}}));
  }
};

std::string_view cut_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return line;
}

/// Whoever is refused gets a reason that can be read.
void check(const http::Request& request, const http::Response& response) {
  if (response.status < 200 || response.status > 599) std::abort();
  if (response.status == 500) std::abort();
  if (request.method == http::Method::head && !response.body.empty()) std::abort();
  if (response.headers.get("Content-Type").value_or("").starts_with("application/json"))
    (void)json::Document::parse(response.body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static Service& service = *new Service;
  if (size == 0) return 0;
  if (++service.runs % runs_per_state == 0) service.renew();

  constexpr http::Method methods[] = {http::Method::get,  http::Method::put, http::Method::patch,
                                      http::Method::post, http::Method::del, http::Method::head};
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto choices = static_cast<unsigned char>(input.front());
  std::string_view rest = input.substr(1);
  http::Request request{.method = methods[choices % std::size(methods)]};
  request.url = "https://management.azure.com" + std::string(cut_line(rest));
  if (choices & 0x80U) request.headers.set("Authorization", "Bearer " + service.token);
  while (!rest.empty()) {
    const std::string_view line = cut_line(rest);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon != line.npos && colon > 0)
      request.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(colon + 1)));
  }
  request.body = std::string(rest);
  check(request, service.emulator.handle(request));
  return 0;
}
