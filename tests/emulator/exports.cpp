#include "akv/emulator/exports.hpp"

#include "akv/emulator/detail/private_file.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace akv;
using namespace akv::emulator;
namespace fs = std::filesystem;

namespace {

const Identity identity = {.tenant_id = "t-1",
                           .subscription_id = "s-1",
                           .client_id = "c-1",
                           .client_secret = "se'cr\"et $(exit 3) `x`\\",
                           .object_id = "o-1"};

Running running() {
  return {.base_url = "https://localhost:8443",
          .ca_file = "/a folder/ca.pem",
          .bundle_file = "/a folder/bundle.pem",
          .identity = identity,
          .pid = getpid()};
}

// What a shell prints after it has read the exports.
std::string shell(const std::string& script, const test::TemporaryFolder& folder) {
  write_private_file(folder / "script", script);
  FILE* pipe = popen(("sh '" + (folder / "script").string() + "'").c_str(), "r");
  std::string out;
  std::array<char, 512> block;
  while (std::size_t got = fread(block.data(), 1, block.size(), pipe))
    out.append(block.data(), got);
  BOOST_TEST(pclose(pipe) == 0);
  return out;
}

auto says(const std::string& text) {
  return [=](const std::runtime_error& error) {
    std::string what = error.what();
    return what.find(text) != std::string::npos && what.find("se'cr") == std::string::npos;
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exports)

BOOST_AUTO_TEST_CASE(every_client_finds_its_variables) {
  Running plain = running();
  plain.ca_file = "/s/ca.pem";
  plain.bundle_file = "/s/bundle.pem";
  plain.identity.client_secret = "x";
  const std::string exports = shell_exports(plain);
  BOOST_TEST(exports ==
             "export AZURE_TENANT_ID='t-1'\n"
             "export AZURE_CLIENT_ID='c-1'\n"
             "export AZURE_CLIENT_SECRET='x'\n"
             "export AZURE_SUBSCRIPTION_ID='s-1'\n"
             "export AZURE_AUTHORITY_HOST='https://localhost:8443'\n"
             "export AKV_CLOUD='https://localhost:8443'\n"
             "export AKV_CA_FILE='/s/ca.pem'\n"
             "export ARM_ENDPOINT='https://localhost:8443'\n"
             "export ARM_METADATA_HOSTNAME='localhost:8443'\n"
             "export SSL_CERT_FILE='/s/bundle.pem'\n"
             "export REQUESTS_CA_BUNDLE='/s/bundle.pem'\n"
             "export NODE_EXTRA_CA_CERTS='/s/bundle.pem'\n");
  plain.proxy_url = "http://127.0.0.1:8444";
  BOOST_TEST(shell_exports(plain) == exports +
                                         "export HTTPS_PROXY='http://127.0.0.1:8444'\n"
                                         "export NO_PROXY='localhost,127.0.0.1'\n");
}

BOOST_AUTO_TEST_CASE(a_shell_reads_back_exactly_what_was_meant) {
  test::TemporaryFolder folder;
  std::string odd = "/tmp/it's a\nfolder; $HOME `id` \\ \"*\"/ca.pem";
  Running running_oddly = running();
  running_oddly.ca_file = odd;
  auto script =
      shell_exports(running_oddly) + "printf '%s|%s' \"$AZURE_CLIENT_SECRET\" \"$AKV_CA_FILE\"\n";
  BOOST_TEST(shell(script, folder) == identity.client_secret + '|' + odd);
}

BOOST_AUTO_TEST_CASE(a_running_emulator_is_found_until_it_ends) {
  test::TemporaryFolder folder;
  auto file = running_file(folder / "state/X.db");
  BOOST_TEST(file == folder / "state/X.db.running");
  BOOST_TEST(!find_running(file).has_value());
  {
    RunningFile running_now(file, running());
    struct stat status {};
    BOOST_REQUIRE(stat(file.c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777) == 0600U);
    auto found = find_running(file);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->base_url == "https://localhost:8443");
    BOOST_TEST(found->pid == getpid());
    BOOST_TEST(found->ca_file == fs::path("/a folder/ca.pem"));
    BOOST_TEST(found->bundle_file == fs::path("/a folder/bundle.pem"));
    BOOST_TEST(found->identity.client_secret == identity.client_secret);
    BOOST_TEST(found->identity.tenant_id == "t-1");
    BOOST_TEST(found->identity.subscription_id == "s-1");
    BOOST_TEST(found->identity.client_id == "c-1");
    BOOST_TEST(found->identity.object_id == "o-1");
  }
  BOOST_TEST(!fs::exists(file));
  BOOST_TEST(running_file({}) == fs::path(".akv/emulator.running"));
}

BOOST_AUTO_TEST_CASE(what_a_killed_emulator_left_behind_is_not_taken_for_one) {
  test::TemporaryFolder folder;
  auto file = running_file(folder / "X.db");
  pid_t child = fork();
  if (child == 0) {
    auto* kept = new RunningFile(file, running());
    (void)kept;
    _exit(0);  // as a kill would: nothing is tidied up
  }
  int status = 0;
  BOOST_REQUIRE(waitpid(child, &status, 0) == child);
  BOOST_TEST(fs::exists(file));
  BOOST_TEST(!find_running(file).has_value());
  RunningFile next(file, running());
  BOOST_TEST(find_running(file).has_value());
}

BOOST_AUTO_TEST_CASE(an_older_emulator_leaves_the_file_of_a_newer_one_alone) {
  test::TemporaryFolder folder;
  auto file = running_file(folder / "X.db");
  auto older = std::make_unique<RunningFile>(file, running());
  RunningFile newer(file, running());
  older.reset();
  BOOST_TEST(find_running(file).has_value());
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_named_and_its_secret_is_not) {
  test::TemporaryFolder folder;
  for (std::string damage :
       {"{\"url\": \"https://localhost:1\"", "{\"url\": \"https://localhost:1\"}",
        "{\"url\": \"nowhere\", \"identity\": {\"clientSecret\": \"se'cr\"}}", "[]", ""}) {
    write_private_file(folder / "r", damage);
    int lock = open((folder / "r").c_str(), O_RDONLY);
    BOOST_REQUIRE(flock(lock, LOCK_EX) == 0);
    BOOST_CHECK_EXCEPTION(find_running(folder / "r"), std::runtime_error, says("it is damaged"));
    close(lock);
  }
}

BOOST_AUTO_TEST_CASE(a_place_that_cannot_be_written_is_named) {
  BOOST_CHECK_EXCEPTION(RunningFile("/proc/none/r", running()), std::runtime_error,
                        says("/proc/none/r"));
  BOOST_CHECK_EXCEPTION(RunningFile("/proc/r", running()), std::runtime_error, says("/proc/r"));
}

BOOST_AUTO_TEST_SUITE_END()
