/// An emulator with a clock of its own, and a client that is signed in to it and sends what a test
/// writes down, word for word.
#pragma once
#include "akv/emulator/emulator.hpp"
#include "akv/mgmt/core/ascii.hpp"
#include "akv/mgmt/core/resource_id.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/fake_clock.hpp"

#include <memory>
#include <string>
#include <utility>

namespace akv::test {

struct Answer : http::Response {
  json::Document json() const {
    return body.empty() ? json::Document() : json::Document::parse(body);
  }
  std::string code() const { return std::string(json()["error"]["code"].string_or()); }
  std::string message() const { return std::string(json()["error"]["message"].string_or()); }
  /// Of the first of the error's `details`.
  std::string detail() const {
    const json::Document details = json()["error"]["details"];
    return details.size() ? std::string(details.as_array()[0]["message"].string_or()) : "";
  }
  std::string header(std::string_view name) const {
    return std::string(headers.get(name).value_or(""));
  }
  /// Of `properties`.
  json::Document property(std::string_view name) const { return json()["properties"][name]; }
};

class EmulatorClient {
 public:
  explicit EmulatorClient(emulator::Options options = {}) {
    if (options.clock == &system_clock()) options.clock = &clock;
    if (options.random == &system_random()) options.random = &random;
    emulator = std::make_shared<emulator::Emulator>(std::move(options));
    sign_in();
  }

  /// The token lasts an hour: a test that moves the clock further signs in again.
  void sign_in() {
    const emulator::Identity& me = emulator->identity();
    const Answer answer{emulator->handle(
        {.method = http::Method::post,
         .url = "https://login.microsoftonline.com/" + me.tenant_id + "/oauth2/v2.0/token",
         .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
         .body = "grant_type=client_credentials&client_id=" + me.client_id + "&client_secret=" +
                 me.client_secret + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"})};
    token = answer.json()["access_token"].string_or();
    emulator->clear_requests();
  }

  http::Request request(http::Method method, const std::string& path, const std::string& body = {},
                        const std::string& version = {}) const {
    std::string url = path.starts_with("https://") ? path : "https://management.azure.com" + path;
    if (url.find("api-version=") == url.npos && version != "none")
      url += (url.find('?') == url.npos ? "?api-version=" : "&api-version=") +
             (version.empty() ? usual_version(path) : version);
    return {.method = method,
            .url = url,
            .headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
            .body = body};
  }
  Answer send(http::Method method, const std::string& path, const std::string& body = {},
              const std::string& version = {}) {
    return {emulator->handle(request(method, path, body, version))};
  }
  Answer get(const std::string& path, const std::string& version = {}) {
    return send(http::Method::get, path, {}, version);
  }
  Answer put(const std::string& path, const std::string& body, const std::string& version = {}) {
    return send(http::Method::put, path, body, version);
  }
  Answer patch(const std::string& path, const std::string& body, const std::string& version = {}) {
    return send(http::Method::patch, path, body, version);
  }
  Answer post(const std::string& path, const std::string& body = {},
              const std::string& version = {}) {
    return send(http::Method::post, path, body, version);
  }
  Answer del(const std::string& path, const std::string& version = {}) {
    return send(http::Method::del, path, {}, version);
  }

  std::string subscription() const {
    return "/subscriptions/" + emulator->identity().subscription_id;
  }
  std::string group(const std::string& name = "g") const {
    return subscription() + "/resourcegroups/" + name;
  }
  std::string vault(const std::string& name = "kv1", const std::string& group = "g") const {
    return vault_id(emulator->identity().subscription_id, group, name);
  }
  std::string key_vault() const { return subscription() + "/providers/Microsoft.KeyVault"; }
  std::string deleted(const std::string& name = "kv1", const std::string& region = "westus") const {
    return key_vault() + "/locations/" + region + "/deletedVaults/" + name;
  }

  /// The smallest body of a vault, with more properties: `,"enablePurgeProtection":true`.
  std::string vault_body(const std::string& more = {}, const std::string& tags = "{}") const {
    return R"({"location":"westus","tags":)" + tags + R"(,"properties":{"tenantId":")" +
           emulator->identity().tenant_id +
           R"(","sku":{"family":"A","name":"standard"},"accessPolicies":[])" + more + "}}";
  }
  std::string policy(const std::string& object, const std::string& permissions) const {
    return R"({"tenantId":")" + emulator->identity().tenant_id + R"(","objectId":")" + object +
           R"(","permissions":)" + permissions + "}";
  }
  Answer make_group(const std::string& name = "g", const std::string& region = "westus") {
    return put(group(name), R"({"location":")" + region + "\"}");
  }
  Answer make_vault(const std::string& name = "kv1", const std::string& more = {}) {
    return put(vault(name), vault_body(more));
  }

  FakeClock clock;
  SeededRandom random{7};
  std::shared_ptr<emulator::Emulator> emulator;
  std::string token;

 private:
  static std::string usual_version(const std::string& path) {
    const bool arm = ascii::lower(path).find("microsoft.keyvault") == path.npos;
    return arm ? "2021-04-01" : "2023-07-01";
  }
};

/// A vault in a group, and out of RegisteringDns.
struct VaultFixture : EmulatorClient {
  explicit VaultFixture(emulator::Options options = {}) : EmulatorClient(std::move(options)) {
    make_group();
    make_vault();
    clock.advance(std::chrono::seconds(2));
  }
};

}  // namespace akv::test
