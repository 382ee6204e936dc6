// The one translation unit with Boost.Test's runner; every layer's executable links it.
#define BOOST_TEST_MODULE akv
#include "support/skipped.hpp"

#include <boost/test/results_collector.hpp>
#include <boost/test/unit_test.hpp>

#include <iostream>
#include <set>

namespace akv::test {
namespace {

namespace bt = boost::unit_test;

/// Lives as long as the run.
struct SkipReport {
  SkipReport() { current = this; }
  ~SkipReport() {
    if (lines.empty() ||
        !bt::results_collector.results(bt::framework::master_test_suite().p_id).passed())
      return;
    // CTest looks for this word: tests/CMakeLists.txt.
    for (const std::string& line : lines) std::cout << "SKIPPED: " << line << std::endl;
  }
  SkipReport(const SkipReport&) = delete;
  SkipReport& operator=(const SkipReport&) = delete;

  static inline SkipReport* current = nullptr;
  std::set<std::string> lines;
};

}  // namespace

BOOST_GLOBAL_FIXTURE(SkipReport);

void say_skipped(const std::string& why) {
  SkipReport::current->lines.insert(bt::framework::current_test_case().full_name() + ": " + why);
}

}  // namespace akv::test
