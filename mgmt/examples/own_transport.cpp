// Tests a function that uses the client, without Azure and without the emulator: a transport of our
// own gives the answers and keeps the requests.
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/keyvault/client.hpp"

#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

using namespace akv;

namespace {

// The function that is tested.
std::vector<std::string> unprotected_vaults(const KeyVaultManagementClient& client) {
  std::vector<std::string> names;
  for (const Vault& vault : client.vaults().list_by_subscription())
    if (!vault.properties.enable_purge_protection.value_or(false)) names.push_back(vault.name);
  return names;
}

// Retries, sign-in and paging work as with a real one: it stands at the very end of the pipeline,
// and must be safe to share between threads.
class CannedTransport final : public http::Transport {
 public:
  http::Response send(const http::Request& request, const Context& context) override {
    context.check();
    const std::lock_guard lock(mutex_);
    asked_.push_back(request.url);
    // The second answer comes after a moment of trouble, which the client must not pass on.
    if (asked_.size() == 2) return {.status = 503};
    const auto page = pages_.find(request.url.find("page=2") == std::string::npos ? 1 : 2);
    return {.status = 200, .body = page->second};
  }
  std::size_t asked() const {
    const std::lock_guard lock(mutex_);
    return asked_.size();
  }

 private:
  const std::map<int, std::string> pages_ = {
      {1, R"({"value":[{"name":"kv-1","properties":{"enablePurgeProtection":true}},
                       {"name":"kv-2","properties":{}}],
              "nextLink":"https://management.azure.com/more?page=2"})"},
      {2, R"({"value":[{"name":"kv-3","properties":{}}]})"}};
  mutable std::mutex mutex_;  // guards asked_
  std::vector<std::string> asked_;
};

}  // namespace

int main() {
  const auto transport = std::make_shared<CannedTransport>();
  const auto credential = identity::make_static_credential(
      "any text will do", std::chrono::system_clock::now() + std::chrono::hours(1));
  const KeyVaultManagementClient client(
      credential, "11112222-3333-4444-8555-666677778888",
      {.retry = {.delay = std::chrono::milliseconds(1)}, .transport = transport});

  const bool right = unprotected_vaults(client) == std::vector<std::string>{"kv-2", "kv-3"} &&
                     transport->asked() == 3;
  std::cout << (right ? "passed" : "failed") << '\n';
  return right ? 0 : 1;
}
