#include "akv/mgmt/core/errors.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace akv::test {
namespace {

ErrorInfo full(int status) {
  return {.status = status,
          .code = "TheCode",
          .message = "The service's text.",
          .target = "/subscriptions/s/resourceGroups/rg",
          .request_id = "6f1c",
          .operation = "Vaults.get",
          .attempts = 3,
          .retry_after = std::chrono::seconds{7}};
}

std::string text(const ErrorInfo& info) { return AzureError(info).what(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(a_message_says_all_that_is_known) {
  BOOST_TEST(text(full(409)) ==
             "Vaults.get: TheCode: The service's text. (HTTP 409, "
             "/subscriptions/s/resourceGroups/rg, request id 6f1c, 3 attempts, again after 7 s)");
}

BOOST_AUTO_TEST_CASE(a_message_leaves_out_what_is_not_known) {
  BOOST_TEST(text({}) == "");
  BOOST_TEST(text({.message = "no answer"}) == "no answer");
  BOOST_TEST(text({.status = 500}) == "HTTP 500");
  BOOST_TEST(text({.status = 500, .message = "oops"}) == "HTTP 500: oops");
  BOOST_TEST(text({.status = 500, .code = "Internal"}) == "Internal (HTTP 500)");
  BOOST_TEST(text({.message = "oops", .operation = "Vaults.get"}) == "Vaults.get: oops");
  BOOST_TEST(text({.message = "oops", .target = "x.json", .attempts = 1}) == "oops (x.json)");
  BOOST_TEST(text({.status = 404, .operation = "Vaults.get"}) == "Vaults.get: HTTP 404");
}

BOOST_AUTO_TEST_CASE(every_class_has_the_same_message_and_keeps_its_facts) {
  const std::string expected = AzureError(full(0)).what();
  const auto check = [&](const AzureError& error) {
    BOOST_TEST(error.what() == expected);
    BOOST_TEST(error.info().code == "TheCode");
    BOOST_TEST((error.info().retry_after == std::chrono::seconds{7}));
    BOOST_TEST(!error.info().maybe_delivered);
  };
  check(NotFoundError(full(0)));
  check(ConflictError(full(0)));
  check(ThrottledError(full(0)));
  check(AuthenticationError(full(0)));
  check(ForbiddenError(full(0)));
  check(TransportError(full(0)));
  check(CancelledError(full(0)));
  check(FormatError(full(0)));
  BOOST_TEST(expected ==
             "Vaults.get: TheCode: The service's text. (/subscriptions/s/resourceGroups/rg, "
             "request id 6f1c, 3 attempts)");
}

BOOST_AUTO_TEST_CASE(the_status_decides_the_class) {
  BOOST_CHECK_THROW(throw_for_status(full(401)), AuthenticationError);
  BOOST_CHECK_THROW(throw_for_status(full(403)), ForbiddenError);
  BOOST_CHECK_THROW(throw_for_status(full(404)), NotFoundError);
  BOOST_CHECK_THROW(throw_for_status(full(409)), ConflictError);
  BOOST_CHECK_THROW(throw_for_status(full(412)), ConflictError);
  BOOST_CHECK_THROW(throw_for_status(full(429)), ThrottledError);
  for (const int status : {0, 200, 400, 405, 500, 503}) {
    try {
      throw_for_status(full(status));
    } catch (const AzureError& error) {
      BOOST_TEST((typeid(error) == typeid(AzureError)), status);
      BOOST_TEST(error.info().status == status);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
