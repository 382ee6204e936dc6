// The shapes of a vault, compared as JSON: what is equal, and what is sent.
#include "akv/provision/kinds/vault_documents.hpp"

#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/mark.hpp"
#include "akv/provision/kinds/permissions.hpp"
#include "akv/provision/kinds/vault_impact.hpp"

#include <boost/test/unit_test.hpp>

using namespace akv;
using namespace akv::kinds;
using engine::Change;
using engine::FieldChange;
using engine::ListMode;

namespace {

Document canonical_properties(const std::string& properties) {
  return canonical_vault(
      Document::parse(R"({"location":"West Europe","properties":{)" + properties + "}}"));
}

Change change_of(const std::string& live, const std::string& desired,
                 std::vector<FieldChange> fields) {
  Change change;
  change.action = engine::Action::update;
  change.live = Document::parse(live);
  change.desired = Document::parse(desired);
  change.fields = std::move(fields);
  return change;
}

FieldChange field(std::string property, Document before, Document after) {
  FieldChange f;
  f.path = f.property = std::move(property);
  f.before = std::move(before);
  f.after = std::move(after);
  return f;
}

FieldChange rights(const char* entry, const char* category, Document before, Document after) {
  FieldChange f = field("accessPolicies", std::move(before), std::move(after));
  f.entry = entry;
  f.leaf = std::string("permissions.") + category;
  f.path = std::string("accessPolicies[") + entry + "]." + f.leaf;
  f.key = Document::object({{"tenantId", "t"}, {"objectId", "o"}});
  return f;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vault_documents)

BOOST_AUTO_TEST_CASE(locations_compare_without_blanks_and_case) {
  BOOST_TEST(canonical_properties("")["location"].string_or() == "westeurope");
}

BOOST_AUTO_TEST_CASE(an_absent_network_rule_set_equals_the_services_default) {
  BOOST_TEST((
      canonical_properties("")["networkAcls"] ==
      canonical_properties(
          R"("networkAcls":{"bypass":"azureservices","defaultAction":"ALLOW","ipRules":[],"virtualNetworkRules":[]})")
          ["networkAcls"]));
}

BOOST_AUTO_TEST_CASE(an_absent_retention_equals_90_and_an_absent_access_model_means_policies) {
  const Document vault = canonical_properties("");
  BOOST_TEST(vault["softDeleteRetentionInDays"].int_or(0) == 90);
  BOOST_TEST(!vault["enableRbacAuthorization"].bool_or(true));
  BOOST_TEST(
      !canonical_properties(R"("enableRbacAuthorization":null)")["enableRbacAuthorization"].bool_or(
          true));
}

BOOST_AUTO_TEST_CASE(a_single_address_equals_its_prefix_and_order_does_not_matter) {
  BOOST_TEST((canonical_properties(
                  R"("networkAcls":{"ipRules":[{"value":"1.2.3.4"},{"value":"'10.91.4.0/24'"}]})")
                  ["networkAcls"]["ipRules"] ==
              canonical_properties(
                  R"("networkAcls":{"ipRules":[{"value":"10.91.4.0/24"},{"value":"1.2.3.4/32"}]})")
                  ["networkAcls"]["ipRules"]));
}

BOOST_AUTO_TEST_CASE(permissions_compare_as_sets_without_case) {
  const char* a =
      R"("accessPolicies":[{"tenantId":"T","objectId":"O","permissions":{"keys":["WRAPKEY","get","Get"]}}])";
  const char* b =
      R"("accessPolicies":[{"tenantId":"t","objectId":"o","permissions":{"Keys":["Get","wrapKey"],"secrets":[]}}])";
  BOOST_TEST(canonical_properties(a)["accessPolicies"].dump() ==
             canonical_properties(b)["accessPolicies"].dump());
}

BOOST_AUTO_TEST_CASE(two_live_entries_of_one_principal_are_a_union) {
  const Document vault = canonical_properties(
      R"("accessPolicies":[{"tenantId":"t","objectId":"o","permissions":{"keys":["get"]}},{"tenantId":"t","objectId":"O","permissions":{"keys":["list"]}}])");
  BOOST_REQUIRE(vault["accessPolicies"].size() == 1u);
  BOOST_TEST(vault["accessPolicies"].as_array()[0]["permissions"]["keys"].dump() ==
             R"(["get","list"])");
}

BOOST_AUTO_TEST_CASE(our_own_tags_are_never_drift) {
  const Document vault = canonical_vault(Document::parse(
      R"({"tags":{"team":"a","akv-deployment":"x","AKV-Protect":"true"},"properties":{}})"));
  BOOST_TEST(vault["tags"].dump() == R"({"team":"a"})");
  BOOST_TEST(vault["protect"].bool_or(false));
}

BOOST_AUTO_TEST_CASE(a_patch_carries_unmanaged_siblings_of_the_network_rules) {
  FieldChange action = field("networkAcls", "Allow", "Deny");
  action.path = "networkAcls.defaultAction";
  const Change change = change_of(
      R"({"properties":{"networkAcls":{"bypass":"None","defaultAction":"Allow","ipRules":[{"value":"9.9.9.9/32"}],"future":{"a":1}}}})",
      R"({"networkAcls":{"defaultAction":"Deny"}})", {action});
  BOOST_TEST(
      patch_body(change, ListMode::exact, "d").dump() ==
      R"({"properties":{"networkAcls":{"bypass":"None","defaultAction":"Deny","ipRules":[{"value":"9.9.9.9/32"}],"future":{"a":1}}}})");
}

BOOST_AUTO_TEST_CASE(an_exact_list_is_built_upon_the_live_entries) {
  const Change change = change_of(
      R"({"properties":{"accessPolicies":[{"tenantId":"t","objectId":"o","note":"kept","permissions":{"keys":["Get","Purge"]}},{"tenantId":"t","objectId":"gone","permissions":{"keys":["get"]}}]}})",
      R"({"accessPolicies":[{"tenantId":"t","objectId":"o","permissions":{"keys":["get"],"secrets":[]}}]})",
      {rights("o", "keys", Document::array({"get", "purge"}), Document::array({"get"}))});
  BOOST_TEST(
      patch_body(change, ListMode::exact, "d").dump() ==
      R"({"properties":{"accessPolicies":[{"tenantId":"t","objectId":"o","note":"kept","permissions":{"keys":["get"]}}]}})");
}

BOOST_AUTO_TEST_CASE(merge_sends_what_is_gained_and_what_is_lost_in_the_live_spelling) {
  const Change change = change_of(
      R"({"properties":{"accessPolicies":[{"tenantId":"T","objectId":"O","permissions":{"keys":["GET","PURGE"]}}]}})",
      R"({"accessPolicies":[]})",
      {rights("o", "keys", Document::array({"get", "purge"}), Document::array({"get", "list"}))});
  BOOST_TEST(patch_body(change, ListMode::merge, "d").is_null());
  BOOST_TEST(
      policies_to_add(change).dump() ==
      R"({"properties":{"accessPolicies":[{"tenantId":"t","objectId":"o","permissions":{"keys":["list"]}}]}})");
  BOOST_TEST(
      policies_to_remove(change).dump() ==
      R"({"properties":{"accessPolicies":[{"tenantId":"t","objectId":"o","permissions":{"keys":["PURGE"]}}]}})");
}

BOOST_AUTO_TEST_CASE(a_tag_is_replaced_in_its_live_spelling_and_a_removed_one_goes) {
  const Document tags =
      tags_to_send(Document::parse(R"({"tags":{"Team":"a","old":"1","theirs":"x"}})"),
                   Document::parse(R"({"team":"b","OLD":null})"), "d", Document());
  BOOST_TEST(tags.dump() == R"({"Team":"b","theirs":"x","akv-deployment":"d"})");
}

BOOST_AUTO_TEST_CASE(recover_sends_location_tenant_sku_and_mode_only) {
  BOOST_TEST(
      recover_body(
          Document::parse(
              R"({"location":"westeurope","tenantId":"t","sku":"premium","tags":{"a":"b"},"enablePurgeProtection":true})"))
          .dump() ==
      R"({"location":"westeurope","properties":{"tenantId":"t","sku":{"family":"A","name":"premium"},"createMode":"recover"}})");
}

BOOST_AUTO_TEST_CASE(all_counts_as_every_permission_purge_included) {
  Change change = change_of(
      "{}", "{}",
      {rights("app", "secrets", Document::array({"all"}), Document::array({"get", "list"}))});
  const Document before = canonical_properties(
      R"("accessPolicies":[{"tenantId":"t","objectId":"o","permissions":{"secrets":["all"]}}])");
  assess_vault(change, before, before);
  BOOST_TEST(change.impact.pairs_before == 8u);
  BOOST_TEST(change.impact.pairs_lost == 6u);
  BOOST_TEST(change.impact.pairs_gained == 0u);
  BOOST_REQUIRE(change.effects.size() == 1u);
  BOOST_TEST(change.effects[0].second ==
             "app can still read secrets, and can no longer change, delete or purge them");
}

BOOST_AUTO_TEST_CASE(reading_listing_recovering_and_backing_up_are_told_apart) {
  const auto effect = [](Document before, Document after) {
    Change change =
        change_of("{}", "{}", {rights("app", "secrets", std::move(before), std::move(after))});
    const Document live = canonical_properties("");
    assess_vault(change, live, live);
    return change.effects.empty() ? std::string() : change.effects[0].second;
  };
  const auto words = [](std::initializer_list<Document> list) { return Document::array(list); };
  BOOST_TEST(effect(words({"list"}), words({"get", "list"})) == "app can now read secrets");
  BOOST_TEST(effect(words({"get"}), words({"get", "list"})) == "app can now list secrets");
  BOOST_TEST(effect(words({"get"}), words({"list"})) ==
             "app can no longer read secrets; it can now list them");
  BOOST_TEST(effect(words({"get", "list"}), words({"list"})) ==
             "app can still list secrets, and can no longer read them");
  BOOST_TEST(effect(words({}), words({"get", "list"})) == "app can now read secrets");
  BOOST_TEST(effect(words({"get"}), words({"get", "backup"})) == "app can now back up secrets");
  BOOST_TEST(effect(words({"recover"}), words({})) == "app can no longer recover secrets");
}

BOOST_AUTO_TEST_CASE(an_approved_private_endpoint_keeps_the_network_guard_quiet) {
  Change change = change_of("{}", "{}", {field("publicNetworkAccess", "Enabled", "Disabled")});
  assess_vault(change, canonical_properties(""),
               canonical_properties(R"("publicNetworkAccess":"Disabled")"));
  BOOST_TEST(change.impact.network_closed);
  change.live = Document::parse(
      R"({"properties":{"privateEndpointConnections":[{"properties":{"privateLinkServiceConnectionState":{"status":"Approved"}}}]}})");
  assess_vault(change, canonical_properties(""),
               canonical_properties(R"("publicNetworkAccess":"Disabled")"));
  BOOST_TEST(!change.impact.network_closed);
}

BOOST_AUTO_TEST_CASE(a_network_is_closed_where_somebody_is_shut_out) {
  const std::string allow = R"("networkAcls":{"defaultAction":"Allow"})";
  const std::string rule =
      R"("networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"10.1.0.0/16"}]})";
  const std::string part =
      R"("networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"10.1.2.0/24"}]})";
  const std::string wide =
      R"("networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"10.0.0.0/8"}]})";
  const std::string other =
      R"("networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"10.9.0.0/16"}]})";
  const std::string none = R"("networkAcls":{"defaultAction":"Deny"})";
  const std::string alone = R"("networkAcls":{"defaultAction":"Deny","bypass":"None"})";
  const std::string shut = R"("publicNetworkAccess":"Disabled",)";
  const auto closed = [](const std::string& from, const std::string& to) {
    const Document before = canonical_properties(from), after = canonical_properties(to);
    Change change = change_of("{}", "{}", {});
    change.fields =
        engine::diff(
            after, before, make_registry().at("vault").rules(),
            {.mode = [](std::string_view) { return ListMode::exact; },
             .label = [](std::string_view, const Document&) { return std::string("entry"); }})
            .fields;
    assess_vault(change, before, after);
    return change.impact.network_closed;
  };
  BOOST_TEST(closed(allow, shut + allow));
  BOOST_TEST(closed(allow, rule));
  BOOST_TEST(closed(rule, none));
  BOOST_TEST(closed(none, alone));
  BOOST_TEST(closed(rule, other));
  BOOST_TEST(!closed(rule, allow));                // The last rule goes, and everybody comes in.
  BOOST_TEST(!closed(part, wide));                 // All that came in still do.
  BOOST_TEST(!closed(shut + allow, shut + none));  // Nobody came in before.
  BOOST_TEST(!closed(none, rule));
}

BOOST_AUTO_TEST_SUITE_END()
