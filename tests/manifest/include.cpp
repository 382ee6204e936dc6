#include "akv/provision/manifest/sources.hpp"
#include "manifest/loading.hpp"
#include "support/memory_files.hpp"
#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

using namespace akv::manifest_tests;
using akv::test::MemoryFiles;

namespace {

const std::string head = "apiVersion: akv/v1\n";

/// A file that includes others and says nothing else.
std::string including(const std::string& list) { return head + "include: " + list + "\n"; }

akv::manifest::Loaded load_from(const MemoryFiles& files, const std::string& name) {
  auto options = with_environment();
  options.files = &files;
  const std::array inputs{akv::manifest::Input{name, files.texts.at(name)}};
  return akv::manifest::load(inputs, words(), options);
}

std::string mistakes(const MemoryFiles& files, const std::string& name = "main.yaml") {
  return report(load_from(files, name));
}

MemoryFiles around(const std::string& list, std::map<std::string, std::string> others = {}) {
  MemoryFiles files;
  files.texts = std::move(others);
  files.texts["main.yaml"] = including(list) + "deployment: d\n";
  return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(include)

BOOST_AUTO_TEST_CASE(what_is_included_counts_as_given) {
  MemoryFiles files;
  files.texts = {
      {"estate/main.yaml", including("[../common/names.yaml, 'teams/*.yaml']") +
                               "deployment: d-${stage}\nresourceGroups: [{name: rg-main}]\n"},
      {"common/names.yaml", head + "parameters: {stage: {default: dev}}\n"
                                   "principals: {app: 1b2c0000-0000-4000-8000-000000000001}\n"
                                   "defaults: {vault: {sku: premium}}\n"},
      {"estate/teams/b.yaml", head + "resourceGroups: [{name: rg-b}]\n"},
      {"estate/teams/a.yaml",
       head + "resourceGroups: [{name: 'rg-a-${stage}', vaults: [{name: kv-one, accessPolicies: "
              "[{principal: app, permissions: azure-backup}]}]}]\n"},
      {"estate/teams/notes.txt", "no manifest"}};
  const auto loaded = load_from(files, "estate/main.yaml");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.files == 4U);
  BOOST_TEST(loaded.deployment.name == "d-dev");
  std::string names;
  for (const auto& object : loaded.deployment.objects) names += object.name + " ";
  BOOST_TEST(names == "rg-a-dev rg-a-dev/kv-one rg-b rg-main ");
  BOOST_TEST(loaded.deployment.objects.at(1).body["sku"].string_or() == "premium");
  BOOST_TEST(loaded.deployment.places.file_and_line(loaded.deployment.objects.at(1).origin) ==
             "estate/teams/a.yaml:2");
}

BOOST_AUTO_TEST_CASE(mistakes_in_included_files_have_their_places) {
  BOOST_TEST(
      mistakes(around("[one.yaml]", {{"one.yaml", head + "resourceGroups:\n  - {nam: x}\n"}})) ==
      "one.yaml:3:5: a resource group needs \"name\"\n"
      "one.yaml:3:6: unknown key \"nam\"; did you mean \"name\"?\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_included_twice_is_read_once) {
  const auto files = around("[a.yaml, b.yaml, a.yaml]",
                            {{"a.yaml", including("[common.yaml]")},
                             {"b.yaml", including("[common.yaml]")},
                             {"common.yaml", head + "resourceGroups: [{name: rg}]\n"}});
  const auto loaded = load_from(files, "main.yaml");
  BOOST_TEST(report(loaded) == "");
  BOOST_TEST(loaded.files == 4U);
  BOOST_TEST(loaded.deployment.objects.size() == 1U);
}

BOOST_AUTO_TEST_CASE(two_files_that_claim_one_vault_are_both_named) {
  const std::string vault = "resourceGroups: [{name: rg, vaults: [{name: kv-one}]}]\n";
  BOOST_TEST(
      mistakes(around("[a.yaml, b.yaml]", {{"a.yaml", head + vault}, {"b.yaml", head + vault}})) ==
      "b.yaml:2:25: resource group \"rg\" stands here twice; the first is at a.yaml:2\n"
      "b.yaml:2:45: vault \"kv-one\" stands here twice; the first is at a.yaml:2\n");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_with_the_place_of_the_include) {
  BOOST_TEST(mistakes(around("[none.yaml]")) ==
             "main.yaml:2:11: \"none.yaml\" cannot be read: No such file or directory; paths are "
             "relative to the file that includes\n");
  BOOST_TEST(mistakes(around("['teams/*.yaml']")) ==
             "main.yaml:2:11: the folder of \"teams/*.yaml\" cannot be read: No such file or "
             "directory\n");
  BOOST_TEST(mistakes(around("['x-*.yaml']")) ==
             "main.yaml:2:11: no file is named like \"x-*.yaml\"; paths are relative to the file "
             "that includes\n");
}

BOOST_AUTO_TEST_CASE(a_cycle_is_shown_whole) {
  BOOST_TEST(mistakes(around("[a.yaml]", {{"a.yaml", including("[b.yaml]")},
                                          {"b.yaml", including("[main.yaml]")}})) ==
             "b.yaml:2:11: \"main.yaml\" includes \"a.yaml\" includes \"b.yaml\" includes "
             "\"main.yaml\"; remove one of these includes\n");
  // A wildcard leaves out the file that it stands in, and those that include it.
  BOOST_TEST(mistakes(around("['*.yaml']", {{"a.yaml", including("['*.yaml']")}})) == "");
}

BOOST_AUTO_TEST_CASE(only_manifests_beside_the_file_can_be_included) {
  BOOST_TEST(mistakes(around("[/etc/a.yaml, token, '${x}.yaml', 't*/a.yaml', [a], '']")) ==
             "main.yaml:2:11: \"/etc/a.yaml\" is an absolute path; write it relative to this file\n"
             "main.yaml:2:24: \"token\" is no manifest by its name; name a file that ends in "
             ".yaml, or all of a folder: teams/*.yaml\n"
             "main.yaml:2:31: \"${x}.yaml\" has a reference, and files are read before any "
             "parameter has a value; write the path out\n"
             "main.yaml:2:44: \"t*/a.yaml\" has a wildcard in its folder; wildcards may stand in "
             "the file's name\n"
             "main.yaml:2:57: an entry of include is the path of a file; write it relative to this "
             "file\n"
             "main.yaml:2:62: an entry of include is the path of a file; write it relative to this "
             "file\n");
  BOOST_TEST(mistakes(around("a.yaml")) ==
             "main.yaml:2:10: include is a list of files; write include: [common.yaml]\n");
}

BOOST_AUTO_TEST_CASE(without_files_an_include_is_a_mistake) {
  BOOST_TEST(report(load(including("[b.yaml]") + "deployment: d\n")) ==
             "a.yaml:2:11: files cannot be included here; give them together\n");
}

BOOST_AUTO_TEST_CASE(depth_stops_at_its_cap) {
  const auto chain = [](std::size_t length) {
    MemoryFiles files = around("[f1.yaml]");
    for (std::size_t i = 1; i + 1 < length; ++i)
      files.texts["f" + std::to_string(i) + ".yaml"] =
          including("[f" + std::to_string(i + 1) + ".yaml]");
    files.texts["f" + std::to_string(length - 1) + ".yaml"] = head;
    return mistakes(files);
  };
  BOOST_TEST(chain(akv::manifest::max_include_depth) == "");
  BOOST_TEST(chain(akv::manifest::max_include_depth + 1) ==
             "f15.yaml:2:11: more than 16 files include each other; include the files from fewer "
             "places\n");
}

BOOST_AUTO_TEST_CASE(files_stop_at_their_cap) {
  const auto many = [](std::size_t count) {
    MemoryFiles files = around("['t/*.yaml']");
    for (std::size_t i = 0; i < count; ++i) files.texts["t/" + std::to_string(i) + ".yaml"] = head;
    return mistakes(files);
  };
  BOOST_TEST(many(akv::manifest::max_included_files) == "");
  BOOST_TEST(many(akv::manifest::max_included_files + 1) ==
             "main.yaml:2:11: more than 1000 files are included; put several into one\n");
}

BOOST_AUTO_TEST_CASE(names_in_a_folder_stop_at_their_cap) {
  const auto many = [](std::size_t count) {
    MemoryFiles files = around("['t/*.yaml']", {{"t/a.yaml", head}});
    for (std::size_t i = 1; i < count; ++i) files.texts["t/" + std::to_string(i)] = "";
    return mistakes(files);
  };
  BOOST_TEST(many(akv::manifest::max_listed_files) == "");
  BOOST_TEST(many(akv::manifest::max_listed_files + 1) ==
             "main.yaml:2:11: the folder of \"t/*.yaml\" has more than 10000 files; name the "
             "files\n");
}

BOOST_AUTO_TEST_CASE(their_text_stops_at_its_cap) {
  // What is no UTF-8 in its first byte is not read further, which keeps this short.
  const auto sized = [](std::size_t bytes) {
    return mistakes(around("[a.yaml]", {{"a.yaml", '\xFF' + std::string(bytes - 1, ' ')}}));
  };
  BOOST_TEST(sized(akv::manifest::max_included_bytes) ==
             "a.yaml:1:1: byte 0xFF is not valid UTF-8; save the file as UTF-8\n");
  BOOST_TEST(sized(akv::manifest::max_included_bytes + 1) ==
             "main.yaml:2:11: included files have more than 64 MiB together; give large files on "
             "the command line\n");
}

BOOST_AUTO_TEST_CASE(on_the_disk_only_regular_files_are_read) {
  const akv::test::TemporaryFolder folder;
  const akv::manifest::DiskFiles disk;
  const auto path = [&](const char* name) { return (folder / name).string(); };
  std::ofstream(path("a.yaml")) << "text";
  std::filesystem::create_directory(path("sub"));
  BOOST_TEST(disk.read(path("a.yaml"), 4).text.value_or("") == "text");
  BOOST_TEST(disk.read(path("a.yaml"), 2).text.value_or("") == "tex");
  BOOST_TEST(disk.read(path("none"), 4).fault == "No such file or directory");
  BOOST_TEST(disk.read(path("sub"), 4).fault == "it is a folder");
  BOOST_TEST(disk.read("/dev/null", 4).fault == "it is no regular file");
  BOOST_TEST(disk.identity(path("sub/../a.yaml")) == disk.identity(path("a.yaml")));
  std::ofstream(path("b.yaml")) << "";
  BOOST_TEST(disk.list(path(""), 9).names.size() == 2U);
  BOOST_TEST(disk.list(path(""), 1).names.size() == 2U);
  BOOST_TEST(disk.list(path("none"), 1).fault == "No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
