// export and doctor on the emulator inside akv.
#include "akv/provision/doctor/examine.hpp"
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using test::Console;
using test::contains;

namespace {

struct EstateReports : Console {
  EstateReports() {
    const std::string manifest = file("quickstart.yaml", test::small_manifest());
    BOOST_REQUIRE(on_emulator({"apply", manifest, "--yes"}) == 0);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(estate_reports, EstateReports)

BOOST_AUTO_TEST_CASE(what_was_exported_plans_empty) {
  BOOST_TEST(on_emulator({"export", "-g", "rg-quickstart", "--name", "kv-*"}) == 0);
  BOOST_TEST(complained() == "akv: exported 1 vault in 1 group\n");
  const std::string exported = file("exported.yaml", said());
  BOOST_TEST(contains(said(), "deployment: quickstart\n"), said());
  BOOST_TEST(on_emulator({"plan", exported}) == 0);
  BOOST_TEST(contains(said(), "No changes. 2 objects are as the manifest says."), said());
  BOOST_TEST(on_emulator({"export", "--tag", "owner=nobody"}) == 0);
  BOOST_TEST(complained() ==
             "akv: exported 0 vaults in 0 groups: no vault there has such a tag and name\n");
  BOOST_TEST(on_emulator({"export", "--quiet"}) == 0);
  BOOST_TEST(complained() == "");
}

BOOST_AUTO_TEST_CASE(principals_are_named_as_in_a_manifest) {
  const std::string names = file("names.yaml", test::small_manifest());
  BOOST_TEST(on_emulator({"export", "--principals", names}) == 0);
  BOOST_TEST(contains(said(), "principals:\n  app: 1b2c0000-0000-4000-8000-000000000001\n"),
             said());
  BOOST_TEST(on_emulator({"export", "--principals", "nowhere.yaml"}) == 1);
  BOOST_TEST(contains(complained(), "nowhere.yaml: cannot be read"), complained());
}

BOOST_AUTO_TEST_CASE(another_deployment_is_a_takeover_and_says_so) {
  BOOST_TEST(on_emulator({"export", "--deployment", "mine"}) == 0);
  BOOST_TEST(contains(said(), "deployment: mine\n"), said());
  BOOST_TEST(contains(said(), "# belongs to deployment quickstart; to take it over:\n"), said());
  BOOST_TEST(contains(complained(), ", 2 of other deployments, as the comments say\n"),
             complained());
}

BOOST_AUTO_TEST_CASE(what_export_cannot_take_is_wrong_usage) {
  BOOST_TEST(on_emulator({"export", "--deployment", "X Y"}) == 64);
  BOOST_TEST(contains(complained(), "--deployment: \"X Y\" is not a deployment name"),
             complained());
  BOOST_TEST(on_emulator({"export", "--tag", "=x"}) == 64);
  BOOST_TEST(contains(complained(), "--tag takes NAME or NAME=VALUE, not \"=x\""), complained());
  for (const std::string name : {"a/../b", "rg\nname", "..", ""}) {
    BOOST_TEST(on_emulator({"export", "-g", "rg-quickstart", "-g", name}) == 64, name);
    BOOST_TEST(contains(complained(), "--group: "), complained());
  }
  BOOST_TEST(contains(complained(), "a resource group needs a name"), complained());
  BOOST_TEST(contains(complained(), "write 1 to 90 letters"), complained());
  BOOST_TEST(on_emulator({"export", "-g", "rg-none"}) == 1);
  BOOST_TEST(contains(complained(), "there is no resource group rg-none"), complained());
}

BOOST_AUTO_TEST_CASE(a_doctor_tells_each_step_of_the_sign_in_and_finds_nothing_fatal) {
  BOOST_TEST(on_emulator({"doctor"}) == 0);
  BOOST_TEST(contains(said(), "Sign-in\n  ok     cloud"), said());
  BOOST_TEST(contains(said(), "  ok     credential    client secret of application "), said());
  BOOST_TEST(contains(said(), "  ok     clock"), said());
  BOOST_TEST(contains(said(), "  ok     subscription  "), said());
  BOOST_TEST(contains(said(), "1 vault in 1 group, 0 deleted vaults"), said());
  BOOST_TEST(contains(said(), "risk  purge protection off (purge-protection), 1 time\n"), said());
  BOOST_TEST(
      contains(
          said(),
          "az keyvault update -g rg-quickstart -n kv-quickstart --enable-purge-protection true"),
      said());
  BOOST_TEST(complained() == "");
}

BOOST_AUTO_TEST_CASE(a_doctor_speaks_json_and_markdown_and_reads_who_is_gone) {
  const std::string gone = file("gone.txt", "1b2c0000-0000-4000-8000-000000000001 app\n");
  BOOST_TEST(on_emulator({"doctor", "-o", "json", "--gone", gone}) == 0);
  BOOST_TEST(document()["summary"]["findings"].int_or(0) == 2);
  BOOST_TEST(document()["findings"].as_array()[0]["rule"].string_or() == "gone-principal");
  BOOST_TEST(document()["signIn"].as_array()[0]["ok"].bool_or(false));
  BOOST_TEST(on_emulator({"doctor", "-o", "markdown"}) == 0);
  BOOST_TEST(said().starts_with("### akv doctor: 1 finding\n"));
  const std::string bad = file("bad.txt", "# who\nmaria\n");
  BOOST_TEST(on_emulator({"doctor", "--gone", bad}) == 1);
  BOOST_TEST(contains(complained(), "bad.txt:2:1: \"maria\" is no object id; write one a line"),
             complained());
  BOOST_TEST(on_emulator({"doctor", "--gone", "nowhere.txt"}) == 1);
  BOOST_TEST(contains(complained(), "nowhere.txt: cannot be read"), complained());
}

BOOST_AUTO_TEST_CASE(a_file_of_the_gone_that_is_too_large_is_refused_and_not_cut) {
  const std::string left = "1b2c0000-0000-4000-8000-000000000001 app\n";
  const std::string filler(doctor::max_gone_bytes - left.size() - 1, '#');
  BOOST_TEST(
      on_emulator({"doctor", "-o", "json", "--gone", file("most.txt", filler + "\n" + left)}) == 0);
  BOOST_TEST(document()["findings"].as_array()[0]["rule"].string_or() == "gone-principal");
  BOOST_TEST(on_emulator({"doctor", "--gone", file("more.txt", filler + "#\n" + left)}) == 1);
  BOOST_TEST(contains(complained(), "more.txt: larger than 8 MiB; give it in parts"), complained());
}

BOOST_AUTO_TEST_SUITE_END()
