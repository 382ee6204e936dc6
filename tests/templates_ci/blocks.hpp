/// The pipelines of templates/ci, and the shell in them.
#pragma once
#include <yaml-cpp/yaml.h>

#include <map>
#include <string>
#include <vector>

namespace akv::test {

constexpr const char* github_actions = "github-actions.yaml";
constexpr const char* azure_pipelines = "azure-pipelines.yaml";
constexpr const char* gitlab_ci = "gitlab-ci.yaml";
constexpr const char* all_pipelines[] = {github_actions, azure_pipelines, gitlab_ci};

std::string pipeline_text(const std::string& file);
YAML::Node pipeline(const std::string& file);

/// What a CI system hands to one shell.
struct Block {
  std::string file, job, name, text;
  /// As it is written there, expressions and all; what is set nearest to the block wins.
  std::map<std::string, std::string> environment;
};

/// In the order in which they stand in the file.
std::vector<Block> blocks(const std::string& file);
/// Throws std::out_of_range where the file has none of that job and name.
Block block(const std::string& file, const std::string& job, const std::string& name);

}  // namespace akv::test
