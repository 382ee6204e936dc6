// With -o json there is one document on standard output, whatever fails.
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

using namespace akv;
using test::Console;
using test::contains;

namespace {

constexpr const char* subscription = "9c0d0000-0000-4000-8000-000000000003";

struct AsJson : Console {
  std::string manifest = file("quickstart.yaml", test::small_manifest());
  std::string nowhere = (folder / "none" / "file").string();
  std::string error() const { return std::string(document()["error"]["message"].string_or()); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(one_document, AsJson)

BOOST_AUTO_TEST_CASE(a_plan_that_cannot_be_saved_is_one_error) {
  BOOST_TEST(run({"plan", manifest, store(), "-o", "json", "--save", nowhere}) == 1);
  BOOST_TEST(contains(error(), "the plan cannot be saved in "), said());
  BOOST_TEST(document()["changes"].is_null());
  BOOST_TEST(complained().empty(), complained());
  BOOST_TEST(run({"plan", manifest, store(), "--save", nowhere}) == 1);
  BOOST_TEST(said().empty(), said());
}

BOOST_AUTO_TEST_CASE(a_baseline_that_cannot_be_written_is_one_error) {
  BOOST_TEST(run({"check", manifest, "--offline", "--subscription", subscription, "-o", "json",
                  "--write-baseline", nowhere}) == 1);
  BOOST_TEST(contains(error(), "cannot be written"), said());
  BOOST_TEST(document()["findings"].is_null());
  BOOST_TEST(run({"check", manifest, "--offline", "--subscription", subscription, "-o", "sarif",
                  "--write-baseline", nowhere}) == 1);
  BOOST_TEST(said().empty(), said());
}

BOOST_AUTO_TEST_CASE(a_baseline_on_standard_output_would_be_a_second_document) {
  BOOST_TEST(run({"check", manifest, "--offline", "--subscription", subscription, "-o", "json",
                  "--write-baseline", "/dev/null"}) == 1);
  BOOST_TEST(contains(error(), "/dev/null is no regular file; name another: --write-baseline FILE"),
             said());
}

BOOST_AUTO_TEST_CASE(what_is_written_is_told_on_the_error_stream) {
  const std::string plan = (folder / "p.plan").string(), baseline = (folder / "b.json").string();
  BOOST_TEST(run({"plan", manifest, store(), "-o", "json", "--save", plan}) == 0);
  BOOST_TEST(document()["summary"]["create"].int_or(0) == 2);
  BOOST_TEST(contains(complained(), "Saved in "), complained());
  BOOST_TEST(run({"check", manifest, "--offline", "--subscription", subscription, "-o", "json",
                  "--write-baseline", baseline}) == 0);
  BOOST_TEST(document()["summary"]["objects"].int_or(0) == 2);
  BOOST_TEST(contains(complained(), "Baseline written to "), complained());
}

BOOST_AUTO_TEST_SUITE_END()
