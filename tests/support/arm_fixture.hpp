/// An ARM client over a scripted transport and a clock that moves when slept on.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/core/random.hpp"
#include "akv/mgmt/identity/credentials.hpp"
#include "akv/mgmt/json/document.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace akv::test {

inline const std::string subscription = "11112222-3333-4444-8555-666677778888";
inline const std::string arm_origin = "https://management.azure.com";
inline const std::string subscription_url = arm_origin + "/subscriptions/" + subscription;

struct ArmFixture {
  FakeClock clock;
  SeededRandom random{7};
  std::shared_ptr<FakeTransport> transport = std::make_shared<FakeTransport>();

  std::shared_ptr<identity::TokenCredential> credential() const {
    return identity::make_static_credential("the-token", clock.now() + std::chrono::hours(24));
  }
  arm::ClientOptions options() {
    return {.transport = transport, .clock = &clock, .random = &random};
  }
  arm::ArmClient arm() { return arm::ArmClient(credential(), options()); }

  http::Request sent(std::size_t index = 0) const { return transport->requests().at(index); }
  std::size_t count() const { return transport->requests().size(); }
};

/// The request as one line and its JSON, for comparing with samples: `GET /path` and the query
/// decoded and sorted.
struct Wire {
  std::string method, path;
  std::map<std::string, std::string> query;
  json::Document body;
};

inline Wire wire(const http::Request& request) {
  const auto url = http::Url::parse(request.url);
  Wire wire{std::string(to_string(request.method)), url ? url->path : request.url, {}, {}};
  std::string_view query = url ? std::string_view(url->query) : std::string_view();
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const auto equals = std::min(pair.find('='), pair.size());
    wire.query[http::percent_decode(pair.substr(0, equals))] =
        http::percent_decode(pair.substr(std::min(pair.size(), equals + 1)));
  }
  if (!request.body.empty()) wire.body = json::Document::parse(request.body);
  return wire;
}

}  // namespace akv::test
