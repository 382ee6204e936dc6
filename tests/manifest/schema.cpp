#include "manifest/loading.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest_tests;
using akv::json::Document;

namespace {

Document parsed() { return Document::parse(akv::manifest::schema(words())); }

const Document& vault_schema(const Document& schema) {
  return *schema.at_path(
      {"properties", "resourceGroups", "items", "properties", "vaults", "items"});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(is_a_json_schema_that_knows_every_word) {
  const Document schema = parsed();
  BOOST_TEST(schema["$schema"].string_or() == "http://json-schema.org/draft-07/schema#");
  BOOST_TEST(schema.at_path({"properties", "deployment", "description"}) != nullptr);
  const Document& vault = vault_schema(schema);
  for (const akv::manifest::Word& word : words().vault) BOOST_TEST_CONTEXT(word.name) {
      const Document* property = vault.at_path({"properties", word.name});
      BOOST_TEST_REQUIRE(property != nullptr);
      BOOST_TEST((*property)["description"].string_or() == word.doc);
    }
  const Document& group = *schema.at_path({"properties", "resourceGroups", "items"});
  for (const akv::manifest::Word& word : words().resource_group)
    BOOST_TEST(group.at_path({"properties", word.name}) != nullptr);
}

BOOST_AUTO_TEST_CASE(refuses_unknown_keys_but_x_ones_at_the_top) {
  const Document schema = parsed();
  BOOST_TEST(!schema["additionalProperties"].bool_or(true));
  BOOST_TEST(schema["patternProperties"].find("^x-") != nullptr);
  BOOST_TEST(!vault_schema(schema)["additionalProperties"].bool_or(true));
}

BOOST_AUTO_TEST_CASE(says_what_is_required_and_where_not) {
  const Document schema = parsed();
  BOOST_TEST(vault_schema(schema)["required"].dump() == R"(["name"])");
  const Document* defaults = schema.at_path({"properties", "defaults", "properties", "vault"});
  BOOST_TEST_REQUIRE(defaults != nullptr);
  BOOST_TEST(defaults->find("required") == nullptr);
  BOOST_TEST(defaults->at_path({"properties", "name"}) == nullptr);
  BOOST_TEST(defaults->at_path({"properties", "sku"}) != nullptr);
}

BOOST_AUTO_TEST_CASE(knows_words_bounds_and_permissions) {
  const Document schema = parsed();
  const Document& properties = vault_schema(schema)["properties"];
  BOOST_TEST(properties["sku"]["anyOf"].as_array().at(0).dump() ==
             R"({"enum":["standard","premium"]})");
  BOOST_TEST(properties["softDeleteRetentionInDays"]["anyOf"].as_array().at(0).dump() ==
             R"({"type":"integer","minimum":7,"maximum":90})");
  BOOST_TEST(properties["accessPolicies"]["maxItems"].int_or(0) == 1024);
  BOOST_TEST(properties["accessPolicies"].dump().find("getrotationpolicy") != std::string::npos);
  BOOST_TEST(properties["accessPolicies"].dump().find("key-secret-management") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_word_has_its_sentence) {
  const auto check = [](std::span<const akv::manifest::Word> table) {
    for (const auto& word : table) BOOST_TEST_CONTEXT(word.name) {
        BOOST_TEST(!word.doc.empty());
        BOOST_TEST((word.doc.empty() || word.doc.back() == '.'));
        for (const auto& member : word.members) BOOST_TEST(!member.doc.empty());
      }
  };
  check(words().vault);
  check(words().resource_group);
}

BOOST_AUTO_TEST_SUITE_END()
