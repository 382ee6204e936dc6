// The parser and the JSON Schema come from one table; here both see the same manifests.
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/source_check.hpp"
#include "akv/provision/manifest/yaml_reader.hpp"
#include "manifest/loading.hpp"
#include "manifest/samples.hpp"
#include "support/json_schema.hpp"
#include "support/source_dir.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

using namespace akv::manifest_tests;
using akv::json::Document;
using akv::manifest::Entry;
using akv::manifest::NodeId;
using akv::manifest::NodeKind;
using akv::manifest::Tree;

namespace {

/// A scalar as an editor reads it.
Document scalar(const Tree& tree, NodeId node) {
  const std::string text(tree.text(node));
  if (!tree.at(node).plain) return Document(text);
  if (text == "true" || text == "false") return Document(text == "true");
  if (text == "null" || text == "~" || text.empty()) return {};
  const bool number = text.find_first_not_of("0123456789.") == std::string::npos &&
                      std::count(text.begin(), text.end(), '.') <= 1 && text != ".";
  return number ? Document(akv::json::Number{text}) : Document(text);
}

/// Recurses on the samples below and the templates, which are ours.
Document as_editors_see(const Tree& tree, NodeId node) {
  if (tree.at(node).kind == NodeKind::null) return {};
  if (tree.at(node).kind == NodeKind::scalar) return scalar(tree, node);
  if (tree.at(node).kind == NodeKind::sequence) {
    Document list = Document::array();
    for (const NodeId item : tree.items(node)) list.push_back(as_editors_see(tree, item));
    return list;
  }
  Document map = Document::object();
  for (const Entry& entry : tree.entries(node))
    map.set(tree.text(entry.key), as_editors_see(tree, entry.value));
  return map;
}

/// What the schema finds in a manifest; empty when nothing.
std::string misfit_of(const std::string& text) {
  static const Document schema = Document::parse(akv::manifest::schema(words()));
  akv::manifest::Diagnostics diagnostics({"a.yaml"});
  const auto tree = akv::manifest::read_yaml(0, text, diagnostics);
  if (!tree) return "no YAML";
  return akv::test::find_misfit(schema, as_editors_see(*tree, tree->root()));
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(agreement)

BOOST_DATA_TEST_CASE(both_find_the_mistakes_that_a_schema_can_find,
                     boost::unit_test::data::make(samples()), sample) {
  BOOST_TEST(!report(load(sample.text)).empty());
  if (sample.found_by == FoundBy::parser_only)
    BOOST_TEST(misfit_of(sample.text) == "");
  else
    BOOST_TEST(misfit_of(sample.text) != "");
}

BOOST_AUTO_TEST_CASE(every_template_fits_and_tells_editors_where_the_schema_is) {
  std::size_t templates = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::filesystem::path(AKV_SOURCE_DIR) / "templates")) {
    // Those of templates/ci are pipelines.
    if (entry.path().extension() != ".yaml" || entry.path().parent_path().filename() == "ci")
      continue;
    ++templates;
    BOOST_TEST_CONTEXT(entry.path().filename().string()) {
      const std::string text = read_file(entry.path());
      BOOST_TEST(misfit_of(text) == "");
      BOOST_TEST(text.find("# yaml-language-server: $schema=") == 0U);
    }
  }
  BOOST_TEST(templates >= 8U);
}

BOOST_AUTO_TEST_CASE(what_the_parser_takes_fits) {
  const std::string id =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/n";
  for (const std::string& text :
       {vault("sku: premium\nprotect: 'true'\nsoftDeleteRetentionInDays: '90'\nlocation: West "
              "Europe\ntags: {a: 1, b: true, '${p}': x}\nnetworkAcls: {ipRules: [203.0.113.7, "
              "203.0.113.0/24], virtualNetworkRules: [" +
              id + ", {id: " + id + "2}]}\n") +
            "parameters: {p: {default: 1.10, allowed: [1.10, x]}}\n",
        vault("roleAssignments:\n  - {principal: app, role: Key Vault Reader, condition: '@a', "
              "conditionVersion: '2.0'}\n  - {principal: ops, role: "
              "/providers/Microsoft.Authorization/roleDefinitions/"
              "00482a5a-887f-4fb3-b363-3b7fe8e74483, state: absent}\nlocks: [{name: a b}, {name: "
              "'1', level: ReadOnly, notes: x}]\nmanage: {locks: exact, roleAssignments: merge}\n"),
        vault("sku: PREMIUM\npublicNetworkAccess: disabled\nnetworkAcls: {bypass: none, "
              "defaultAction: DENY}\naccessPolicies: [{principal: app, permissions: {keys: [ALL], "
              "secrets: [Get, LIST]}}]\nlocks: [{name: a, level: readonly}]\nmanage: "
              "{accessPolicies: Merge}\n"),
        vault("unmanaged: [sku, networkAcls.ipRules, tags.team, tags, locks, '${p}']\nmanage: "
              "{tags: exact}\naccessPolicies: []\nenableSoftDelete: true\n") +
            "parameters: {p: {default: location}}\n"
            "x-anything: {a: [1, {b: c}]}\n",
        std::string("apiVersion: akv/v1\ndeployment: d\nprincipals:\n"
                    "  a: {objectId: 1b2c0000-0000-4000-8000-000000000001, type: Group, "
                    "breakGlass: true}\n"
                    "resourceGroups:\n  - name: 'rg-${r}'\n    forEach: {r: [weu, 1]}\n"
                    "    vaults: [{name: 'kv-${r}-${n}', forEach: {n: [a, true]}}]\n")})
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(report(load(text)) == "");
      BOOST_TEST(misfit_of(text) == "");
    }
  BOOST_TEST(misfit_of("apiVersion: akv/v1\noverlay: true\ninclude: [base.yaml, 'teams/*.yaml']\n"
                       "principals: {a: {breakGlass: true}}\n") == "");
}

BOOST_AUTO_TEST_CASE(a_keyword_that_the_validator_does_not_know_is_an_error) {
  const Document schema =
      Document::parse(R"({"properties": {"a": {"anyOf": [{"multipleOf": 2}]}}})");
  BOOST_CHECK_EXCEPTION(akv::test::find_misfit(schema, Document::object()), std::logic_error,
                        [](const std::logic_error& e) {
                          return std::string(e.what()).find("multipleOf") != std::string::npos;
                        });
}

BOOST_AUTO_TEST_SUITE_END()
