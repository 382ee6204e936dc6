#include "akv/provision/manifest/checks.hpp"

#include "akv/provision/manifest/suggest.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace akv::manifest;

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(knows_a_guid) {
  BOOST_TEST(check_guid("1b2c0000-0000-4000-8000-00000000000F") == "");
  for (const std::string_view bad :
       {"", "1b2c0000-0000-4000-8000-00000000000", "1b2c0000-0000-4000-8000-00000000000G",
        "1b2c00000000-4000-8000-0000-00000000000", "{1b2c0000-0000-4000-8000-000000000001}"})
    BOOST_TEST(check_guid(bad).find("is not a GUID") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(knows_a_vault_name) {
  for (const std::string_view good : {"abc", "kv-1", "A1b-2c", "a23456789012345678901234"})
    BOOST_TEST(check_vault_name(good) == "");
  BOOST_TEST(check_vault_name("ab").find("has 2 characters") != std::string::npos);
  BOOST_TEST(check_vault_name("a234567890123456789012345").find("has 25 characters") !=
             std::string::npos);
  BOOST_TEST(check_vault_name("1kv").find("begin with a letter") != std::string::npos);
  BOOST_TEST(check_vault_name("kv-").find("ends with a hyphen") != std::string::npos);
  BOOST_TEST(check_vault_name("kv--1").find("two hyphens") != std::string::npos);
  BOOST_TEST(check_vault_name("kv_1").find("has a character") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(knows_a_resource_group_name) {
  for (const std::string_view good : {"r", "rg_1.(a)-b", "gr\xC3\xBCn"})
    BOOST_TEST(check_resource_group_name(good) == "");
  BOOST_TEST(check_resource_group_name(std::string(90, 'a')) == "");
  BOOST_TEST(check_resource_group_name(std::string(91, 'a')) != "");
  for (const std::string_view bad : {"", "rg.", "a b", "a~b", "a/b"})
    BOOST_TEST(check_resource_group_name(bad) != "");
}

BOOST_AUTO_TEST_CASE(knows_a_location_and_a_deployment_name) {
  BOOST_TEST(check_location("westeurope") == "");
  BOOST_TEST(check_location("North Central US") == "");
  for (const std::string_view bad : {"", "west-europe", " west", "west ", "2"})
    BOOST_TEST(check_location(bad) != "");
  BOOST_TEST(check_deployment_name("a") == "");
  BOOST_TEST(check_deployment_name("0payments-dev") == "");
  BOOST_TEST(check_deployment_name(std::string(40, 'a')) == "");
  for (const std::string& bad : {std::string(), std::string("-a"), std::string("A"),
                                 std::string("a_b"), std::string(41, 'a')})
    BOOST_TEST(check_deployment_name(bad) != "");
}

BOOST_AUTO_TEST_CASE(knows_public_ranges) {
  for (const std::string_view good : {"203.0.113.7", "203.0.113.0/24", "1.2.3.4/32", "8.0.0.0/5",
                                      "128.0.0.0/1", "172.32.0.0/16", "100.128.0.1"})
    BOOST_TEST(check_public_range(good) == "");
  for (const std::string_view bad :
       {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4/33", "1.2.3.4/", "01.2.3.4", "1.2.3.4/024",
        " 1.2.3.4", "1.2.3.4 ", "a.b.c.d", "+1.2.3.4", "1.2.3.-4"})
    BOOST_TEST(check_public_range(bad).find("is not an IPv4 range; write") != std::string::npos);
  BOOST_TEST(check_public_range("2001:db8::/32").find("no IPv6") != std::string::npos);
  BOOST_TEST(check_public_range("0.0.0.0/0").find("is every address") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(refuses_ranges_that_nobody_on_the_internet_has) {
  for (const std::string_view bad :
       {"10.0.0.0/8", "10.1.2.3", "172.16.0.0/12", "172.31.255.255", "192.168.0.0/16", "127.0.0.1",
        "169.254.1.1", "0.1.2.3", "100.64.0.0/10", "224.0.0.1", "255.255.255.255"})
    BOOST_TEST(check_public_range(bad).find("lies in") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(says_which_range_was_meant_by_bits_beyond_the_prefix) {
  BOOST_TEST(
      check_public_range("203.0.113.7/24") ==
      "\"203.0.113.7/24\" has bits set beyond its prefix; write 203.0.113.0/24 for the range "
      "or 203.0.113.7/32 for the address");
  BOOST_TEST(canonical_range("1.2.3.4") == canonical_range("1.2.3.4/32"));
}

BOOST_AUTO_TEST_CASE(knows_a_subnet_id) {
  const std::string good =
      "/subscriptions/9c0d0000-0000-4000-8000-000000000003/resourcegroups/rg/providers/"
      "microsoft.network/virtualNetworks/vnet/subnets/apps";
  BOOST_TEST(check_subnet_id(good) == "");
  for (const std::string& bad :
       {std::string("apps"), good + "/x", good.substr(0, good.rfind("/subnets"))})
    BOOST_TEST(check_subnet_id(bad).find("is not the id of a subnet") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(knows_tags) {
  BOOST_TEST(check_tag_name("cost center") == "");
  BOOST_TEST(check_tag_name(std::string(512, 'a')) == "");
  BOOST_TEST(check_tag_name(std::string(513, 'a')) != "");
  BOOST_TEST(check_tag_name("") != "");
  for (const char c : std::string("<>%&\\?/")) BOOST_TEST(check_tag_name(std::string(1, c)) != "");
  BOOST_TEST(check_tag_name("AKV-deployment").find("akv's own") != std::string::npos);
  BOOST_TEST(check_tag_value(std::string(256, 'a')) == "");
  BOOST_TEST(check_tag_value(std::string(257, 'a')) != "");
}

BOOST_AUTO_TEST_CASE(suggests_what_is_near) {
  constexpr std::string_view words[] = {"sku", "get", "list", "location", "accessPolicies"};
  BOOST_TEST(nearest("skuu", words) == "sku");
  BOOST_TEST(nearest("SKU", words) == "sku");
  BOOST_TEST(nearest("gte", words) == "get");
  BOOST_TEST(nearest("accesPolicys", words) == "accessPolicies");
  BOOST_TEST(nearest("x", words) == "");
  BOOST_TEST(nearest("region", words) == "");
  BOOST_TEST(nearest("", words) == "");
  BOOST_TEST(nearest(std::string(65, 'a'), words) == "");
}

BOOST_AUTO_TEST_CASE(names_choices_in_a_sentence) {
  constexpr std::string_view words[] = {"a", "b", "c"};
  BOOST_TEST(list_of(words) == "a, b or c");
  BOOST_TEST(list_of(words, 2) == "a, b, ...");
  BOOST_TEST(quoted("a\x01"
                    "b") == "\"a?b\"");
  BOOST_TEST(quoted(std::string(100, 'x')).size() == 85U);
}

BOOST_AUTO_TEST_SUITE_END()
