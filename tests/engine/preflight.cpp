// Which questions a preflight asks, and what the answers mean for the plan.
#include "akv/provision/engine/preflight.hpp"

#include "engine/fake_kind.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::engine;

namespace {

const std::string subscription = "/subscriptions/s1";
const std::string group = subscription + "/resourceGroups/rg";
const std::string vaults = group + "/providers/Microsoft.KeyVault/vaults/";
const std::string vault = vaults + "kv";
const std::string vault_write = "Microsoft.KeyVault/vaults/write";
const std::string assign = "Microsoft.Authorization/roleAssignments/write";
const std::string join = "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action";

std::vector<Permission> all() { return {{.actions = {"*"}}}; }
std::vector<Permission> reading() { return {{.actions = {"*/read"}}}; }
std::vector<Permission> under_condition() { return {{.actions = {"*"}, .conditional = true}}; }

PlannedNeed need(const std::string& action, const std::string& scope,
                 const std::string& object = "rg/kv") {
  return {{.action = action, .scope = scope, .role = "Some Role"}, {object}};
}

Change to_come(const std::string& id) {
  Change change;
  change.id = id;
  return change;
}

std::vector<std::string> scopes(const std::vector<RightsSearch::Question>& questions) {
  std::vector<std::string> out;
  for (const auto& question : questions)
    out.push_back(question.scope + (question.unconditional ? " unconditionally" : ""));
  return out;
}

using Scopes = std::vector<std::string>;

std::string text(const std::vector<PreflightFinding>& findings) {
  std::string out;
  for (const PreflightFinding& finding : findings) {
    out += finding.code + " " + finding.what + " on " + finding.where + " for";
    for (const std::string& object : finding.objects) out += " " + object;
    out += (finding.stops_run ? "! " : ": ") + finding.message + " | " + finding.remedy + "\n";
  }
  return out;
}

/// A kind whose changes need two rights each, one of them the same for all.
class NeedyKind final : public Kind {
 public:
  std::string_view name() const override { return "needy"; }
  Rules rules() const override { return {}; }
  ListMode default_mode(std::string_view) const override { return ListMode::exact; }
  Document canonical_live(const Document& live) const override { return live; }
  Document canonical_desired(const Document& body, const Desired&,
                             const Environment&) const override {
    return body;
  }
  void complete_create(Document&, const Desired&, const Environment&,
                       std::vector<std::string>&) const override {}
  void assess(Change&, const Document&, const Document&) const override {}
  std::string owner(const Document&) const override { return {}; }
  bool is_protected(const Document&) const override { return false; }
  std::size_t writes(const Change&) const override { return 1; }
  std::vector<Need> needs(const Change& change) const override {
    return {{.action = vault_write, .scope = change.id}, {.action = "P/purge", .scope = "/x"}};
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(preflight)

BOOST_AUTO_TEST_CASE(each_need_of_a_plan_stands_once_with_all_that_need_it) {
  Registry registry;
  registry.add(std::make_unique<NeedyKind>());
  Plan plan;
  for (const char* name : {"rg/a", "rg/b", "rg/A"}) {
    Change change = to_come(vaults + std::string(name).substr(3));
    change.kind = "needy";
    change.name = name;
    plan.changes.push_back(change);
  }
  const auto needs = needs_of(plan, registry);
  BOOST_REQUIRE_EQUAL(needs.size(), 3u);
  BOOST_TEST(needs[0].objects == (std::vector<std::string>{"rg/a", "rg/A"}));
  BOOST_TEST(needs[1].objects == (std::vector<std::string>{"rg/a", "rg/b", "rg/A"}));
  BOOST_TEST(needs[1].need.action == "P/purge");
  BOOST_TEST(needs[2].need.scope == vaults + "b");
}

BOOST_AUTO_TEST_CASE(scopes_are_called_as_people_call_them) {
  BOOST_TEST(scope_name(subscription) == "subscription s1");
  BOOST_TEST(scope_name(group) == "rg");
  BOOST_TEST(scope_name(vault) == "rg/kv");
  const std::string net = group + "/providers/Microsoft.Network/virtualNetworks/n";
  BOOST_TEST(scope_name(net) == net);
  BOOST_TEST(scope_name("all of it") == "all of it");
  BOOST_TEST(covers(group, vault));
  BOOST_TEST(covers("/SUBSCRIPTIONS/s1", group));
  BOOST_TEST(!covers(group, group + "2"));
  BOOST_TEST(!covers(vault, group));
}

BOOST_AUTO_TEST_CASE(a_role_on_the_subscription_costs_one_question) {
  std::vector<PlannedNeed> needs;
  for (int i = 0; i < 1000; ++i) needs.push_back(need(vault_write, vault + std::to_string(i)));
  RightsSearch search(Plan(), needs);
  const auto questions = search.next();
  BOOST_TEST(scopes(questions) == Scopes{subscription});
  search.answer(questions[0], all());
  BOOST_TEST(search.next().empty());
  BOOST_TEST(search.findings().empty());
  BOOST_TEST(search.questions() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_not_granted_above_is_asked_further_down) {
  const std::vector<PlannedNeed> needs{
      need(vault_write, vaults + "a", "rg/a"), need(vault_write, vaults + "b", "rg/b"),
      need(vault_write, subscription + "/resourceGroups/other", "other")};
  RightsSearch search(Plan(), needs);
  search.answer(search.next()[0], reading());
  auto questions = search.next();
  BOOST_TEST(scopes(questions) == (Scopes{group, subscription + "/resourceGroups/other"}));
  search.answer(questions[0], reading());
  search.answer(questions[1], all());
  questions = search.next();
  BOOST_TEST(scopes(questions) == (Scopes{vaults + "a", vaults + "b"}));
  search.answer(questions[0], reading());
  search.answer(questions[1], all());
  BOOST_TEST(search.next().empty());
  BOOST_TEST(text(search.findings()) ==
             "right-missing " + vault_write +
                 " on rg/a for rg/a! no role of yours has it there | a role with it, such as Some "
                 "Role, on rg/a\n");
}

BOOST_AUTO_TEST_CASE(nobody_has_a_role_at_what_is_still_to_come) {
  Plan plan;
  plan.changes = {to_come(vault)};
  const std::vector<PlannedNeed> needs{need(vault_write, vault)};
  RightsSearch in_a_group(plan, needs);
  in_a_group.answer(in_a_group.next()[0], reading());
  BOOST_TEST(scopes(in_a_group.next()) == Scopes{group});
  in_a_group.answer({group}, reading());
  BOOST_TEST(in_a_group.next().empty());
  BOOST_TEST(in_a_group.findings()[0].where == "rg");

  plan.changes.push_back(to_come(group));
  RightsSearch in_none(plan, needs);
  in_none.answer(in_none.next()[0], reading());
  BOOST_TEST(in_none.next().empty());
  BOOST_TEST(in_none.findings()[0].where == "subscription s1");

  // What is live and changes is asked at.
  plan.changes.clear();
  plan.changes.push_back(to_come(vault));
  plan.changes[0].action = Action::update;
  RightsSearch live(plan, needs);
  live.answer({subscription}, reading());
  live.answer({group}, reading());
  BOOST_TEST(scopes(live.next()) == Scopes{vault});
}

BOOST_AUTO_TEST_CASE(what_stands_beside_a_vault_is_asked_for_at_the_vault) {
  const std::vector<PlannedNeed> needs{
      need(assign, vault + "/providers/Microsoft.Authorization/roleAssignments"),
      need(assign, group + "/providers/microsoft.authorization/roleAssignments/x", "rg"),
      need("P/purge", subscription + "/providers/Microsoft.KeyVault/locations/l/deletedVaults/d")};
  RightsSearch search(Plan(), needs);
  BOOST_TEST(scopes(search.next()) == Scopes{subscription});
  search.answer({subscription}, reading());
  BOOST_TEST(scopes(search.next()) == Scopes{group});
  search.answer({group}, reading());
  BOOST_TEST(scopes(search.next()) == Scopes{vault});
  search.answer({vault}, all());
  BOOST_TEST(search.next().empty());
  const auto findings = search.findings();
  BOOST_REQUIRE_EQUAL(findings.size(), 2u);
  BOOST_TEST(findings[0].where == "rg");
  BOOST_TEST(findings[1].where == "subscription s1");
}

BOOST_AUTO_TEST_CASE(the_narrowest_answer_counts) {
  const std::vector<PlannedNeed> needs{need(vault_write, group)};
  RightsSearch narrower(Plan(), needs);
  narrower.unanswered({subscription}, "AuthorizationFailed, no");
  narrower.answer({group}, reading());
  BOOST_TEST(narrower.findings()[0].code == "right-missing");

  RightsSearch unknown(Plan(), needs);
  unknown.answer({subscription}, reading());
  unknown.unanswered({group}, "AuthorizationFailed, no");
  BOOST_TEST(text(unknown.findings()) ==
             "right-unknown " + vault_write +
                 " on rg for rg/kv: your rights there could not be read: AuthorizationFailed, no | "
                 "a role with read access on rg, such as Reader\n");

  RightsSearch after_all(Plan(), needs);
  after_all.unanswered({subscription}, "no");
  after_all.answer({group}, all());
  BOOST_TEST(after_all.findings().empty());
}

BOOST_AUTO_TEST_CASE(a_right_under_a_condition_is_told_and_stops_nothing) {
  const std::vector<PlannedNeed> needs{need(assign, group)};
  RightsSearch search(Plan(), needs);
  search.answer({subscription}, under_condition());
  // It may be held without one further down.
  BOOST_TEST(scopes(search.next()) == Scopes{group});
  search.answer({group}, under_condition());
  BOOST_TEST(
      text(search.findings()) ==
      "right-conditional " + assign +
          " on rg for rg/kv: you have it there under a condition, which only Azure can judge "
          "| a role with it, such as Some Role, on rg\n");
}

BOOST_AUTO_TEST_CASE(an_unconditional_need_is_a_question_of_its_own) {
  std::vector<PlannedNeed> needs{need(assign, group), need(assign, group)};
  needs[1].need.unconditional = true;
  RightsSearch search(Plan(), needs);
  const auto questions = search.next();
  BOOST_TEST(scopes(questions) == (Scopes{subscription, subscription + " unconditionally"}));
  search.answer(questions[0], all());
  search.answer(questions[1], under_condition());
  search.answer({group, true}, under_condition());
  BOOST_TEST(text(search.findings()) ==
             "right-missing " + assign +
                 " on rg for rg/kv! no role of yours has it there without a condition, which a "
                 "switch of the access model takes | a role with it, such as Some Role, without a "
                 "condition, on rg\n");
}

BOOST_AUTO_TEST_CASE(several_of_one_group_are_one_line) {
  const std::vector<PlannedNeed> needs{
      need(vault_write, vaults + "a", "rg/a"), need(vault_write, vaults + "b", "rg/b"),
      need(assign, vaults + "a", "rg/a"),
      need(vault_write, subscription + "/resourceGroups/z/providers/Microsoft.KeyVault/vaults/c",
           "z/c")};
  RightsSearch search(Plan(), needs);
  for (auto questions = search.next(); !questions.empty(); questions = search.next())
    for (const auto& question : questions) search.answer(question, reading());
  const auto findings = search.findings();
  BOOST_REQUIRE_EQUAL(findings.size(), 3u);
  BOOST_TEST(findings[0].where == "rg");
  BOOST_TEST(findings[0].objects == (std::vector<std::string>{"rg/a", "rg/b"}));
  BOOST_TEST(findings[1].what == assign);
  BOOST_TEST(findings[1].where == "rg/a");
  BOOST_TEST(findings[2].where == "z/c");
}

BOOST_AUTO_TEST_CASE(at_most_500_questions_are_asked) {
  const auto ask = [](std::size_t groups) {
    std::vector<PlannedNeed> needs;
    for (std::size_t i = 0; i < groups; ++i)
      needs.push_back(need(vault_write, subscription + "/resourceGroups/g" + std::to_string(i)));
    RightsSearch search(Plan(), needs);
    for (auto questions = search.next(); !questions.empty(); questions = search.next())
      for (const auto& question : questions)
        search.answer(question, question.scope == subscription ? reading() : all());
    return std::pair(search.questions(), search.findings());
  };
  const auto at_cap = ask(RightsSearch::max_questions - 1);
  BOOST_TEST(at_cap.first == RightsSearch::max_questions);
  BOOST_TEST(at_cap.second.empty());
  const auto beyond = ask(RightsSearch::max_questions);
  BOOST_TEST(beyond.first == RightsSearch::max_questions);
  BOOST_REQUIRE_EQUAL(beyond.second.size(), 1u);
  BOOST_TEST(beyond.second[0].code == "right-unknown");
  BOOST_TEST(
      beyond.second[0].message ==
      "your rights there could not be read: not asked, that would be more than 500 questions");
}

// Locks -------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(locks_forbid_by_their_level_and_their_place) {
  struct Row {
    std::string level, scope, action, at;
    bool in_the_way;
  };
  const std::string remove = "Microsoft.KeyVault/vaults/delete";
  const std::string group_delete = "Microsoft.Resources/subscriptions/resourceGroups/delete";
  const std::string assignments = "/providers/Microsoft.Authorization/roleAssignments";
  const Row table[] = {
      {"ReadOnly", vault, vault_write, vault, true},
      {"readonly", group, vault_write, vault, true},
      {"ReadOnly", subscription, vault_write, vault, true},
      {"ReadOnly", vaults + "other", vault_write, vault, false},
      {"ReadOnly", vault, "Microsoft.Resources/subscriptions/resourceGroups/write", group, false},
      {"CanNotDelete", group, vault_write, vault, false},
      {"CanNotDelete", group, remove, vault, true},
      {"ReadOnly", group, remove, vault, true},
      {"CanNotDelete", vault, group_delete, group, true},
      {"CanNotDelete", vaults + "other", remove, vault, false},
      {"ReadOnly", group, assign, vault + assignments, true},
      {"CanNotDelete", vault, assign, vault + assignments, false},
      {"CanNotDelete", vault, "Microsoft.Authorization/roleAssignments/delete", vault + assignments,
       true},
      {"CanNotDelete", vault, "Microsoft.Authorization/roleAssignments/delete", group + assignments,
       false},
      {"ReadOnly", group, "Microsoft.Authorization/locks/write", group, false},
      {"ReadOnly", group, "Microsoft.Authorization/locks/delete", group, false},
      {"ReadOnly", subscription, "Microsoft.KeyVault/locations/deletedVaults/purge/action",
       subscription, true},
      {"CanNotDelete", subscription, "Microsoft.KeyVault/locations/deletedVaults/purge/action",
       subscription, false},
      {"ReadOnly", group, "Microsoft.KeyVault/vaults/read", vault, false},
  };
  for (const Row& row : table)
    BOOST_TEST(
        locks_in_the_way({need(row.action, row.at)}, {{"l", row.level, row.scope}}).empty() !=
            row.in_the_way,
        row.level << " on " << row.scope << " and " << row.action << " on " << row.at);
}

BOOST_AUTO_TEST_CASE(a_lock_is_one_line_with_all_that_it_holds_up) {
  const std::string remove = "Microsoft.KeyVault/vaults/delete";
  const std::vector<PlannedNeed> writes{need(vault_write, vaults + "a", "rg/a"),
                                        need(vault_write, vaults + "b", "rg/b"),
                                        need(assign, vaults + "a", "rg/a")};
  const auto remedy = [](const std::string& lock) {
    return ", and it carries no mark of akv | ask its owner, then az lock delete --ids " + group +
           "/providers/Microsoft.Authorization/locks/" + lock +
           "; akv does it where the manifest names it with state: absent\n";
  };
  BOOST_TEST(
      text(locks_in_the_way(writes, {{"freeze", "ReadOnly", group}})) ==
      "locked lock freeze (ReadOnly) on rg for rg/a rg/b! it forbids to change what it locks" +
          remedy("freeze"));
  std::vector<PlannedNeed> both = writes;
  both.push_back(need(remove, vaults + "c", "rg/c"));
  BOOST_TEST(text(locks_in_the_way(both, {{"freeze", "ReadOnly", group}})) ==
             "locked lock freeze (ReadOnly) on rg for rg/a rg/b rg/c! it forbids to change and "
             "delete what it locks" +
                 remedy("freeze"));
  BOOST_TEST(text(locks_in_the_way(both, {{"keep", "CanNotDelete", group}})) ==
             "locked lock keep (CanNotDelete) on rg for rg/c! it forbids to delete what it locks" +
                 remedy("keep"));
}

BOOST_AUTO_TEST_CASE(a_lock_on_what_is_only_looked_up_is_not_in_the_way) {
  PlannedNeed looked_up = need(join, group);
  looked_up.need.only_looked_up = true;
  BOOST_TEST(locks_in_the_way({looked_up}, {{"l", "ReadOnly", group}}).empty());
}

BOOST_AUTO_TEST_CASE(whose_a_lock_is_tells_the_way_out) {
  const std::vector<PlannedNeed> write{need(vault_write, vaults + "a", "rg/a")};
  const std::vector<PlannedNeed> removal{need("Microsoft.KeyVault/vaults/delete", vaults + "a")};
  Lock lock{"freeze", "ReadOnly", group, "pay"};
  const auto words = [&lock](const std::vector<PlannedNeed>& needs) {
    const PreflightFinding found = locks_in_the_way(needs, {lock}).at(0);
    return found.message + " | " + found.remedy;
  };
  BOOST_TEST(words(write) ==
             "it forbids to change what it locks, and it is of deployment pay | take it away "
             "there: state: absent for it in the manifest of pay");
  lock.ours = true;
  BOOST_TEST(words(write) ==
             "it forbids to change what it locks, and it is of this deployment, and the manifest "
             "no longer names it | apply --prune takes it away first; so does state: absent for "
             "it in the manifest");
  lock.declared = "estate.yaml:12";
  BOOST_TEST(words(write) ==
             "it forbids to change what it locks, and it is of this manifest, estate.yaml:12 | "
             "write level: CanNotDelete or state: absent for it there: apply does that first, "
             "then the rest; put it back afterwards");
  // The looser level forbids deletes, too.
  BOOST_TEST(words(removal) ==
             "it forbids to delete what it locks, and it is of this manifest, estate.yaml:12 | "
             "write state: absent for it there: apply does that first, then the rest; put it back "
             "afterwards");
  lock = {"it's", "ReadOnly", group};
  BOOST_TEST(words(write).find("/locks/it'\\''s'; akv does it") != std::string::npos, words(write));
}

BOOST_AUTO_TEST_SUITE_END()
