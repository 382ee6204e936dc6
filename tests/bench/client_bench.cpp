// How long requests take through the whole library (sign-in, retry, log, typed), beside bare
// cpprestsdk with the same tuning, libcurl, Python's client where Debian's python3-azure is
// installed, and JavaScript's where AKV_NODE_MODULES has it: one run, the same bare Beast server
// over HTTPS, in a process of its own.
//
//   client_bench [REQUESTS a round]        default: 200
//
// The bars are ratios to bare cpprestsdk: 1.3 for a single GET or PUT, 1.5 with 16 in flight, 1.2
// for 10 list pages of 1000 vaults (bare: with a SAX reader written by hand, see decision 0046), 80
// MB for those; to Python's client: 4 times faster one at a time, 15 times with 16 in flight; and
// to JavaScript's: 4 times with 16 in flight. Rounds of the clients take turns, each beginning with
// another one. Ratios are taken within a round; their median is held against the bar, and the least
// is what a quiet machine would show. The ratio of processor time (this process's, so of the
// clients alone) stands beside it: other work on the machine moves it less than the clock.
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/keyvault/client.hpp"
#include "bench/bare_server.hpp"
#include "bench/memory_peak.hpp"
#include "bench/plain_vaults.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"

#include <cpprest/http_client.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#ifdef AKV_BENCH_CURL
#include <curl/curl.h>
#endif

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <latch>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <time.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using namespace akv;

constexpr int in_flight = 16, rounds = 21, pages = 10, vaults_a_page = 1000;
constexpr const char* subscription = "11112222-3333-4444-8555-666677778888";
constexpr const char* tenant = "1b2c0000-0000-4000-8000-00000000000f";
const std::string token(1200, 't');  // as long as those of Entra ID

// --- What is asked for ---------------------------------------------------------------------------

std::string vault_json(const std::string& name) {
  std::string policies;
  for (int i = 0; i < 4; ++i)
    policies += std::string(i ? "," : "") + R"({"tenantId":")" + tenant +
                R"(","objectId":"1b2c0000-0000-4000-8000-00000000000)" + std::to_string(i) +
                R"(","permissions":{"keys":["get","list","create"],"secrets":["get","list","set"],)"
                R"("certificates":["get","list"]}})";
  return R"({"id":"/subscriptions/)" + std::string(subscription) +
         "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/" + name + R"(","name":")" + name +
         R"(","type":"Microsoft.KeyVault/vaults","location":"westeurope","tags":{"team":"bench"},)"
         R"("systemData":{"createdBy":"bench","createdByType":"Application","createdAt":)"
         R"("2026-01-01T00:00:00.1234567Z"},"properties":{"sku":{"family":"A","name":"standard"},)"
         R"("tenantId":")" +
         tenant + R"(","accessPolicies":[)" + policies +
         R"(],"enabledForDeployment":false,"enableSoftDelete":true,"vaultUri":"https://)" + name +
         R"(.vault.azure.net/","provisioningState":"Succeeded","publicNetworkAccess":"Enabled"}})";
}

bench::Answer answer(std::string body) {
  bench::Answer made;
  made.set("Content-Type", "application/json; charset=utf-8");
  made.set("x-ms-request-id", "0f0f0f0f-0000-4000-8000-000000000001");
  made.set("x-ms-correlation-request-id", "0f0f0f0f-0000-4000-8000-000000000001");
  made.set("x-ms-ratelimit-remaining-subscription-reads", "249");
  made.set("x-ms-ratelimit-remaining-subscription-writes", "199");
  made.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  made.body() = std::move(body);
  made.prepare_payload();
  return made;
}

std::string list_target(int page) {
  return std::string("/subscriptions/") + subscription +
         "/providers/Microsoft.KeyVault/vaults?api-version=2026-02-01" +
         (page ? "&page=" + std::to_string(page) : "");
}
const std::string vault_target = std::string("/subscriptions/") + subscription +
                                 "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/"
                                 "kv-bench?api-version=2026-02-01";

