/// A generated part of a text file of this repository, between `<!-- NAME: begin -->` and
/// `<!-- NAME: end -->`.
#pragma once
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace akv::test {

/// Compares it with what it should be; with AKV_RENEW=1 in the environment writes it instead.
inline void check_section(const std::string& file, const std::string& name,
                          const std::string& expected) {
  const std::filesystem::path path = std::filesystem::path(AKV_SOURCE_DIR) / file;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  std::string text = read.str();

  const std::string begin = "<!-- " + name + ": begin -->\n";
  const std::string end = "<!-- " + name + ": end -->";
  const auto first = text.find(begin);
  const auto last = text.find(end);
  BOOST_REQUIRE_MESSAGE(first != std::string::npos && last != std::string::npos && first < last,
                        file << " has no section " << begin << end);
  const auto from = first + begin.size();
  if (text.substr(from, last - from) == expected) return;
  if (const char* renew = std::getenv("AKV_RENEW"); renew != nullptr && *renew == '1') {
    text.replace(from, last - from, expected);
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  BOOST_ERROR(file << ": the section \"" << name
                   << "\" is not what this test generates; run it with AKV_RENEW=1 to write it");
}

}  // namespace akv::test
