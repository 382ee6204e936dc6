/// Plans and runs made by hand, to be shown in every format.
#pragma once
#include "akv/provision/report/report.hpp"

#include <string>
#include <vector>

namespace akv::test {

struct Scenario {
  std::string name;
  engine::Plan plan;
  report::Command command = report::Command::plan;
};

/// Every plan that has golden files, in a fixed order.
std::vector<Scenario> plan_scenarios();
Scenario scenario(const std::string& name);

struct RunScenario {
  std::string name;
  engine::Plan plan;
  engine::RunResult result;
  report::Requests requests;
  std::vector<engine::SoftDeleted> soft_deleted;
};
std::vector<RunScenario> run_scenarios();

}  // namespace akv::test