std::vector<bench::Answer> list_answers(const std::string& origin) {
  std::vector<bench::Answer> list;
  for (int page = 0; page < pages; ++page) {
    std::string body = R"({"value":[)";
    for (int i = 0; i < vaults_a_page; ++i)
      body += (i ? "," : "") + vault_json("kv-" + std::to_string(page * vaults_a_page + i));
    body += "]";
    if (page + 1 < pages) body += R"(,"nextLink":")" + origin + list_target(page + 1) + '"';
    list.push_back(answer(body + "}"));
  }
  return list;
}

// --- The clients ---------------------------------------------------------------------------------

/// The same work for each: a GET, a PUT, all pages. Safe to share between threads.
class Client {
 public:
  virtual ~Client() = default;
  virtual void get() = 0;
  virtual void put() = 0;
  virtual std::size_t list() = 0;
};

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "client_bench: %s\n", what.c_str());
  std::exit(1);
}

class Library final : public Client {
 public:
  Library(const std::string& origin, const std::string& ca_file)
      : client_(identity::make_static_credential(
                    token, std::chrono::system_clock::now() + std::chrono::hours(1)),
                subscription,
                {.cloud = {.resource_manager = origin},
                 .transport = http::make_cpprest_transport({.ca_file = ca_file})}),
        parameters_{.location = "westeurope",
                    .properties = {.tenant_id = tenant, .sku = {.name = sku_name::standard}}} {
    for (int i = 0; i < 4; ++i) {
      AccessPolicyEntry entry{
          .tenant_id = tenant,
          .object_id = "1b2c0000-0000-4000-8000-00000000000" + std::to_string(i),
          .permissions = {.keys = {"get", "list", "create"},
                          .secrets = {"get", "list", "set"},
                          .certificates = {"get", "list"}}};
      policies_.push_back(std::move(entry));
    }
    parameters_.properties.access_policies = policies_;
  }
  void get() override {
    if (client_.vaults().get("rg", "kv-bench").name != "kv-bench") fail("another vault came");
  }
  void put() override {
    if (client_.vaults().begin_create_or_update("rg", "kv-bench", parameters_).result().name !=
        "kv-bench")
      fail("another vault came");
  }
  std::size_t list() override {
    std::size_t count = 0;
    for (const Vault& vault : client_.vaults().list_by_subscription())
      count += vault.name.empty() ? 0 : 1;
    return count;
  }

 private:
  KeyVaultManagementClient client_;
  std::vector<AccessPolicyEntry> policies_;
  VaultCreateOrUpdateParameters parameters_;
};

std::size_t count_vaults(std::string body) {
  const auto count = bench::count_plain_vaults(std::move(body));
  if (!count) fail("a page cannot be read");
  return *count;
}

/// cpprestsdk with the tuning of design section 9, used by hand.
class Bare final : public Client {
 public:
  Bare(const std::string& origin, const std::string& ca_file, std::string body)
      : store_(X509_STORE_new(), X509_STORE_free), body_(std::move(body)) {
    X509_STORE_load_file(store_.get(), ca_file.c_str());
    web::http::client::http_client_config config;
    config.set_max_redirects(0);
    config.set_ssl_context_callback([store = store_](boost::asio::ssl::context& context) {
      SSL_CTX_set1_cert_store(context.native_handle(), store.get());
    });
    client_ = std::make_unique<web::http::client::http_client>(web::uri(origin), config);
  }
  void get() override { ask("GET", vault_target); }
  void put() override { ask("PUT", vault_target); }
  std::size_t list() override {
    std::size_t count = 0;
    for (int page = 0; page < pages; ++page) count += count_vaults(ask("GET", list_target(page)));
    return count;
  }

