#include "akv/provision/checks/baseline.hpp"

#include "checks/judging.hpp"

using namespace akv;
using checks::BaselineError;
using engine::Finding;
using test::good_manifest;
using test::Judging;
using test::replaced;

namespace {

std::string refusal(const std::string& text) {
  try {
    checks::read_baseline(text, "old.json");
  } catch (const BaselineError& error) {
    return error.what();
  }
  return "accepted";
}

std::string list_of(std::size_t count) {
  std::string text = "{\"formatVersion\":1,\"findings\":[";
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ',';
    text += R"({"rule":"can-purge","object":"/a","subject":")";
    text += std::to_string(i);
    text += "\"}";
  }
  return text + "]}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(baseline)

BOOST_AUTO_TEST_CASE(a_baseline_is_sorted_and_says_what_and_where) {
  const Judging judging(
      replaced(good_manifest(), "enablePurgeProtection: true", "enablePurgeProtection: false"));
  BOOST_TEST(checks::write_baseline(judging.checked.findings) ==
             R"({"formatVersion": 1, "findings": [
  {"rule":"access-legacy","object":"/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourcegroups/rg-pay/providers/microsoft.keyvault/vaults/kv-pay","subject":"enableRbacAuthorization"},
  {"rule":"purge-protection-off","object":"/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourcegroups/rg-pay/providers/microsoft.keyvault/vaults/kv-pay","subject":"enablePurgeProtection"}
]}
)");
  BOOST_TEST(checks::write_baseline({}) == "{\"formatVersion\": 1, \"findings\": []}\n");
}

BOOST_AUTO_TEST_CASE(what_a_baseline_holds_is_known_and_what_it_lacks_counts) {
  const Judging before(good_manifest());
  const checks::Baseline old =
      checks::read_baseline(checks::write_baseline(before.checked.findings), "old.json");
  Judging after(
      replaced(good_manifest(), "enablePurgeProtection: true", "enablePurgeProtection: false"));
  BOOST_TEST(checks::apply_baseline(old, after.checked.findings) == 0U);
  BOOST_TEST((after.of("access-legacy").standing == Finding::Standing::known));
  BOOST_TEST((after.of("purge-protection-off").standing == Finding::Standing::counts));
}

BOOST_AUTO_TEST_CASE(what_was_mended_is_counted_and_what_is_ignored_is_not_written) {
  const checks::Baseline old = checks::read_baseline(list_of(2), "old.json");
  Judging judging(
      replaced(good_manifest(), "name: kv-pay", "name: kv-pay # akv:ignore access-legacy old app"));
  BOOST_TEST(checks::apply_baseline(old, judging.checked.findings) == 2U);
  BOOST_TEST(checks::write_baseline(judging.checked.findings) ==
             "{\"formatVersion\": 1, \"findings\": []}\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_baseline_is_refused_with_its_name_and_the_way_out) {
  const std::string way_out = "; akv check FILE --write-baseline old.json writes one";
  BOOST_TEST(refusal("{}") == "old.json is no baseline: formatVersion is not 1" + way_out);
  BOOST_TEST(refusal(R"({"formatVersion":1})") ==
             "old.json is no baseline: findings is missing or no list" + way_out);
  BOOST_TEST(refusal(R"({"formatVersion":1,"findings":[{"rule":"x","object":""}]})") ==
             "old.json is no baseline: findings[0].subject is missing or no text" + way_out);
  BOOST_TEST(refusal(R"({"formatVersion":1,"findings":[{"rule":"x","object":"","subject":""}]})") ==
             "old.json is no baseline: there is no rule \"x\"" + way_out);
  BOOST_TEST(refusal("{\"formatVersion\":").starts_with("old.json is no baseline: "));
  BOOST_TEST(refusal(std::string(9, '[')).find("old.json is no baseline: ") == 0U);
}

BOOST_AUTO_TEST_CASE(a_baseline_is_read_up_to_its_caps) {
  BOOST_TEST(refusal(list_of(checks::max_baseline_findings)) == "accepted");
  BOOST_TEST(refusal(list_of(checks::max_baseline_findings + 1))
                 .find("it has more than 200000 findings") != std::string::npos);
  std::string text = list_of(1);
  text.resize(checks::max_baseline_bytes, ' ');
  BOOST_TEST(refusal(text) == "accepted");
  BOOST_TEST(refusal(text + " ").find("it is longer than 64 MiB") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
