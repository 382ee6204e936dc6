// How many requests a second the emulator answers over HTTPS, beside a bare Beast server that has
// the same answer ready.
//
//   listener_bench [SECONDS a round]        default: 1
//
// The bar (design, "Speed") is half. Rounds of the servers take turns, in one process, with the
// same client on 16 connections; the figure is the median of the rounds.
#include "akv/emulator/detail/https_server.hpp"
#include "akv/emulator/listener.hpp"
#include "akv/mgmt/json/document.hpp"
#include "bench/bare_server.hpp"
#include "support/temporary_folder.hpp"
#include "support/tls_client.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace akv;
using namespace akv::emulator;

constexpr int connections = 16, server_threads = 2, rounds = 5;

// --- The client ----------------------------------------------------------------------------------

double requests_a_second(unsigned short port, const test::TlsOptions& trust,
                         const std::string& request, double seconds) {
  std::atomic<long> answers = 0;
  std::atomic<int> ready = 0;
  std::atomic<bool> go = false, over = false;
  std::vector<std::thread> clients;
  for (int i = 0; i < connections; ++i)
    clients.emplace_back([&] {
      test::TlsClient client(port, trust);
      client.ask(request);
      ++ready;
      while (!go) std::this_thread::yield();
      while (!over)
        if (client.ask(request).status == 200) ++answers;
    });
  while (ready < connections) std::this_thread::yield();
  go = true;
  auto begin = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  over = true;
  double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  for (auto& client : clients) client.join();
  return static_cast<double>(answers) / took;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string token_of(Emulator& emulator) {
  const auto& who = emulator.identity();
  auto response =
      emulator.handle({.method = http::Method::post,
                       .url = "https://localhost/" + who.tenant_id + "/oauth2/v2.0/token",
                       .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                       .body = "grant_type=client_credentials&client_id=" + who.client_id +
                               "&client_secret=" + who.client_secret +
                               "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"});
  return std::string(json::Document::parse(response.body)["access_token"].string_or());
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = argc > 1 ? std::atof(argv[1]) : 1;
  test::TemporaryFolder folder;
  auto authority = open_authority(folder / "ca", system_clock());
  test::TlsOptions trust{.ca_file = authority.ca_file.string()};

  auto emulator = std::make_shared<Emulator>();
  const auto& who = emulator->identity();
  std::string group = "/subscriptions/" + who.subscription_id + "/resourceGroups/rg";
  std::string id = group + "/providers/Microsoft.KeyVault/vaults/kv-bench";
  http::Headers headers = {{"Authorization", "Bearer " + token_of(*emulator)},
                           {"Content-Type", "application/json"}};
  emulator->handle({.method = http::Method::put,
                    .url = "https://localhost" + group + "?api-version=2021-04-01",
                    .headers = headers,
                    .body = R"({"location":"eastus"})"});
  std::string url = id + "?api-version=2026-02-01";
  emulator->handle({.method = http::Method::put,
                    .url = "https://localhost" + url,
                    .headers = headers,
                    .body = R"({"location":"eastus","properties":{"tenantId":")" + who.tenant_id +
                            R"(","sku":{"family":"A","name":"standard"},"accessPolicies":[]}})"});
  emulator->advance(std::chrono::minutes(1));  // its name is registered by then
  auto vault = emulator->handle({.url = "https://localhost" + url, .headers = headers});
  if (vault.status != 200) {
    std::fprintf(stderr, "listener_bench: the vault was not made: %s\n", vault.body.c_str());
    return 1;
  }
  std::string request = "GET " + url + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " +
                        std::string(headers.get("Authorization").value()) + "\r\n\r\n";

  bench::Answer answer;
  for (const auto& [name, value] : vault.headers) answer.set(name, value);
  answer.body() = vault.body;
  answer.prepare_payload();
  bench::BareServer bare(
      authority.server_chain_pem, authority.server_key_pem,
      [&](std::string_view) -> const bench::Answer& { return answer; }, server_threads);
  HttpsServer fixed([&](const http::Request&) { return vault; }, authority,
                    {.threads = server_threads});
  Listener listener(emulator, authority, {.threads = server_threads});

  std::vector<double> of_bare, of_fixed, of_emulator;
  for (int round = 0; round < rounds; ++round) {
    of_bare.push_back(requests_a_second(bare.port(), trust, request, seconds));
    of_fixed.push_back(requests_a_second(fixed.port(), trust, request, seconds));
    of_emulator.push_back(requests_a_second(listener.port(), trust, request, seconds));
    emulator->clear_requests();
  }
  double base = median(of_bare);
  std::printf("bare Beast, answer ready       %8.0f requests/s\n", base);
  std::printf("our listener, answer ready     %8.0f requests/s  ratio %.2f\n", median(of_fixed),
              median(of_fixed) / base);
  std::printf("our listener, GET of a vault   %8.0f requests/s  ratio %.2f (bar: 0.50)\n",
              median(of_emulator), median(of_emulator) / base);
  return median(of_emulator) / base >= 0.5 ? 0 : 1;
}