 private:
  std::string ask(const char* method, const std::string& target) {
    web::http::http_request request(method);
    request.set_request_uri(web::uri(target));
    request.headers().add("Authorization", "Bearer " + token);
    request.headers().add("Accept", "application/json");
    if (*method == 'P') request.set_body(body_, "application/json; charset=utf-8");
    const auto response = client_->request(request).get();
    if (response.status_code() != 200) fail("cpprestsdk got no 200");
    response.content_ready().get();
    auto buffer = response.body().streambuf();
    std::string body(buffer.in_avail(), '\0');
    buffer.getn(reinterpret_cast<uint8_t*>(body.data()), body.size()).get();
    return body;
  }
  const std::shared_ptr<X509_STORE> store_;
  const std::string body_;
  std::unique_ptr<web::http::client::http_client> client_;
};

#ifdef AKV_BENCH_CURL
/// libcurl with an easy handle, and so a connection, for each thread.
class Curl final : public Client {
 public:
  Curl(std::string origin, std::string ca_file, std::string body)
      : origin_(std::move(origin)), ca_file_(std::move(ca_file)), body_(std::move(body)) {}
  void get() override { ask(vault_target, false); }
  void put() override { ask(vault_target, true); }
  std::size_t list() override {
    std::size_t count = 0;
    for (int page = 0; page < pages; ++page) count += count_vaults(ask(list_target(page), false));
    return count;
  }

 private:
  struct Handle {
    CURL* easy = curl_easy_init();
    curl_slist* headers = nullptr;
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() {
      curl_slist_free_all(headers);
      curl_easy_cleanup(easy);
    }
  };
  static std::size_t collect(char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
  }
  std::string ask(const std::string& target, bool put) {
    thread_local Handle handle;
    CURL* const easy = handle.easy;
    if (!handle.headers) {
      for (const std::string& line : {"Authorization: Bearer " + token,
                                      std::string("Content-Type: application/json; charset=utf-8"),
                                      std::string("Accept: application/json")})
        handle.headers = curl_slist_append(handle.headers, line.c_str());
      curl_easy_setopt(easy, CURLOPT_HTTPHEADER, handle.headers);
      curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &collect);
      curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
      curl_easy_setopt(easy, CURLOPT_PROXY, "");
      curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file_.c_str());
    }
    std::string body;
    curl_easy_setopt(easy, CURLOPT_URL, (origin_ + target).c_str());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, put ? "PUT" : "GET");
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, put ? body_.c_str() : nullptr);
    if (!put) curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
    long status = 0;
    if (curl_easy_perform(easy) != CURLE_OK ||
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK || status != 200)
      fail("libcurl got no 200");
    return body;
  }
  const std::string origin_, ca_file_, body_;
};
#endif

/// The server's process: it ends with this one, which holds the other end of its pipe.
std::string serve(const test::TestCertificate& certificate) {
  int to_us[2], to_it[2];
  if (::pipe(to_us) != 0 || ::pipe(to_it) != 0) fail("no pipe");
  const pid_t child = ::fork();
  if (child < 0) fail("no process for the server");
  if (child == 0) {
    ::close(to_it[1]);
    const bench::Answer vault = answer(vault_json("kv-bench"));
    std::vector<bench::Answer> lists;
    const bench::BareServer server(
        certificate.certificate_pem, certificate.key_pem,
        [&](std::string_view target) -> const bench::Answer& {
          if (target.find("/vaults?") == std::string_view::npos) return vault;
          // Whatever the api-version, of which Python's client has one of its own.
          const auto page = http::query_parameter(target.substr(target.find('?') + 1), "page");
          return lists.at(page ? static_cast<std::size_t>(std::stoi(*page)) : 0);
        },
        2);
    lists = list_answers("https://localhost:" + std::to_string(server.port()));
    const unsigned short port = server.port();
    char byte = 0;
    if (::write(to_us[1], &port, sizeof port) == sizeof port)
      while (::read(to_it[0], &byte, 1) > 0) {
      }
    ::_exit(0);
  }
  ::close(to_it[0]);
  unsigned short port = 0;
  if (::read(to_us[0], &port, sizeof port) != sizeof port) fail("no server");
  return "https://localhost:" + std::to_string(port);
}

