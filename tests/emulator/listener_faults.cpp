// Answers that do not arrive as they should, seen from the other end of the wire.
#include "akv/emulator/listener.hpp"
#include "akv/mgmt/json/document.hpp"
#include "emulator/listener_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>
#include <thread>

using namespace akv;
using namespace akv::emulator;
using namespace akv::test;

namespace {

struct FaultyFixture : ListenerFixture {
  std::shared_ptr<Emulator> emulator = std::make_shared<Emulator>();
  Listener server{emulator, listener_authority()};
  TlsClient client{server.port(), trusting()};

  void rule(const std::string& effect) {
    emulator->set_faults(
        json::Document::parse(R"({"rules":[{"match":{"path":"/x"},"effect":)" + effect + "}]}"));
  }
  /// Whether the connection ends before the whole answer is there.
  bool breaks_off() {
    client.send(get("/x"));
    try {
      client.read();
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(listener_faults, FaultyFixture)

BOOST_AUTO_TEST_CASE(a_reset_ends_the_connection_without_an_answer) {
  rule(R"({"reset":"afterWork"})");
  BOOST_TEST(breaks_off());
}

BOOST_AUTO_TEST_CASE(a_truncated_body_ends_early_whatever_its_length_promised) {
  rule(R"({"status":200,"body":"0123456789","truncateAfter":4})");
  BOOST_TEST(breaks_off());
}

BOOST_AUTO_TEST_CASE(a_body_that_fits_is_not_truncated_and_ends_the_connection) {
  rule(R"({"status":200,"body":"0123","truncateAfter":4})");
  BOOST_TEST(client.ask(get("/x")).body == "0123");
  BOOST_TEST(client.ended());
}

BOOST_AUTO_TEST_CASE(a_dripping_body_arrives_whole_in_the_end) {
  rule(R"({"status":200,"body":"012345","bytesPerSecond":30})");
  const HttpReply reply = client.ask(get("/x"));
  BOOST_TEST(reply.has("Content-Length: 6"));
  BOOST_TEST(reply.body == "012345");
}

BOOST_AUTO_TEST_CASE(a_late_answer_leaves_the_connection_open) {
  rule(R"({"status":200,"body":"late","delayMilliseconds":20})");
  BOOST_TEST(client.ask(get("/x")).body == "late");
  BOOST_TEST(client.ask(get("/x")).body == "late");
}

BOOST_AUTO_TEST_CASE(a_late_answer_can_be_lost_as_well) {
  rule(R"({"status":200,"delayMilliseconds":20,"reset":"afterWork"})");
  BOOST_TEST(breaks_off());
}

BOOST_AUTO_TEST_CASE(a_listener_that_goes_does_not_wait_for_a_late_answer) {
  rule(R"({"status":200,"delayMilliseconds":600000})");
  {
    Listener other(emulator, listener_authority());
    TlsClient waiting(other.port(), trusting());
    waiting.send(get("/x"));
    // The request is in the log once its answer is under way.
    while (emulator->requests().empty()) std::this_thread::yield();
  }
  BOOST_TEST(emulator->requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(faults_are_set_over_the_wire_from_this_machine_only) {
  const std::string rules = R"({"rules":[{"match":{"path":"/x"},"effect":{"status":418}}]})";
  const auto put = [&](const std::string& host, const std::string& more = {}) {
    return client
        .ask("PUT /_emulator/faults HTTP/1.1\r\nHost: " + host + "\r\n" + more +
             "Content-Length: " + std::to_string(rules.size()) + "\r\n\r\n" + rules)
        .status;
  };
  BOOST_TEST(put("management.azure.com") == 404);
  // A page in a browser on this machine.
  BOOST_TEST(put("localhost", "Origin: https://page.example\r\n") == 404);
  BOOST_TEST(put("localhost", "Sec-Fetch-Site: cross-site\r\n") == 404);
  BOOST_TEST(put("localhost") == 204);
  BOOST_TEST(client.ask(get("/x")).status == 418);
}

BOOST_AUTO_TEST_SUITE_END()
