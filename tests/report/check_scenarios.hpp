/// Checks made by hand, to be shown in every format.
#pragma once
#include "akv/provision/report/check_report.hpp"

#include <string>
#include <vector>

namespace akv::test {

struct CheckScenario {
  std::string name;
  report::CheckReport report;
};

/// Every check that has golden files, in a fixed order.
std::vector<CheckScenario> check_scenarios();
report::CheckReport check_scenario(const std::string& name);

}  // namespace akv::test
