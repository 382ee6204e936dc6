#include "akv/emulator/detail/private_file.hpp"
#include "akv/emulator/listener.hpp"
#include "support/fake_clock.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <memory>
#include <stdexcept>
#include <sys/stat.h>
#include <thread>
#include <vector>

using namespace akv;
using namespace akv::emulator;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

struct AuthorityFixture {
  test::TemporaryFolder folder;
  test::FakeClock clock;
  Authority open() { return open_authority(folder / "akv.db.ca", clock); }
  fs::path file(const char* name) const { return folder.path() / "akv.db.ca" / name; }
};

using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
Certificate parse(const std::string& pem) {
  std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                          BIO_free);
  return {PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr), X509_free};
}

std::string content_of(const fs::path& path) { return read_private_file(path).value(); }

// Whether a client that trusts only `ca_pem` takes the certificate at that time.
bool trusted(const std::string& chain_pem, const std::string& ca_pem, Clock::SystemTime at) {
  auto ca = parse(ca_pem), server = parse(chain_pem);
  std::unique_ptr<X509_STORE, void (*)(X509_STORE*)> store(X509_STORE_new(), X509_STORE_free);
  X509_STORE_add_cert(store.get(), ca.get());
  std::unique_ptr<X509_STORE_CTX, void (*)(X509_STORE_CTX*)> context(X509_STORE_CTX_new(),
                                                                     X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), store.get(), server.get(), nullptr);
  X509_STORE_CTX_set_time(context.get(), 0, std::chrono::system_clock::to_time_t(at));
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(context.get()), X509_V_FLAG_X509_STRICT);
  return X509_verify_cert(context.get()) == 1;
}

auto says(const std::string& text) {
  return [=](const std::runtime_error& error) {
    return std::string(error.what()).find(text) != std::string::npos;
  };
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(authority, AuthorityFixture)

BOOST_AUTO_TEST_CASE(the_first_start_makes_a_certificate_that_its_clients_trust) {
  auto made = open();
  BOOST_TEST(made.ca_file == fs::absolute(file("ca.pem")));
  std::string ca_pem = content_of(made.ca_file);
  BOOST_TEST(trusted(made.server_chain_pem, ca_pem, clock.now()));
  auto server = parse(made.server_chain_pem);
  BOOST_TEST(X509_check_host(server.get(), "localhost", 0, 0, nullptr) == 1);
  BOOST_TEST(X509_check_ip_asc(server.get(), "127.0.0.1", 0) == 1);
  BOOST_TEST(X509_check_ip_asc(server.get(), "::1", 0) == 1);
  BOOST_TEST(X509_check_host(server.get(), "example.org", 0, 0, nullptr) == 0);
  BOOST_TEST(EVP_PKEY_get_bits(X509_get0_pubkey(server.get())) == 256);
  BOOST_TEST(X509_check_ca(server.get()) == 0);
  BOOST_TEST(X509_check_ca(parse(ca_pem).get()) == 1);

  auto names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(server.get(), NID_subject_alt_name, nullptr, nullptr));
  BOOST_TEST(sk_GENERAL_NAME_num(names) == 4);
  const ASN1_STRING* wildcard = sk_GENERAL_NAME_value(names, 1)->d.dNSName;
  BOOST_TEST(std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(wildcard))) ==
             "*.localhost");
  GENERAL_NAMES_free(names);
}