// --- The work ------------------------------------------------------------------------------------

struct Spent {
  double time = 0, processor = 0;  // seconds
};

double processor_time() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class F>
Spent timed(int count, F&& work) {
  const auto begun = std::chrono::steady_clock::now();
  const double processor = processor_time();
  work();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return {took.count() / count, (processor_time() - processor) / count};
}

Spent together(Client& client, int requests, void (Client::*work)()) {
  std::latch ready(in_flight + 1);
  std::vector<std::jthread> threads;
  for (int i = 0; i < in_flight; ++i)
    threads.emplace_back([&] {
      client.get();  // its connection
      ready.arrive_and_wait();
      for (int n = 0; n < requests / in_flight; ++n) (client.*work)();
    });
  ready.arrive_and_wait();
  return timed(requests / in_flight * in_flight, [&] { threads.clear(); });
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

constexpr std::size_t work_count = 5;
using Times = std::array<double, work_count>;
using Round = std::array<Spent, work_count>;  // for a request, or for all pages
constexpr std::array<const char*, work_count> works = {"GET, one at a time", "PUT, one at a time",
                                                       "GET, 16 in flight", "PUT, 16 in flight",
                                                       "10 pages of 1000 vaults"};
constexpr Times bars = {1.3, 1.3, 1.5, 1.5, 1.2};

/// A client in another language, run as a program that measures itself.
struct Other {
  const char* name;
  std::string program;
  Times bars;  // times faster; 0 for none
  const char* absent;
};
const Other others[] = {{"Python",
                         "/usr/bin/python3 '" AKV_BENCH_DIR "/client_bench.py'",
                         {4, 4, 15, 15, 0},
                         "python3-azure is not installed"},
                        {"JavaScript",
                         "node '" AKV_BENCH_DIR "/client_bench.mjs'",
                         {0, 0, 4, 4, 0},
                         "AKV_NODE_MODULES names no folder with @azure/arm-keyvault"}};
constexpr std::size_t other_count = std::size(others);

Round one_round(Client& client, int requests) {
  const auto alone = [&](void (Client::*work)()) {
    return timed(requests, [&] {
      for (int i = 0; i < requests; ++i) (client.*work)();
    });
  };
  return {alone(&Client::get), alone(&Client::put), together(client, requests, &Client::get),
          together(client, requests, &Client::put), timed(1, [&] {
            if (client.list() != std::size_t{pages} * vaults_a_page) fail("vaults are missing");
          })};
}

/// One round on the same server in a process of its own, which says nothing where its client is not
/// installed.
std::optional<Times> other_round(const Other& other, const std::string& origin,
                                 const std::string& ca_file, int requests) {
  const std::string command = "NO_PROXY='*' REQUESTS_CA_BUNDLE='" + ca_file +
                              "' NODE_EXTRA_CA_CERTS='" + ca_file + "' " + other.program + " '" +
                              origin + "' " + subscription + " " + std::to_string(requests);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             &::pclose);
  Times times{};
  for (double& time : times)
    if (!pipe || std::fscanf(pipe.get(), "%lf", &time) != 1) return std::nullopt;
  return times;
}

/// Of what is measured, one client's rounds.
using Rounds = std::array<std::vector<double>, work_count>;

