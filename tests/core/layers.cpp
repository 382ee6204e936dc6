// Who may include whom: the table of the layers, held against every file of the source tree.
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace akv::test {
namespace {

using Strings = std::vector<std::string>;
/// Path from the root of the source tree, such as `mgmt/http/url.cpp`, and what it includes, as it
/// stands there with its quotes or angle brackets.
using Tree = std::map<std::string, Strings>;

struct Layer {
  std::string_view name;
  std::vector<std::string_view> may_include;  // besides itself
};

// Lowest first. A folder of mgmt that is not named here is one more service beside keyvault.
const std::vector<Layer>& layers() {
  static const auto* const table = new std::vector<Layer>{
      {"mgmt/core", {}},
      {"mgmt/json", {"mgmt/core"}},
      {"mgmt/http", {"mgmt/core"}},
      {"emulator", {"mgmt/core", "mgmt/json", "mgmt/http"}},
      {"mgmt/identity", {"mgmt/core", "mgmt/json", "mgmt/http"}},
      {"mgmt/arm", {"mgmt/core", "mgmt/json", "mgmt/http", "mgmt/identity"}},
      {"mgmt/*", {"mgmt/core", "mgmt/json", "mgmt/http", "mgmt/identity", "mgmt/arm"}},
      // Programs for readers, which run against the emulator; nothing includes them.
      {"mgmt/examples",
       {"emulator", "mgmt/core", "mgmt/json", "mgmt/http", "mgmt/identity", "mgmt/arm", "mgmt/*"}},
      {"provision/engine", {"mgmt/core", "mgmt/json"}},
      {"provision/manifest", {"mgmt/core", "mgmt/json", "provision/engine"}},
      {"provision/kinds",
       {"mgmt/core", "mgmt/json", "mgmt/http", "mgmt/identity", "mgmt/arm", "mgmt/*",
        "provision/engine", "provision/manifest"}},
      {"provision/export",
       {"mgmt/core", "mgmt/json", "provision/engine", "provision/manifest", "provision/kinds"}},
      {"provision/checks",
       {"mgmt/core", "mgmt/json", "provision/engine", "provision/manifest", "provision/kinds"}},
      {"provision/doctor",
       {"mgmt/core", "mgmt/json", "provision/engine", "provision/manifest", "provision/kinds"}},
      // The report prints the manifest's diagnostics and what a doctor found too.
      {"provision/report",
       {"mgmt/core", "mgmt/json", "provision/engine", "provision/manifest", "provision/doctor"}},
      {"provision/cli",
       {"emulator", "mgmt/core", "mgmt/json", "mgmt/http", "mgmt/identity", "mgmt/arm", "mgmt/*",
        "provision/engine", "provision/manifest", "provision/kinds", "provision/export",
        "provision/checks", "provision/doctor", "provision/report"}},
  };
  return *table;
}

// A library belongs to the layer that keeps it from all others.
struct Library {
  std::string_view prefix;
  std::string_view layer;
};
constexpr std::array<Library, 7> libraries{{{"<rapidjson/", "mgmt/json"},
                                            {"<cpprest/", "mgmt/http"},
                                            {"<pplx/", "mgmt/http"},
                                            {"<boost/", "emulator"},
                                            {"<sqlite3", "emulator"},
                                            {"<yaml-cpp/", "provision/manifest"},
                                            {"<CLI/", "provision/cli"}}};

const Layer* find_layer(std::string_view name) {
  for (const Layer& layer : layers())
    if (layer.name == name) return &layer;
  return nullptr;
}

/// The row for a path; nullptr for a folder that has none.
const Layer* layer_of(std::string_view path) {
  const std::string_view top = path.substr(0, path.find('/'));
  if (top == "emulator") return find_layer("emulator");
  const auto slash = path.find('/', top.size() + 1);
  const Layer* layer =
      slash == std::string_view::npos ? nullptr : find_layer(path.substr(0, slash));
  if (layer || top != "mgmt") return layer;
  return find_layer("mgmt/*");
}

bool is_header(std::string_view path) { return path.ends_with(".hpp"); }
bool is_public(std::string_view path) {
  return is_header(path) && path.find("/detail/") == std::string_view::npos;
}

Strings wrong_layers(const Tree& tree) {
  Strings wrong;
  for (const auto& [path, includes] : tree) {
    const Layer* from = layer_of(path);
    if (!from) wrong.push_back(path + " stands in a folder that has no row in the table of layers");
    for (const std::string& include : includes) {
      for (const Library& library : libraries)
        if (include.starts_with(library.prefix) && from && from->name != library.layer)
          wrong.push_back(path + " includes " + include + ", which only " +
                          std::string(library.layer) + " may");
      if (!include.starts_with('"')) continue;
      if (!include.starts_with("\"akv/")) {
        wrong.push_back(path + " includes " + include + ", which is no path from akv/");
        continue;
      }
      const Layer* to = layer_of(std::string_view(include).substr(5));
      if (!from || from == to) continue;
      if (!to || std::find(from->may_include.begin(), from->may_include.end(), to->name) ==
                     from->may_include.end())
        wrong.push_back(path + " includes " + include + ", but " + std::string(from->name) +
                        " may not include " + (to ? std::string(to->name) : "that"));
    }
  }
  return wrong;
}

/// The files that include the library, directly or through our own headers.
std::set<std::string> reached_by(const Tree& tree, std::string_view library) {
  std::set<std::string> reached;
  for (std::size_t before = 1; before != reached.size();) {
    before = reached.size();
    for (const auto& [path, includes] : tree)
      for (const std::string& include : includes)
        if (include.starts_with(library) ||
            (include.starts_with("\"akv/") &&
             reached.contains(include.substr(5, include.size() - 6))))
          reached.insert(path);
    if (reached.empty()) break;
  }
  return reached;
}

/// Heavy headers cost 10 to 25 seconds for each file that sees them.
Strings heavy_headers(const Tree& tree) {
  Strings wrong;
  for (const std::string_view library : {"<cpprest/", "<boost/beast/"}) {
    Strings sources;
    for (const std::string& path : reached_by(tree, library)) {
      if (is_public(path))
        wrong.push_back(path + " is a public header and brings in " + std::string(library));
      if (!is_header(path)) sources.push_back(path);
    }
    if (sources.size() < 2) continue;
    std::string line = std::string(library) + " is included by more than one .cpp:";
    for (const std::string& path : sources) line += ' ' + path;
    wrong.push_back(line);
  }
  for (const std::string& path : reached_by(tree, "<rapidjson/"))
    if (is_public(path)) wrong.push_back(path + " is a public header and brings in <rapidjson/");
  return wrong;
}

Strings read_includes(std::istream& in) {
  Strings includes;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string directive;
    std::string name;
    words >> directive;
    if (directive == "#") {
      words >> name;
      directive += name;
    }
    if (!directive.starts_with("#include")) continue;
    const auto open = line.find_first_of("\"<");
    const auto close = open == std::string::npos ? open : line.find_first_of("\">", open + 1);
    if (close != std::string::npos) includes.push_back(line.substr(open, close - open + 1));
  }
  return includes;
}

Tree read_tree(const std::filesystem::path& root) {
  Tree tree;
  for (const char* top : {"mgmt", "emulator", "provision"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / top)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      std::ifstream in(entry.path());
      tree[entry.path().lexically_relative(root).generic_string()] = read_includes(in);
    }
  return tree;
}

std::string text(const Strings& lines) {
  std::string result;
  for (const std::string& line : lines) result += line + '\n';
  return result;
}

const Tree& sources() {
  static const auto* const tree = new Tree(read_tree(AKV_SOURCE_DIR));
  return *tree;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layers)

BOOST_AUTO_TEST_CASE(no_file_includes_a_layer_above_its_own) {
  BOOST_TEST(sources().size() > 20u);
  BOOST_TEST(sources().at("mgmt/json/detail/sax.hpp").size() > 2u);
  BOOST_TEST(text(wrong_layers(sources())) == "");
}

BOOST_AUTO_TEST_CASE(heavy_libraries_are_seen_by_one_source_and_by_no_public_header) {
  BOOST_TEST(text(heavy_headers(sources())) == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_breaks_the_table_is_named_with_its_include) {
  BOOST_TEST(
      text(wrong_layers({{"mgmt/core/time.cpp", {"<chrono>", "\"akv/mgmt/json/document.hpp\""}},
                         {"emulator/store.cpp", {"\"akv/mgmt/keyvault/vault.hpp\""}},
                         {"mgmt/http/url.hpp", {"\"akv/mgmt/core/ascii.hpp\""}},
                         {"mgmt/monitor/alert.cpp",
                          {"\"akv/mgmt/arm/client.hpp\"", "\"akv/mgmt/keyvault/sku.hpp\""}},
                         {"mgmt/arm/pager.cpp", {"\"akv/mgmt/keyvault/vault.hpp\""}},
                         {"provision/engine/diff.cpp", {"\"rules.hpp\"", "<yaml-cpp/yaml.h>"}},
                         {"provision/cli/main.cpp", {"\"akv/emulator/emulator.hpp\""}},
                         {"provision/web/page.cpp", {}},
                         {"provision/cli/apply.cpp", {"\"akv/provision/web/page.hpp\""}}})) ==
      "emulator/store.cpp includes \"akv/mgmt/keyvault/vault.hpp\", but emulator may not "
      "include mgmt/*\n"
      "mgmt/arm/pager.cpp includes \"akv/mgmt/keyvault/vault.hpp\", but mgmt/arm may not "
      "include mgmt/*\n"
      "mgmt/core/time.cpp includes \"akv/mgmt/json/document.hpp\", but mgmt/core may not "
      "include mgmt/json\n"
      "provision/cli/apply.cpp includes \"akv/provision/web/page.hpp\", but provision/cli "
      "may not include that\n"
      "provision/engine/diff.cpp includes \"rules.hpp\", which is no path from akv/\n"
      "provision/engine/diff.cpp includes <yaml-cpp/yaml.h>, which only provision/manifest "
      "may\n"
      "provision/web/page.cpp stands in a folder that has no row in the table of layers\n");
}

BOOST_AUTO_TEST_CASE(a_heavy_library_is_found_behind_our_own_headers) {
  BOOST_TEST(text(heavy_headers(
                 {{"mgmt/http/a.cpp", {"<cpprest/http_client.h>"}},
                  {"mgmt/http/b.cpp", {"\"akv/mgmt/http/detail/c.hpp\""}},
                  {"mgmt/http/detail/c.hpp", {"<cpprest/uri.h>"}},
                  {"mgmt/http/d.hpp", {"\"akv/mgmt/http/detail/c.hpp\""}},
                  {"emulator/one.cpp", {"<boost/beast/http.hpp>", "<boost/asio/write.hpp>"}},
                  {"mgmt/json/e.hpp", {"\"akv/mgmt/json/detail/f.hpp\""}},
                  {"mgmt/json/detail/f.hpp", {"<rapidjson/reader.h>"}}})) ==
             "mgmt/http/d.hpp is a public header and brings in <cpprest/\n"
             "<cpprest/ is included by more than one .cpp: mgmt/http/a.cpp mgmt/http/b.cpp\n"
             "mgmt/json/e.hpp is a public header and brings in <rapidjson/\n");
}

BOOST_AUTO_TEST_CASE(includes_are_read_however_they_are_spaced) {
  std::istringstream in(
      "#include <a>\n  # include \"b.hpp\"  // c\n#  include\t<d/e.h>\n// #include <f>\n#pragma "
      "once\n"
      "#include MACRO\nint x;\n#include<g>");
  BOOST_TEST(text(read_includes(in)) == "<a>\n\"b.hpp\"\n<d/e.h>\n<g>\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace akv::test
