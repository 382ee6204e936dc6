#include "akv/mgmt/identity/detail/managed_identity_source.hpp"
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>

using namespace akv;
using namespace akv::identity;

namespace {

const std::string endpoint = "http://localhost:40342/metadata/identity/oauth2/token";

struct Fixture : test::SignIn {
  test::TemporaryFolder folder;

  std::string save(const std::string& name, const std::string& content) const {
    const std::string path = (folder / name).string();
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  AccessToken get() {
    return identity::detail::make_arc_source(
               {.endpoint = endpoint, .key_folder = folder.path().string()}, options())
        ->get("https://management.azure.com", context);
  }
  std::string message() {
    try {
      get();
    } catch (const AuthenticationError& error) {
      return error.info().message;
    }
    return "a token";
  }
  Fixture& challenge(const std::string& header) {
    transport->reply(401, {{"WWW-Authenticate", header}});
    return *this;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(azure_arc, Fixture)

BOOST_AUTO_TEST_CASE(the_key_file_that_it_names_opens_the_door) {
  const std::string path = save("one.key", "the-key\n");
  for (const std::string& header : {"Basic realm=" + path, "basic realm=\"" + path + "\""}) {
    challenge(header).transport->reply(200, {}, test::good_token);
    BOOST_TEST(get().token == "t");
  }
  BOOST_TEST(sent(0).url ==
             endpoint + "?api-version=2020-06-01&resource=https%3A%2F%2Fmanagement.azure.com");
  BOOST_TEST(sent(0).headers.get("Metadata").value() == "true");
  BOOST_TEST(!sent(0).headers.has("Authorization"));
  BOOST_TEST(sent(1).headers.get("Authorization").value() == "Basic the-key");
  BOOST_TEST(sent(1).url == sent(0).url);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_none_of_the_agents_is_not_read) {
  save("one.txt", "secret");
  save("one.key", "secret");
  const std::string here = folder.path().string();
  test::TemporaryFolder elsewhere;
  std::ofstream(elsewhere / "one.key") << "secret";
  for (const std::string& path :
       {here + "/one.txt", (elsewhere / "one.key").string(), std::string("one.key"),
        here + "/x/../one.key", here + "//one.key", here + "/../" + "one.key", std::string(),
        std::string("/etc/shadow"), here, here + "/one.txt" + std::string(1, '\0') + ".key"}) {
    challenge("Basic realm=" + path);
    const std::string said = message();
    BOOST_TEST(said.starts_with("Azure Arc names a key file that is none of the agent's: "), said);
    BOOST_TEST(said.ends_with("; check IDENTITY_ENDPOINT, which must be the agent's own"), said);
  }
  std::filesystem::create_symlink(elsewhere / "one.key", folder / "link.key");
  challenge("Basic realm=" + (folder / "link.key").string());
  BOOST_TEST(message() == "the key file that Azure Arc names is a link: " + here +
                              "/link.key; check who can write to " + here);
  BOOST_TEST(transport->requests().size() == 11u);
}

BOOST_AUTO_TEST_CASE(a_key_of_4096_bytes_is_read_and_not_a_byte_more) {
  const std::string path = save("long.key", std::string(4096, 'k'));
  challenge("Basic realm=" + path).transport->reply(200, {}, test::good_token);
  BOOST_TEST(get().token == "t");
  save("long.key", std::string(4097, 'k'));
  challenge("Basic realm=" + path);
  BOOST_TEST(message() == "cannot read the key of the Azure Arc agent in " + path +
                              ": it is larger than 4096 bytes; run as root, or as a member of the "
                              "group himds");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_none_is_not_sent) {
  for (const char* const content : {"", " \n", "a\nb"}) {
    const std::string path = save("bad.key", content);
    challenge("Basic realm=" + path);
    BOOST_TEST(message() ==
               "the key of the Azure Arc agent in " + path + " is no key; restart the agent");
  }
  const std::string absent = (folder / "absent.key").string();
  challenge("Basic realm=" + absent);
  BOOST_TEST(message() == "cannot read the key of the Azure Arc agent in " + absent +
                              ": No such file or directory; run as root, or as a member of the "
                              "group himds");
}

BOOST_AUTO_TEST_CASE(in_a_chain_a_key_for_others_and_an_agent_that_is_down_give_way) {
  const auto reason = [&](bool give_way) {
    try {
      identity::detail::make_arc_source(
          {.endpoint = endpoint, .key_folder = folder.path().string(), .give_way = give_way},
          options())
          ->get("https://management.azure.com", context);
    } catch (const CredentialUnavailableError& error) {
      return "unavailable: " + error.info().message;
    } catch (const AuthenticationError& error) {
      return "refused: " + error.info().message;
    }
    return std::string("a token");
  };
  const std::string absent = (folder / "absent.key").string();
  const std::string unread = "cannot read the key of the Azure Arc agent in " + absent +
                             ": No such file or directory; run as root, or as a member of the "
                             "group himds";
  challenge("Basic realm=" + absent);
  BOOST_TEST(reason(true) == "unavailable: " + unread);
  challenge("Basic realm=" + absent);
  BOOST_TEST(reason(false) == "refused: " + unread);
  for (int i = 0; i < 4; ++i) transport->fail(false);
  BOOST_TEST(reason(true) ==
             "unavailable: the agent of Azure Arc does not answer: connection reset");
  // Whoever names other files is no agent, and says so also in a chain.
  challenge("Basic realm=/etc/shadow");
  BOOST_TEST(reason(true).starts_with("refused: Azure Arc names a key file that is none"));

  // The probe that a place in a chain asks for leads there.
  variables = {{"IDENTITY_ENDPOINT", endpoint}, {"IMDS_ENDPOINT", "http://localhost:40342"}};
  for (int i = 0; i < 4; ++i) transport->fail(false);
  refusal(*make_managed_identity_credential({.probe = true}, lookup(), options()));
  BOOST_TEST(unavailable);
}

BOOST_AUTO_TEST_CASE(an_agent_that_answers_something_else_is_named) {
  transport->reply(200, {}, test::good_token);
  BOOST_TEST(
      message() ==
      "Azure Arc answered HTTP 200 where it should name a key file; check IDENTITY_ENDPOINT, "
      "and the agent by azcmagent show");
  transport->reply(401);
  BOOST_TEST(message() == "Azure Arc names no key file in its challenge; update its agent");
  challenge("Bearer realm=x");
  BOOST_TEST(message() == "Azure Arc names no key file in its challenge; update its agent");
  for (int i = 0; i < 4; ++i) transport->fail(true);
  BOOST_TEST(message() ==
             "no token from Azure Arc: connection reset; check the agent by azcmagent show");
}

BOOST_AUTO_TEST_CASE(a_refusal_does_not_show_the_key) {
  challenge("Basic realm=" + save("one.key", "the-key"))
      .transport->reply(401, {}, R"({"error":"no","error_description":"the-key is wrong"})");
  BOOST_TEST(
      message() ==
      "Azure Arc gives no token (HTTP 401): REDACTED is wrong; check that a managed identity "
      "is assigned, and its id");
}

BOOST_AUTO_TEST_CASE(the_variables_lead_to_it) {
  variables = {{"IDENTITY_ENDPOINT", endpoint}, {"IMDS_ENDPOINT", "http://localhost:40342"}};
  challenge("Basic realm=/etc/passwd");
  BOOST_TEST(refusal(*make_managed_identity_credential({}, lookup(), options()))
                 .message.starts_with("Azure Arc names a key file that is none of the agent's: "
                                      "/etc/passwd"));
  variables["IDENTITY_ENDPOINT"] = "nonsense";
  BOOST_TEST(refusal(*make_managed_identity_credential({}, lookup(), options())).message ==
             "the endpoint of Azure Arc is no URL; check IDENTITY_ENDPOINT");
}

BOOST_AUTO_TEST_CASE(the_agents_program_leads_to_it_where_the_variables_do_not) {
  const std::string agent = save("himds", "");
  const auto asked = [&](const ManagedIdentityOptions& identity) {
    challenge("Basic realm=/etc/passwd");
    const std::size_t before = transport->requests().size();
    refusal(*make_managed_identity_credential(identity, lookup(), options()));
    return transport->requests().size() > before ? sent(before).url : std::string("nobody");
  };
  const std::string its_own =
      "http://127.0.0.1:40342/metadata/identity/oauth2/token"
      "?api-version=2020-06-01&resource=https%3A%2F%2Fmanagement.azure.com";
  BOOST_TEST(asked({.arc_agent = agent}) == its_own);
  // Half of the variables are none.
  variables = {{"IDENTITY_ENDPOINT", "http://localhost:1/x"}};
  BOOST_TEST(asked({.arc_agent = agent}) == its_own);
  variables = {{"IMDS_ENDPOINT", "http://localhost:1/x"}};
  BOOST_TEST(asked({.arc_agent = agent}) == its_own);
  // They count where they are both there, and so do those of other services.
  variables = {{"IDENTITY_ENDPOINT", endpoint}, {"IMDS_ENDPOINT", "http://localhost:1/x"}};
  BOOST_TEST(asked({.arc_agent = agent}).starts_with(endpoint));
  variables = {{"MSI_ENDPOINT", "http://localhost:50342/oauth2/token"}};
  BOOST_TEST(asked({.arc_agent = agent}) == "http://localhost:50342/oauth2/token");
  variables = {{"AZURE_POD_IDENTITY_AUTHORITY_HOST", "http://127.0.0.1:4711"}};
  BOOST_TEST(asked({.arc_agent = agent}).starts_with("http://127.0.0.1:4711/"));
  variables.clear();
  for (const std::string& none :
       {std::string(), (folder / "absent").string(), folder.path().string()})
    BOOST_TEST(asked({.arc_agent = none}).starts_with("http://169.254.169.254/"));
  BOOST_TEST(refusal(*make_managed_identity_credential({.client_id = "c", .arc_agent = agent},
                                                       lookup(), options()))
                 .message ==
             "Azure Arc has one identity and none to choose by id; leave the id out "
             "(AZURE_CLIENT_ID)");
}

BOOST_AUTO_TEST_SUITE_END()