BOOST_AUTO_TEST_CASE(all_files_are_their_owners_alone) {
  open();
  struct stat status {};
  for (const char* name : {"ca.pem", "ca-key.pem", "server.pem", "server-key.pem", "proxy.pem",
                           "proxy-key.pem", "bundle.pem"}) {
    BOOST_REQUIRE(stat(file(name).c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600U, name);
  }
  BOOST_REQUIRE(stat(file("").c_str(), &status) == 0);
  BOOST_TEST((status.st_mode & 0777) == 0700U);
  BOOST_TEST(std::distance(fs::directory_iterator(file("")), {}) == 7);
}

BOOST_AUTO_TEST_CASE(the_next_start_uses_the_same_files) {
  auto first = open();
  auto ca = content_of(first.ca_file);
  clock.advance(24h * 300);
  auto second = open();
  BOOST_TEST(content_of(second.ca_file) == ca);
  BOOST_TEST(second.server_chain_pem == first.server_chain_pem);
  BOOST_TEST(second.server_key_pem == first.server_key_pem);
}

BOOST_AUTO_TEST_CASE(the_server_certificate_is_renewed_a_month_before_its_end) {
  auto first = open();
  auto ca = content_of(first.ca_file);
  clock.advance(24h * (397 - 30) - 1s);
  BOOST_TEST(open().server_chain_pem == first.server_chain_pem);
  clock.advance(1s);
  auto renewed = open();
  BOOST_TEST(renewed.server_chain_pem != first.server_chain_pem);
  BOOST_TEST(content_of(renewed.ca_file) == ca);
  BOOST_TEST(trusted(renewed.server_chain_pem, ca, clock.now() + 24h * 396));
  BOOST_TEST(!trusted(renewed.server_chain_pem, ca, clock.now() + 24h * 398));
}

BOOST_AUTO_TEST_CASE(the_authority_is_renewed_before_a_certificate_outlives_it) {
  auto first = open();
  auto ca = content_of(first.ca_file);
  clock.advance(24h * (3650 - 397 - 30) - 1s);
  BOOST_TEST(content_of(open().ca_file) == ca);
  clock.advance(1s);
  auto renewed = open();
  auto new_ca = content_of(renewed.ca_file);
  BOOST_TEST(new_ca != ca);
  BOOST_TEST(trusted(renewed.server_chain_pem, new_ca, clock.now()));
}

BOOST_AUTO_TEST_CASE(a_damaged_or_foreign_file_is_made_anew) {
  for (const char* name : {"ca.pem", "ca-key.pem", "server.pem", "server-key.pem", "proxy.pem",
                           "proxy-key.pem", "bundle.pem"}) {
    open();
    write_private_file(file(name), "not what it was");
    auto repaired = open();
    BOOST_TEST(trusted(repaired.server_chain_pem, content_of(repaired.ca_file), clock.now()), name);
  }
  // A key that belongs to another certificate.
  fs::copy_file(file("server-key.pem"), file("ca-key.pem"), fs::copy_options::overwrite_existing);
  auto repaired = open();
  BOOST_TEST(trusted(repaired.server_chain_pem, content_of(repaired.ca_file), clock.now()));
  // A server's pair that another authority signed.
  auto other = open_authority(folder / "other.db.ca", clock);
  fs::copy_file(folder / "other.db.ca/server.pem", file("server.pem"),
                fs::copy_options::overwrite_existing);
  fs::copy_file(folder / "other.db.ca/server-key.pem", file("server-key.pem"),
                fs::copy_options::overwrite_existing);
  repaired = open();
  BOOST_TEST(trusted(repaired.server_chain_pem, content_of(repaired.ca_file), clock.now()));
}

BOOST_AUTO_TEST_CASE(the_bundle_holds_the_systems_authorities_and_ours) {
  auto made = open();
  auto bundle = content_of(made.bundle_file), ca = content_of(made.ca_file);
  BOOST_TEST(bundle.ends_with(ca));
  if (fs::exists("/etc/ssl/certs/ca-certificates.crt"))
    BOOST_TEST(bundle.starts_with(content_of("/etc/ssl/certs/ca-certificates.crt")));
}

BOOST_AUTO_TEST_CASE(two_first_starts_at_once_agree_on_one_authority) {
  std::vector<std::string> seen(4);
  {
    std::vector<std::jthread> threads;
    for (auto& ca : seen)
      threads.emplace_back([&] { ca = content_of(open().ca_file) + open().server_chain_pem; });
  }
  for (const auto& ca : seen) BOOST_TEST(ca == seen[0]);
}

BOOST_AUTO_TEST_CASE(the_folder_stands_beside_the_store) {
  BOOST_TEST(authority_folder("state/X.db") == fs::path("state/X.db.ca"));
  auto first = authority_folder({}), second = authority_folder({});
  BOOST_TEST(first != second);
  BOOST_TEST(fs::is_directory(first));
  fs::remove(first);
  fs::remove(second);
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_used_is_named) {
  std::ofstream(folder / "akv.db.ca") << "a file";
  BOOST_CHECK_EXCEPTION(open(), std::runtime_error, says("akv.db.ca"));
  BOOST_CHECK_EXCEPTION(open_authority("/proc/akv.db.ca", clock), std::runtime_error,
                        says("cannot make the folder /proc/akv.db.ca"));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_a_folder_is_named) {
  fs::create_directories(file("ca.pem"));
  BOOST_CHECK_EXCEPTION(open(), std::runtime_error, says("cannot read"));
}

BOOST_AUTO_TEST_CASE(a_private_file_is_read_up_to_its_cap) {
  write_private_file(folder / "f", std::string(max_private_file, 'x'));
  BOOST_TEST(content_of(folder / "f").size() == max_private_file);
  write_private_file(folder / "f", std::string(max_private_file + 1, 'x'));
  BOOST_CHECK_EXCEPTION(read_private_file(folder / "f"), std::runtime_error, says("too large"));
  BOOST_TEST(!read_private_file(folder / "none").has_value());
}

BOOST_AUTO_TEST_CASE(a_private_file_that_cannot_be_written_leaves_nothing_behind) {
  BOOST_CHECK_EXCEPTION(write_private_file(folder / "no/f", "x"), std::runtime_error,
                        says("cannot write"));
  fs::create_directories(folder / "full/below");
  BOOST_CHECK_EXCEPTION(write_private_file(folder / "full", "x"), std::runtime_error,
                        says("cannot write"));
  BOOST_TEST(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
