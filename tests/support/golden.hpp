/// Compares a text with a file under tests/data; AKV_RENEW=1 writes the file instead.
#pragma once
#include "support/source_dir.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace akv::test {

inline void check_golden(const std::string& name, std::string_view actual) {
  const std::filesystem::path path = std::filesystem::path(AKV_SOURCE_DIR) / "tests/data" / name;
  if (const char* renew = std::getenv("AKV_RENEW"); renew != nullptr && *renew == '1') {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(file, "there is no golden file " << path.string());
  std::ostringstream expected;
  expected << file.rdbuf();
  BOOST_CHECK_MESSAGE(expected.str() == actual, name << " differs; it should be:\n"
                                                     << expected.str() << "but is:\n"
                                                     << actual);
}

}  // namespace akv::test
