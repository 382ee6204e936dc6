#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/cpprest_transport.hpp"
#include "akv/mgmt/identity/environment.hpp"
#include "support/loopback_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace akv;

BOOST_AUTO_TEST_SUITE(trust)

// In a process of its own, because only the first call of prepare_process counts.
BOOST_AUTO_TEST_CASE(a_variable_that_was_not_set_is_not_handed_on_either) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::unsetenv("SSL_CERT_FILE");
    http::prepare_process(2);
    ::_exit(identity::process_environment().contains("SSL_CERT_FILE") ? 1 : 0);
  }
  int status = -1;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(a_prepared_process_has_a_pool_of_the_machines_size_between_two_and_four) {
  const pid_t child = ::fork();
  if (child == 0) {
    http::prepare_process();
    const auto transport = http::make_cpprest_transport();
    const std::filesystem::directory_iterator threads("/proc/self/task");
    const auto pool = std::distance(begin(threads), end(threads)) - 1;
    ::_exit(pool == std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 2, 4) ? 0
                                                                                            : 1);
  }
  int status = -1;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(a_prepared_process_trusts_what_ssl_cert_file_named_when_it_started) {
  const auto certificate = test::make_test_certificate("localhost");
  std::string path = (std::filesystem::temp_directory_path() / "akv-trust-XXXXXX").string();
  BOOST_REQUIRE(::mkstemp(path.data()) >= 0);

  ::setenv("SSL_CERT_FILE", path.c_str(), 1);
  http::prepare_process(2);
  // cpprestsdk's own reading of the bundle, at every connection, finds nothing to parse.
  BOOST_TEST(std::string(std::getenv("SSL_CERT_FILE")) == "/dev/null");
  // What programs are started with that this one knows nothing of.
  BOOST_TEST(identity::process_environment().at("SSL_CERT_FILE") == path);

  // Read when the first transport is made: until then the file may be wrong, and after it moot.
  BOOST_CHECK_EXCEPTION(http::make_cpprest_transport(), AzureError, [&](const AzureError& error) {
    return error.info().message == "cannot read trusted certificates from " + path +
                                       ": it holds no certificate in PEM form";
  });
  std::ofstream(path) << certificate.certificate_pem;
  test::LoopbackServer server(&certificate);
  const auto transport = http::make_cpprest_transport();
  std::filesystem::remove(path);
  BOOST_TEST(transport->send({.url = server.url("/")}, {}).status == 200);
  BOOST_TEST(http::make_cpprest_transport()->send({.url = server.url("/")}, {}).status == 200);

  const auto other = test::make_test_certificate("localhost");
  test::LoopbackServer stranger(&other);
  BOOST_CHECK_THROW(transport->send({.url = stranger.url("/")}, {}), TransportError);
}

BOOST_AUTO_TEST_SUITE_END()
