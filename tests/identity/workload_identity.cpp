#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>

using namespace akv;
using namespace akv::identity;

namespace {

struct Fixture : test::SignIn {
  test::TemporaryFolder folder;
  std::string path = (folder / "token").string();
  void save(const std::string& text) const { std::ofstream(path, std::ios::binary) << text; }
  std::shared_ptr<TokenCredential> credential(const WorkloadIdentityOptions& identity = {}) {
    return make_workload_identity_credential(identity, lookup(), options());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(workload_identity, Fixture)

BOOST_AUTO_TEST_CASE(the_token_file_is_read_anew_for_each_token) {
  variables = {
      {"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}, {"AZURE_FEDERATED_TOKEN_FILE", path}};
  save("first\n");
  const auto made = credential();
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  BOOST_TEST(ask(*made).token == "t");
  save("second");
  ask(*made);
  BOOST_TEST(field("client_assertion") == "first");
  BOOST_TEST(field("client_assertion", 1) == "second");
  BOOST_TEST(field("client_id") == "c");
  BOOST_TEST(sent().url == "https://login.microsoftonline.com/t/oauth2/v2.0/token");
  BOOST_TEST(made->describe() == "workload identity of application c");
}

BOOST_AUTO_TEST_CASE(where_aks_wants_its_proxy_asked_entra_id_is_not) {
  variables = {{"AZURE_TENANT_ID", "t"},
               {"AZURE_CLIENT_ID", "c"},
               {"AZURE_FEDERATED_TOKEN_FILE", path},
               {"AZURE_KUBERNETES_TOKEN_PROXY", "https://proxy.example"}};
  save("first");
  BOOST_TEST(refusal(*credential()).message ==
             "AZURE_KUBERNETES_TOKEN_PROXY is set, and this library does not know AKS identity "
             "bindings");
  BOOST_TEST(unavailable);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(what_is_given_goes_before_the_variables) {
  variables = {{"AZURE_TENANT_ID", "t"},
               {"AZURE_CLIENT_ID", "c"},
               {"AZURE_FEDERATED_TOKEN_FILE", "/absent"}};
  save("jwt");
  transport->reply(200, {}, test::good_token);
  ask(*credential({.tenant_id = "t2", .client_id = "c2", .token_file = path}));
  BOOST_TEST(field("client_id") == "c2");
  BOOST_TEST(sent().url == "https://login.microsoftonline.com/t2/oauth2/v2.0/token");
}

BOOST_AUTO_TEST_CASE(it_is_unavailable_where_it_is_not_set_up) {
  BOOST_TEST(refusal(*credential()).message ==
             "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE are not set");
  BOOST_TEST(unavailable);
  variables = {{"AZURE_TENANT_ID", "t"}, {"AZURE_CLIENT_ID", "c"}};
  BOOST_TEST(refusal(*credential()).message == "AZURE_FEDERATED_TOKEN_FILE is not set");
  BOOST_TEST(credential()->describe() == "workload identity");
}

BOOST_AUTO_TEST_CASE(a_token_file_of_64_kib_is_read_and_not_a_byte_more) {
  const WorkloadIdentityOptions identity{.tenant_id = "t", .client_id = "c", .token_file = path};
  save(std::string(65536, 'j'));
  transport->reply(200, {}, test::good_token);
  ask(*credential(identity));
  BOOST_TEST(field("client_assertion").size() == 65536u);
  save(std::string(65537, 'j'));
  BOOST_TEST(refusal(*credential(identity)).message ==
             "cannot read the federated token in " + path +
                 ": it is larger than 65536 bytes; check AZURE_FEDERATED_TOKEN_FILE");
  BOOST_TEST(!unavailable);
  save("");
  BOOST_TEST(refusal(*credential(identity)).message ==
             "the client assertion is empty; give a signed JWT");
}

BOOST_AUTO_TEST_SUITE_END()
