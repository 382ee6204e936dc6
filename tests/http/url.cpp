#include "akv/mgmt/http/message.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

using namespace akv::http;

BOOST_AUTO_TEST_SUITE(url)

BOOST_AUTO_TEST_CASE(takes_a_url_apart_as_written) {
  const Url url =
      Url::parse("HTTPS://Management.Azure.com:8443/Sub/a%20b?$top=1&x=%2F#part").value();
  BOOST_TEST(url.scheme == "https");
  BOOST_TEST(url.host == "Management.Azure.com");
  BOOST_TEST(url.port == 8443);
  BOOST_TEST(url.path == "/Sub/a%20b");
  BOOST_TEST(url.query == "$top=1&x=%2F");
  BOOST_TEST(url.authority() == "management.azure.com:8443");
  BOOST_TEST(url.origin() == "https://management.azure.com:8443");
}

BOOST_AUTO_TEST_CASE(fills_in_port_and_path) {
  BOOST_TEST(Url::parse("https://h").value().port == 443);
  BOOST_TEST(Url::parse("http://h").value().port == 80);
  BOOST_TEST(Url::parse("http://h?q=1").value().path == "/");
  BOOST_TEST(Url::parse("http://h?q=1").value().query == "q=1");
  BOOST_TEST(Url::parse("http://[::1]:81/x").value().host == "[::1]");
  BOOST_TEST(Url::parse("http://[::1]:81/x").value().port == 81);
  BOOST_TEST(Url::parse("http://[::1]").value().port == 80);
}

constexpr const char* no_urls[] = {
    "",
    "h/p",
    "//h/p",
    "ftp://h/p",
    "https://",
    "https:///p",
    "https://:80/p",
    "https://h:/p",
    "https://h:0/p",
    "https://h:65536/p",
    "https://h:80x/p",
    "https://h:-1/p",
    "https://[::1/p",
    "https://[]/p",
    "https://[::1]x/p",
    "https://h/a b",
    "https://h/\r\nX: y",
    "https://user:pw@h/p",
    "https://management.azure.com@elsewhere.example/p",
};
BOOST_DATA_TEST_CASE(refuses_what_is_no_url, boost::unit_test::data::make(no_urls), text) {
  BOOST_TEST(!Url::parse(text).has_value());
}

BOOST_AUTO_TEST_CASE(reads_64_kib_and_not_a_byte_more) {
  const std::string start = "https://h/";
  const std::string longest = start + std::string(65536 - start.size(), 'a');
  BOOST_TEST(Url::parse(longest).has_value());
  BOOST_TEST(!Url::parse(longest + "a").has_value());
}

BOOST_AUTO_TEST_CASE(percent_coding_goes_there_and_back) {
  BOOST_TEST(percent_encode("aZ09-._~") == "aZ09-._~");
  BOOST_TEST(percent_encode("a b/\xC3\xA4+%") == "a%20b%2F%C3%A4%2B%25");
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  BOOST_TEST(percent_decode(percent_encode(all)) == all);
  BOOST_TEST(percent_decode("%41%zz%4%") == "A%zz%4%");
  BOOST_TEST(percent_decode("a+b") == "a+b");
}

BOOST_AUTO_TEST_CASE(finds_query_parameters_without_case_and_decoded) {
  const char* const query = "api-version=2026-02-01&%24top=5&$Filter=a+eq%20'b'&empty=&bare";
  BOOST_TEST(query_parameter(query, "API-Version").value() == "2026-02-01");
  BOOST_TEST(query_parameter(query, "$top").value() == "5");
  BOOST_TEST(query_parameter(query, "$filter").value() == "a eq 'b'");
  BOOST_TEST(query_parameter(query, "empty").value() == "");
  BOOST_TEST(query_parameter(query, "bare").value() == "");
  BOOST_TEST(!query_parameter(query, "top").has_value());
  BOOST_TEST(!query_parameter("", "x").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
