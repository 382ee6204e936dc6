/// The clients beside Key Vault's, over a scripted transport.
#pragma once
#include "akv/mgmt/authorization/client.hpp"
#include "akv/mgmt/monitor/client.hpp"
#include "akv/mgmt/resourcegraph/client.hpp"
#include "akv/mgmt/resources/client.hpp"
#include "support/arm_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <string_view>

namespace akv::test {

inline const std::string scope = "/subscriptions/" + subscription;
inline const std::string vault_scope =
    scope + "/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";
inline const ResourceAddress vault_address{.resource_group_name = "rg",
                                           .resource_provider_namespace = "Microsoft.KeyVault",
                                           .resource_type = "vaults",
                                           .resource_name = "kv"};

struct NeighbourFixture : ArmFixture {
  ResourceManagementClient resource_client() {
    return ResourceManagementClient(credential(), subscription, options());
  }
  AuthorizationManagementClient authorization() {
    return AuthorizationManagementClient(credential(), subscription, options());
  }

  /// Against the request of that number, from 0.
  void check(std::size_t index, std::string_view method, const std::string& path,
             const std::map<std::string, std::string>& query, std::string_view body = {}) const {
    const Wire seen = wire(sent(index));
    BOOST_TEST(seen.method == method);
    BOOST_TEST(seen.path == path);
    BOOST_TEST((seen.query == query), sent(index).url);
    BOOST_TEST((seen.body == (body.empty() ? json::Document() : json::Document::parse(body))),
               seen.body.dump());
  }
  void reply_times(int times, const std::string& body) {
    for (int i = 0; i < times; ++i) transport->reply(200, {}, body);
  }
};

/// The text of the error that a call throws as an `InvalidArgument`; empty for any other end.
template <class F>
std::string refusal(F call) {
  try {
    call();
  } catch (const AzureError& error) {
    return error.info().code == "InvalidArgument" ? error.info().message : "";
  }
  return {};
}

}  // namespace akv::test
