#include "akv/mgmt/identity/detail/client_certificate.hpp"

#include "akv/mgmt/json/document.hpp"
#include "support/client_certificate.hpp"
#include "support/sign_in.hpp"
#include "support/temporary_folder.hpp"

#include <openssl/sha.h>

#include <fstream>

using namespace akv;
using namespace akv::identity;
using json::Document;
using test::client_key;
using test::other_client_key;

namespace {

constexpr const char* tenant = "7e57d000-0000-4000-8000-000000000001";
constexpr const char* application = "3d4e0000-0000-4000-8000-000000000009";

/// Written apart from the product's own, so that they cannot be wrong together.
std::string decode_base64url(std::string text) {
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (text.size() % 4 != 0) text += '=';
  std::string out(text.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  BOOST_REQUIRE(size >= 0);
  std::size_t padding = 0;
  while (padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

struct Jwt {
  explicit Jwt(const std::string& text) {
    const auto first = text.find('.'), second = text.find('.', first + 1);
    BOOST_REQUIRE(second != std::string::npos);
    signed_part = text.substr(0, second);
    header = Document::parse(decode_base64url(text.substr(0, first)));
    claims = Document::parse(decode_base64url(text.substr(first + 1, second - first - 1)));
    signature = decode_base64url(text.substr(second + 1));
  }
  bool is_signed_by(EVP_PKEY* key, bool pss) const {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* parameters = nullptr;
    EVP_DigestVerifyInit(context, &parameters, EVP_sha256(), nullptr, key);
    EVP_PKEY_CTX_set_rsa_padding(parameters, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING);
    if (pss) EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, 32);
    const int result = EVP_DigestVerify(
        context, reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
        reinterpret_cast<const unsigned char*>(signed_part.data()), signed_part.size());
    EVP_MD_CTX_free(context);
    return result == 1;
  }
  Document header, claims;
  std::string signed_part, signature;
};

std::string sha1(const std::string& bytes) {
  std::string digest(SHA_DIGEST_LENGTH, '\0');
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}
std::string sha256(const std::string& bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

struct Fixture : test::SignIn {
  test::TemporaryFolder folder;

  std::string save(const std::string& bytes) const {
    const std::string path = (folder / "client").string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::shared_ptr<TokenCredential> credential(CertificateSource source,
                                              const std::string& in_tenant = tenant) {
    return make_client_certificate_credential(in_tenant, application, std::move(source), options());
  }
  Jwt assertion(CertificateSource source, const std::string& in_tenant = tenant) {
    transport->reply(200, {}, test::good_token);
    BOOST_TEST(ask(*credential(std::move(source), in_tenant)).token == "t");
    return Jwt(field("client_assertion", transport->requests().size() - 1));
  }
  std::string message(CertificateSource source) {
    return refusal(*credential(std::move(source))).message;
  }
};

std::string pem() { return client_key().key_pem() + client_key().certificate_pem(); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(client_certificate, Fixture)

BOOST_AUTO_TEST_CASE(the_assertion_is_what_entra_expects_and_its_signature_holds) {
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch());
  const Jwt jwt = assertion({.path = save(pem())});
  BOOST_TEST(jwt.is_signed_by(client_key().key(), true));
  BOOST_TEST(!jwt.is_signed_by(other_client_key().key(), true));
  BOOST_TEST(jwt.header["alg"].string_or() == "PS256");
  BOOST_TEST(jwt.header["typ"].string_or() == "JWT");
  BOOST_TEST(decode_base64url(std::string(jwt.header["x5t#S256"].string_or())) ==
             sha256(client_key().der()));
  BOOST_TEST(!jwt.header.find("x5t"));
  BOOST_TEST(!jwt.header.find("x5c"));
  const std::string audience =
      "https://login.microsoftonline.com/" + std::string(tenant) + "/oauth2/v2.0/token";
  BOOST_TEST(jwt.claims["aud"].string_or() == audience);
  BOOST_TEST(jwt.claims["iss"].string_or() == application);
  BOOST_TEST(jwt.claims["sub"].string_or() == application);
  BOOST_TEST(is_uuid(jwt.claims["jti"].string_or()));
  BOOST_TEST(jwt.claims["nbf"].int_or(0) == now.count());
  BOOST_TEST(jwt.claims["exp"].int_or(0) == now.count() + 600);

  BOOST_TEST(sent().url == audience);
  BOOST_TEST(field("grant_type") == "client_credentials");
  BOOST_TEST(field("client_id") == application);
  BOOST_TEST(field("client_assertion_type") ==
             "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
  BOOST_TEST(field("scope") == "https://management.azure.com/.default");
  BOOST_TEST(field("client_secret") == "");
}

BOOST_AUTO_TEST_CASE(no_two_assertions_are_the_same) {
  const Jwt first = assertion({.content = pem()}), second = assertion({.content = pem()});
  BOOST_TEST(first.claims["jti"].string_or() != second.claims["jti"].string_or());
}

BOOST_AUTO_TEST_CASE(the_old_form_names_the_certificate_by_sha1) {
  const auto check = [](const Jwt& jwt) {
    BOOST_TEST(jwt.header["alg"].string_or() == "RS256");
    BOOST_TEST(decode_base64url(std::string(jwt.header["x5t"].string_or())) ==
               sha1(client_key().der()));
    BOOST_TEST(!jwt.header.find("x5t#S256"));
    BOOST_TEST(jwt.is_signed_by(client_key().key(), false));
  };
  check(assertion({.content = pem(), .sha1_thumbprint = true}));
  check(assertion({.content = pem()}, "adfs"));
  BOOST_TEST(sent(1).url == "https://login.microsoftonline.com/adfs/oauth2/token");
}

BOOST_AUTO_TEST_CASE(the_chain_is_sent_when_asked_for_with_the_own_certificate_first) {
  const Jwt jwt =
      assertion({.content = other_client_key().certificate_pem() + pem(), .send_chain = true});
  const Document& chain = jwt.header["x5c"];
  BOOST_REQUIRE(chain.size() == 2u);
  BOOST_TEST(decode_base64url(chain.as_array()[0].as_string()) == client_key().der());
  BOOST_TEST(decode_base64url(chain.as_array()[1].as_string()) == other_client_key().der());
  BOOST_TEST(decode_base64url(std::string(jwt.header["x5t#S256"].string_or())) ==
             sha256(client_key().der()));
}

BOOST_AUTO_TEST_CASE(pem_and_pfx_are_taken_with_and_without_password) {
  const std::string certificate = client_key().certificate_pem();
  for (const CertificateSource& source :
       {CertificateSource{.path = save(certificate + client_key().key_pem())},
        CertificateSource{.content = client_key().key_pem("pass") + certificate,
        .password = "pass"},
        CertificateSource{.content = client_key().pfx("pass"), .password = "pass"},
        CertificateSource{.content = client_key().pfx("")}})
    BOOST_TEST(assertion(source).is_signed_by(client_key().key(), true));
  const Jwt jwt = assertion({.path = save(client_key().pfx("p", &other_client_key())),
                             .password = "p",
                             .send_chain = true});
  BOOST_TEST(jwt.header["x5c"].size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_pfx_of_old_windows_is_taken) {
  for (const std::string password : {"pass", ""}) {
    const std::string old = client_key().old_pfx(password);
    if (old.empty()) {
      BOOST_TEST_MESSAGE("skipped: OpenSSL's legacy module is missing");
      return;
    }
    BOOST_TEST(
        assertion({.content = old, .password = password}).is_signed_by(client_key().key(), true));
  }
}

BOOST_AUTO_TEST_CASE(a_pfx_without_a_mac_is_opened_by_its_password) {
  for (const CertificateSource& source :
       {CertificateSource{.content = client_key().pfx_without_mac("pass"), .password = "pass"},
        CertificateSource{.content = client_key().pfx_without_mac("")},
        CertificateSource{.content = client_key().pfx_without_mac("", true)}})
    BOOST_TEST(assertion(source).is_signed_by(client_key().key(), true));
  if (const std::string old = client_key().old_pfx_without_mac("pass"); !old.empty())
    BOOST_TEST(
        assertion({.content = old, .password = "pass"}).is_signed_by(client_key().key(), true));
  // A wrong password shows only in what it makes of the content.
  const auto refused = [&](const std::string& password) {
    return message({.content = client_key().pfx_without_mac("pass"), .password = password});
  };
  const std::string expected =
      "the client certificate in memory cannot be used: the password does not decrypt what is in "
      "it; set AZURE_CLIENT_CERTIFICATE_PASSWORD, or convert it to PEM";
  BOOST_TEST(refused("no") == expected);
  BOOST_TEST(refused("") == expected);
}

BOOST_AUTO_TEST_CASE(a_pfx_without_a_private_key_is_refused_in_every_form) {
  for (const std::string& content :
       {client_key().pfx_without_key("pass"), client_key().old_pfx_without_key("pass")})
    if (!content.empty())
      BOOST_TEST(message({.content = content, .password = "pass"}) ==
                 "the client certificate in memory cannot be used: there is no private key in it; "
                 "give a file with certificate and private key");
}

BOOST_AUTO_TEST_CASE(a_renewed_file_is_read_again) {
  const std::string path = save(pem());
  transport->reply(200, {}, test::good_token).reply(200, {}, test::good_token);
  const auto made = credential({.path = path});
  ask(*made);
  save(other_client_key().key_pem() + other_client_key().certificate_pem());
  ask(*made);
  BOOST_TEST(Jwt(field("client_assertion", 1)).is_signed_by(other_client_key().key(), true));
}

BOOST_AUTO_TEST_CASE(a_certificate_that_cannot_be_used_is_refused_with_the_reason) {
  const std::string certificate = client_key().certificate_pem();
  const std::string start = "the client certificate in memory cannot be used: ";
  BOOST_TEST(message({.content = client_key().key_pem("pass") + certificate}) ==
             start + "its private key is encrypted; set AZURE_CLIENT_CERTIFICATE_PASSWORD");
  BOOST_TEST(message({.content = client_key().key_pem("pass") + certificate, .password = "no"}) ==
             start +
                 "the password does not open its private key; set "
                 "AZURE_CLIENT_CERTIFICATE_PASSWORD");
  BOOST_TEST(message({.content = client_key().pfx("pass")}) ==
             start + "it is protected by a password; set AZURE_CLIENT_CERTIFICATE_PASSWORD");
  BOOST_TEST(message({.content = client_key().pfx("pass"), .password = "no"}) ==
             start + "the password does not open it; set AZURE_CLIENT_CERTIFICATE_PASSWORD");
  BOOST_TEST(message({.content = client_key().pfx("inner", nullptr, "pass"), .password = "pass"}) ==
             start +
                 "OpenSSL cannot decrypt what is in it; export it again with AES, or convert it to "
                 "PEM");
  const std::string both = "; give a file with certificate and private key";
  BOOST_TEST(message({.content = "nonsense"}) == start + "it is neither PEM nor PFX" + both);
  BOOST_TEST(message({.content = certificate}) == start + "there is no private key in it" + both);
  BOOST_TEST(message({.content = client_key().key_pem()}) ==
             start + "there is no certificate in it" + both);
  BOOST_TEST(message({.content = client_key().key_pem() + other_client_key().certificate_pem()}) ==
             start + "none of its certificates belongs to its private key" + both);
  const test::ClientKey elliptic("e", false);
  BOOST_TEST(message({.content = elliptic.key_pem() + elliptic.certificate_pem()}) ==
             start + "its key is no RSA key; Microsoft Entra takes RSA keys only");
  BOOST_TEST(message({}) == "no client certificate is named; set AZURE_CLIENT_CERTIFICATE_PATH");
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_named) {
  const std::string remedy = "; check AZURE_CLIENT_CERTIFICATE_PATH";
  const std::string absent = (folder / "absent.pem").string();
  BOOST_TEST(message({.path = absent}) == "cannot read the client certificate in " + absent +
                                              ": No such file or directory" + remedy);
  const std::string path = folder.path().string();
  BOOST_TEST(message({.path = path}) ==
             "cannot read the client certificate in " + path + ": it is no regular file" + remedy);
}

BOOST_AUTO_TEST_CASE(a_certificate_of_a_mebibyte_is_read_and_not_a_byte_more) {
  std::string text = pem();
  text.resize(identity::detail::max_certificate_bytes, '\n');
  BOOST_TEST(assertion({.path = save(text)}).is_signed_by(client_key().key(), true));
  BOOST_TEST(assertion({.content = text}).is_signed_by(client_key().key(), true));
  text += '\n';
  BOOST_TEST(message({.content = text}) ==
             "the given client certificate is larger than 1 MiB; give one with its key and chain");
  BOOST_TEST(message({.path = save(text)}).find(": it is larger than 1048576 bytes; ") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_key_that_is_too_small_to_sign_is_refused) {
  EVP_PKEY* const small = EVP_RSA_gen(512);
  const identity::detail::ClientCertificate certificate{
      .key = std::shared_ptr<EVP_PKEY>(small, &EVP_PKEY_free), .chain = {"der"}};
  BOOST_CHECK_EXCEPTION(
      identity::detail::sign_assertion(certificate, {}), AuthenticationError,
      [](const AuthenticationError& error) {
        return error.info().message ==
               "the private key of the client certificate cannot sign; give an RSA key of 2048 "
               "bits or more";
      });
}

BOOST_AUTO_TEST_CASE(a_certificate_that_the_application_does_not_know_has_a_remedy) {
  transport->reply(
      401, {},
      R"({"error":"invalid_client","error_description":"AADSTS700027: The certificate )"
      R"(with identifier used to sign the client assertion is not registered.",)"
      R"("error_codes":[700027]})");
  BOOST_TEST(message({.content = pem()}) ==
             "the certificate is not one of application 3d4e0000-0000-4000-8000-000000000009; "
             "upload it to the application, or check AZURE_CLIENT_CERTIFICATE_PATH");
}

BOOST_AUTO_TEST_CASE(it_says_what_it_is) {
  BOOST_TEST(credential({})->describe() ==
             "client certificate of application 3d4e0000-0000-4000-8000-000000000009");
}

BOOST_AUTO_TEST_SUITE_END()
