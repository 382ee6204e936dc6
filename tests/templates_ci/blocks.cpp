#include "templates_ci/blocks.hpp"

#include "support/source_dir.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace akv::test {
namespace {

using Variables = std::map<std::string, std::string>;

std::string text(const YAML::Node& node) { return node ? node.as<std::string>() : std::string(); }

void set(Variables& variables, const YAML::Node& map) {
  for (const auto& entry : map) variables[text(entry.first)] = text(entry.second);
}

std::vector<Block> of_github(const YAML::Node& root) {
  std::vector<Block> out;
  Variables common;
  set(common, root["env"]);
  for (const auto& job : root["jobs"]) {
    Variables of_job = common;
    set(of_job, job.second["env"]);
    for (const YAML::Node& step : job.second["steps"]) {
      if (!step["run"]) continue;
      Block block{github_actions, text(job.first), text(step["name"]), text(step["run"]), of_job};
      set(block.environment, step["env"]);
      out.push_back(std::move(block));
    }
  }
  return out;
}

std::vector<Block> of_azure(const YAML::Node& root) {
  std::vector<Block> out;
  Variables common;
  set(common, root["variables"]);
  for (const YAML::Node& stage : root["stages"])
    for (const YAML::Node& job : stage["jobs"]) {
      const bool deployment = job["deployment"].IsDefined();
      Variables of_job = common;
      set(of_job, job["variables"]);
      const YAML::Node steps =
          deployment ? job["strategy"]["runOnce"]["deploy"]["steps"] : job["steps"];
      for (const YAML::Node& step : steps) {
        const YAML::Node script = step["task"] ? step["inputs"]["inlineScript"] : step["bash"];
        if (!script) continue;
        Block block{azure_pipelines, text(deployment ? job["deployment"] : job["job"]),
                    text(step["displayName"]), text(script), of_job};
        set(block.environment, step["env"]);
        out.push_back(std::move(block));
      }
    }
  return out;
}

/// A job's lines run in one shell, those of `before_script` first.
std::vector<Block> of_gitlab(const YAML::Node& root) {
  std::vector<Block> out;
  for (const auto& job : root) {
    if (!job.second.IsMap() || !job.second["script"]) continue;
    Block block{gitlab_ci, text(job.first), text(job.first), {}, {}};
    set(block.environment, root["variables"]);
    const YAML::Node base = root[text(job.second["extends"])];
    set(block.environment, base["variables"]);
    set(block.environment, job.second["variables"]);
    for (const YAML::Node& lines : {base["before_script"], job.second["script"]})
      for (const YAML::Node& line : lines) block.text += text(line) + "\n";
    out.push_back(std::move(block));
  }
  return out;
}

}  // namespace

std::string pipeline_text(const std::string& file) {
  std::ifstream in(AKV_SOURCE_DIR "/templates/ci/" + file, std::ios::binary);
  if (!in) throw std::runtime_error("there is no templates/ci/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

YAML::Node pipeline(const std::string& file) { return YAML::Load(pipeline_text(file)); }

std::vector<Block> blocks(const std::string& file) {
  const YAML::Node root = pipeline(file);
  if (file == github_actions) return of_github(root);
  return file == azure_pipelines ? of_azure(root) : of_gitlab(root);
}

Block block(const std::string& file, const std::string& job, const std::string& name) {
  for (Block& candidate : blocks(file))
    if (candidate.job == job && candidate.name == name) return candidate;
  throw std::out_of_range(file + " has no step " + name + " in " + job);
}

}  // namespace akv::test
