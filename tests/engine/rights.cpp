// What a list of permissions grants: patterns, what they take back, conditions.
#include "akv/provision/engine/rights.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

using namespace akv;
using engine::action_matches;
using engine::Granted;
using engine::granted;
using engine::Permission;

namespace {

const std::string vault_write = "Microsoft.KeyVault/vaults/write";
const std::string assign = "Microsoft.Authorization/roleAssignments/write";

Permission allow(std::vector<std::string> actions, std::vector<std::string> not_actions = {}) {
  return {.actions = std::move(actions), .not_actions = std::move(not_actions)};
}

Permission contributor() {
  return allow({"*"}, {"Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write",
                       "Microsoft.Authorization/elevateAccess/Action"});
}

/// By the book: a table of which prefix of the pattern takes which prefix of the text.
bool slow_glob(const std::string& pattern, const std::string& text) {
  std::vector<std::vector<char>> takes(pattern.size() + 1, std::vector<char>(text.size() + 1));
  takes[0][0] = 1;
  for (std::size_t p = 0; p < pattern.size(); ++p)
    for (std::size_t t = 0; t <= text.size(); ++t) {
      if (pattern[p] == '*')
        takes[p + 1][t] = static_cast<char>(takes[p][t] || (t > 0 && takes[p + 1][t - 1]));
      else
        takes[p + 1][t] = static_cast<char>(t > 0 && takes[p][t - 1] && pattern[p] == text[t - 1]);
    }
  return takes[pattern.size()][text.size()] != 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rights)

BOOST_AUTO_TEST_CASE(patterns_name_what_azure_s_roles_mean_by_them) {
  struct Row {
    std::string pattern, action;
    bool matches;
  };
  const Row table[] = {
      {"*", vault_write, true},
      {vault_write, vault_write, true},
      {"MICROSOFT.keyvault/VAULTS/Write", vault_write, true},
      {"Microsoft.KeyVault/vaults/*", vault_write, true},
      {"Microsoft.KeyVault/*", vault_write, true},
      {"Microsoft.KeyVault/vaults/*", "Microsoft.KeyVault/vaults/accessPolicies/write", true},
      {"*/read", "Microsoft.KeyVault/vaults/read", true},
      {"*/read", vault_write, false},
      {"*/write", vault_write, true},
      {"Microsoft.*/vaults/write", vault_write, true},
      {"Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/read", true},
      {"Microsoft.KeyVault/vaults/*/read", "Microsoft.KeyVault/vaults/secrets/read", true},
      {"Microsoft.KeyVault/vaults/*/read", vault_write, false},
      {"Microsoft.Authorization/*/Write", assign, true},
      {"Microsoft.KeyVault/vaults", vault_write, false},
      {"Microsoft.KeyVault/vaults/writ", vault_write, false},
      {"Microsoft.KeyVault/vaults/write/more", vault_write, false},
      {"Microsoft.KeyVault/vaults/write*", vault_write, true},
      {"", vault_write, false},
      {"**", vault_write, true},
  };
  for (const Row& row : table)
    BOOST_TEST(action_matches(row.pattern, row.action) == row.matches,
               row.pattern << " and " << row.action);
}

BOOST_AUTO_TEST_CASE(a_pattern_matches_as_a_table_of_all_prefixes_says) {
  std::mt19937 random(20261126);
  const auto text = [&random](const char* letters, std::size_t kinds) {
    std::string out;
    for (std::size_t n = random() % 9; n > 0; --n) out += letters[random() % kinds];
    return out;
  };
  std::size_t matched = 0;
  for (int i = 0; i < 20000; ++i) {
    // Without a slash: what Azure's roles mean by one between stars is in the table above.
    const std::string pattern = text("ab*", 3), action = text("ab", 2);
    const bool by_the_book = slow_glob(pattern, action);
    matched += by_the_book ? 1 : 0;
    BOOST_REQUIRE_MESSAGE(action_matches(pattern, action) == by_the_book,
                          pattern << " and " << action);
  }
  BOOST_TEST(matched > 1000u);
  BOOST_TEST(matched < 19000u);
}

BOOST_AUTO_TEST_CASE(no_pattern_is_slow) {
  std::string stars, text(20000, 'a');
  for (int i = 0; i < 1000; ++i) stars += "*a";
  BOOST_TEST(action_matches(stars, text));
  BOOST_TEST(!action_matches(stars + "b", text));
}

BOOST_AUTO_TEST_CASE(one_permission_that_allows_is_enough) {
  BOOST_TEST((granted({}, vault_write) == Granted::no));
  BOOST_TEST((granted({allow({"*/read"})}, vault_write) == Granted::no));
  BOOST_TEST(
      (granted({allow({"*/read"}), allow({"Microsoft.KeyVault/*"})}, vault_write) == Granted::yes));
}

BOOST_AUTO_TEST_CASE(what_one_takes_back_another_may_give) {
  BOOST_TEST((granted({contributor()}, vault_write) == Granted::yes));
  BOOST_TEST((granted({contributor()}, assign) == Granted::no));
  BOOST_TEST((granted({contributor()}, "Microsoft.Authorization/locks/delete") == Granted::no));
  // It is no denial.
  BOOST_TEST(
      (granted({contributor(), allow({"Microsoft.Authorization/*"})}, assign) == Granted::yes));
  BOOST_TEST((granted({allow({"*"}, {"*"})}, vault_write) == Granted::no));
}

BOOST_AUTO_TEST_CASE(of_what_is_given_the_best_counts) {
  Permission conditional = allow({assign});
  conditional.conditional = true;
  BOOST_TEST((granted({conditional}, assign) == Granted::under_condition));
  BOOST_TEST((granted({conditional, allow({"*/read"})}, assign) == Granted::under_condition));
  BOOST_TEST((granted({conditional, allow({"*"})}, assign) == Granted::yes));
  BOOST_TEST((granted({conditional}, vault_write) == Granted::no));
}

BOOST_AUTO_TEST_CASE(a_permission_is_read_as_azure_shows_it) {
  const Permission read = engine::permission_of(json::Document::parse(
      R"({"actions":["a/*",7],"notActions":["a/b"],"dataActions":["c"],"condition":"not x"})"));
  BOOST_TEST(read.actions == std::vector<std::string>{"a/*"});
  BOOST_TEST(read.not_actions == std::vector<std::string>{"a/b"});
  BOOST_TEST(read.conditional);
  // Data actions are of another plane.
  BOOST_TEST((granted({read}, "c") == Granted::no));
  const Permission bare = engine::permission_of(json::Document::parse(R"({"condition":null})"));
  BOOST_TEST(bare.actions.empty());
  BOOST_TEST(!bare.conditional);
  BOOST_TEST(engine::permission_of(json::Document()).actions.empty());
}

BOOST_AUTO_TEST_SUITE_END()