/// This client's times as ratios to those of the same rounds of another.
std::vector<double> ratios(const std::vector<double>& mine, const std::vector<double>& base) {
  std::vector<double> all;
  for (std::size_t round = 0; round < mine.size(); ++round)
    all.push_back(mine[round] / base[round]);
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const auto certificate = test::make_test_certificate("localhost");
  const std::string origin = serve(certificate);  // before there is any thread
  http::prepare_process();
  const int requests = std::max(argc > 1 ? std::atoi(argv[1]) : 200, in_flight);
  const test::TemporaryFolder folder;
  const std::string ca_file = folder / "ca.pem";
  std::ofstream(ca_file) << certificate.certificate_pem;

  // First of all, because whoever makes the first client starts cpprestsdk's pool, and only the
  // library knows of prepare_process. With cpprestsdk's own 40 threads all of its clients, bare
  // ones too, take three times as long with 16 in flight.
  auto first = std::make_unique<Library>(origin, ca_file);

  constexpr std::size_t bare = 0, library = 1;
  std::vector<std::pair<const char*, std::unique_ptr<Client>>> clients;
  clients.emplace_back("bare cpprestsdk",
                       std::make_unique<Bare>(origin, ca_file, vault_json("kv-bench")));
  clients.emplace_back("akv::mgmt", std::move(first));
#ifdef AKV_BENCH_CURL
  clients.emplace_back("libcurl", std::make_unique<Curl>(origin, ca_file, vault_json("kv-bench")));
#else
  std::printf("libcurl: not measured, libcurl4-openssl-dev was not there at configure time\n");
#endif

  std::vector<Rounds> seen(clients.size()), processor(clients.size());
  std::array<Rounds, other_count> theirs, beside;  // and the library's times in those rounds
  std::array<bool, other_count> is_there;
  is_there.fill(true);
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t turn = 0; turn < clients.size(); ++turn) {
      const std::size_t i = (turn + static_cast<std::size_t>(round)) % clients.size();
      const Round took = one_round(*clients[i].second, requests);
      for (std::size_t work = 0; work < work_count; ++work) {
        seen[i][work].push_back(took[work].time);
        processor[i][work].push_back(took[work].processor);
      }
    }
    // They take a turn now and then: they are several times slower, and no closer to their bars for
    // being exact.
    for (std::size_t i = 0; i < other_count; ++i) {
      if (!is_there[i] || round % 4 != 0) continue;
      const auto took = other_round(others[i], origin, ca_file, requests);
      is_there[i] = took.has_value();
      for (std::size_t work = 0; took && work < work_count; ++work) {
        theirs[i][work].push_back((*took)[work]);
        beside[i][work].push_back(seen[library][work].back());
      }
    }
  }
  double megabytes = 0;
  {
    const bench::MemoryPeak peak;
    clients[library].second->list();
    megabytes = peak.megabytes();
  }

  bool missed = megabytes > 80;
  for (std::size_t work = 0; work < work_count; ++work) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const auto all = ratios(seen[i][work], seen[bare][work]);
      std::printf("%-24s %-16s %10.1f us  ratio %.2f, least %.2f, of processor time %.2f",
                  works[work], clients[i].first, median(seen[i][work]) * 1e6, median(all),
                  *std::min_element(all.begin(), all.end()),
                  median(ratios(processor[i][work], processor[bare][work])));
      if (i == library) {
        std::printf(" (bar: at most %.2f)", bars[work]);
        missed = missed || median(all) > bars[work];
      }
      std::printf("\n");
    }
    for (std::size_t i = 0; i < other_count; ++i) {
      if (!is_there[i]) continue;
      const double faster = median(ratios(theirs[i][work], beside[i][work]));
      std::printf("%-24s %-16s %10.1f us  akv::mgmt is %.1f times faster", works[work],
                  others[i].name, median(theirs[i][work]) * 1e6, faster);
      if (others[i].bars[work] > 0) std::printf(" (bar: at least %.0f)", others[i].bars[work]);
      std::printf("\n");
      missed = missed || faster < others[i].bars[work];
    }
  }
  std::printf("10 pages of 1000 vaults  akv::mgmt        %10.1f MB beyond the start (bar: 80)\n",
              megabytes);
  for (std::size_t i = 0; i < other_count; ++i)
    if (!is_there[i])
      std::printf("%s's client: not measured, %s\n", others[i].name, others[i].absent);
  return missed ? 1 : 0;
}
