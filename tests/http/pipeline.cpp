#include "akv/mgmt/http/pipeline.hpp"

#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/policies.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_transport.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>

using namespace akv;
using namespace akv::http;

namespace {

/// Writes its name into the request on the way in and into the answer on the way out.
class Stamp final : public Policy {
 public:
  explicit Stamp(std::string name) : name_(std::move(name)) {}
  Response send(Request& request, Next next, const Context& context) const override {
    request.headers.add("in", name_);
    Response response = next(request, context);
    response.body += name_;
    return response;
  }

 private:
  std::string name_;
};

struct Fixture {
  std::shared_ptr<test::FakeTransport> transport = std::make_shared<test::FakeTransport>();
  test::FakeClock clock;
  Context context{.clock = &clock};
  SeededRandom random{1};

  template <class... Policies>
  Pipeline pipeline(Policies... policies) {
    std::vector<std::unique_ptr<Policy>> list;
    (list.push_back(std::move(policies)), ...);
    return Pipeline(std::move(list), transport);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pipeline, Fixture)

BOOST_AUTO_TEST_CASE(policies_run_from_the_outermost_to_the_transport_and_back) {
  transport->reply(200, {}, "<");
  const Pipeline pipe = pipeline(std::make_unique<Stamp>("1"), std::make_unique<Stamp>("2"));
  BOOST_TEST(pipe.send({.url = "https://h/"}, context).body == "<21");
  std::string in;
  const auto requests = transport->requests();
  for (const auto& [name, value] : requests.at(0).headers) in += value;
  BOOST_TEST(in == "12");
}

BOOST_AUTO_TEST_CASE(without_policies_the_transport_answers) {
  transport->reply(404);
  BOOST_TEST(pipeline().send({.url = "https://h/"}, context).status == 404);
}

BOOST_AUTO_TEST_CASE(sends_nothing_when_the_context_has_ended) {
  std::stop_source source;
  source.request_stop();
  context.stop = source.get_token();
  BOOST_CHECK_THROW(pipeline().send({.url = "https://h/"}, context), CancelledError);
  context = {.deadline = clock.steady_now(), .clock = &clock};
  BOOST_CHECK_THROW(pipeline().send({.url = "https://h/"}, context), CancelledError);
  BOOST_TEST(transport->requests().empty());
}

BOOST_AUTO_TEST_CASE(request_id_is_a_new_uuid_unless_the_caller_chose_one) {
  transport->reply(200).reply(200).reply(200);
  const Pipeline pipe = pipeline(make_request_id_policy(random));
  pipe.send({.url = "https://h/"}, context);
  pipe.send({.url = "https://h/"}, context);
  pipe.send({.url = "https://h/", .headers = {{"X-MS-client-request-id", "mine"}}}, context);
  const auto id = [&](std::size_t i) {
    return std::string(transport->requests().at(i).headers.get("x-ms-client-request-id").value());
  };
  BOOST_TEST(is_uuid(id(0)));
  BOOST_TEST(id(0) != id(1));
  BOOST_TEST(id(2) == "mine");
}

BOOST_AUTO_TEST_CASE(request_id_stays_the_same_over_attempts) {
  transport->reply(503).reply(200);
  pipeline(make_request_id_policy(random), make_retry_policy({}, random, nullptr))
      .send({.url = "https://h/"}, context);
  const auto requests = transport->requests();
  BOOST_TEST(requests.at(0).headers.get("x-ms-client-request-id").value() ==
             requests.at(1).headers.get("x-ms-client-request-id").value());
}

BOOST_AUTO_TEST_CASE(user_agent_says_who_we_are_unless_the_caller_did) {
  transport->reply(200).reply(200).reply(200);
  pipeline(make_user_agent_policy("app/2")).send({.url = "https://h/"}, context);
  pipeline(make_user_agent_policy("")).send({.url = "https://h/"}, context);
  pipeline(make_user_agent_policy(""))
      .send({.url = "https://h/", .headers = {{"user-agent", "x"}}}, context);
  const auto requests = transport->requests();
  const auto sent = [&](std::size_t i) { return requests.at(i).headers.get("User-Agent").value(); };
  BOOST_TEST(sent(0).starts_with("app/2 akv/"));
  BOOST_TEST(sent(0).ends_with(" (Linux; cpprestsdk)"));
  BOOST_TEST(sent(1).starts_with("akv/"));
  BOOST_TEST(sent(2) == "x");
}

BOOST_AUTO_TEST_SUITE_END()
