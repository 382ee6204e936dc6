#include "akv/provision/manifest/sources.hpp"

#include "akv/provision/engine/planner.hpp"
#include "akv/provision/manifest/source_check.hpp"
#include "akv/provision/manifest/suggest.hpp"
#include "akv/provision/manifest/yaml_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace akv::manifest {
namespace {

namespace fs = std::filesystem;

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?") != std::string_view::npos;
}

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

std::string beside(const std::string& including, std::string_view path) {
  return (fs::path(including).parent_path() / fs::path(path)).lexically_normal().string();
}

}  // namespace

void Sources::error(NodeId at, std::string code, std::string message, std::string hint) {
  complete_ = false;
  diagnostics_.error(open_.back().file.tree.place(at), std::move(code), std::move(message),
                     std::move(hint));
}

std::optional<Tree> Sources::parse(std::uint32_t file, std::string_view text) {
  const CheckedSource source = check_source(file, text, diagnostics_);
  texts_.resize(std::max<std::size_t>(texts_.size(), file + std::size_t{1}));
  texts_[file] = source.text;
  auto tree =
      source.ok ? read_yaml(file, source.text, diagnostics_, values_) : std::optional<Tree>();
  if (tree)
    values_ += tree->values();
  else
    complete_ = false;
  return tree;
}

std::optional<Tree> Sources::read_values(const Input& input) {
  return parse(diagnostics_.add_file(input.name), input.text);
}

void Sources::read(std::span<const Input> inputs) {
  for (const Input& input : inputs) {
    std::string identity = files_ != nullptr ? files_->identity(input.name) : input.name;
    if (known_.contains(identity)) continue;
    open(input.name, std::move(identity), input.text);
    while (!open_.empty()) advance();
  }
}

void Sources::open(const std::string& path, std::string identity, std::string_view text) {
  ++count_;
  known_.insert(identity);
  auto tree = parse(diagnostics_.add_file(path), text);
  if (!tree) return;
  if (tree->at(tree->root()).kind != NodeKind::map) {
    complete_ = false;
    diagnostics_.error(tree->place(tree->root()), "wrong-type",
                       "a manifest is a map, and this is none",
                       "begin with \"apiVersion: akv/v1\"");
    return;
  }
  open_.push_back({{std::move(*tree)}, path, std::move(identity), {}, 0, {}});
  read_mark(open_.back().file);
  open_.back().includes = read_includes(open_.back().file.tree);
}

/// The mark says how the file is read, so it has its value before any parameter has one.
void Sources::read_mark(File& file) {
  const NodeId mark = file.section("overlay");
  if (mark == no_node) return;
  const std::string_view text = file.tree.text(mark);
  file.overlay = text == "true";
  if (!file.overlay && text != "false")
    diagnostics_.error(file.tree.place(mark), "not-boolean",
                       "overlay says whether this file lies over the others",
                       "write true or false");
}

std::vector<NodeId> Sources::read_includes(const Tree& tree) {
  const NodeId list = tree.find(tree.root(), "include");
  if (list == no_node) return {};
  if (tree.at(list).kind != NodeKind::sequence) {
    error(list, "wrong-type", "include is a list of files", "write include: [common.yaml]");
    return {};
  }
  std::vector<NodeId> result;
  for (const NodeId item : tree.items(list))
    if (is_path(tree, item)) result.push_back(item);
  return result;
}

bool Sources::is_path(const Tree& tree, NodeId at) {
  const std::string_view text = tree.text(at);
  if (tree.at(at).kind != NodeKind::scalar || text.empty()) {
    error(at, "wrong-type", "an entry of include is the path of a file",
          "write it relative to this file");
  } else if (text.find("${") != std::string_view::npos) {
    error(at, "bad-include",
          manifest::quoted(text) +
              " has a reference, and files are read before any "
              "parameter has a value",
          "write the path out");
  } else if (text[0] == '/') {
    error(at, "bad-include", manifest::quoted(text) + " is an absolute path",
          "write it relative to this file");
  } else if (!is_yaml(text)) {
    error(at, "bad-include", manifest::quoted(text) + " is no manifest by its name",
          "name a file that ends in .yaml, or all of a folder: teams/*.yaml");
  } else if (has_wildcard(fs::path(text).parent_path().string())) {
    error(at, "bad-include", manifest::quoted(text) + " has a wildcard in its folder",
          "wildcards may stand in the file's name");
  } else {
    return true;
  }
  return false;
}

void Sources::advance() {
  Open& current = open_.back();
  if (!current.matches.empty()) {
    const std::string path = std::move(current.matches.back());
    current.matches.pop_back();
    return include(path, current.includes[current.next - 1], true);
  }
  if (current.next < current.includes.size()) {
    const NodeId at = current.includes[current.next++];
    const std::string_view text = current.file.tree.text(at);
    if (!has_wildcard(text)) return include(beside(current.path, text), at, false);
    current.matches = expand(current, at);
    return;
  }
  done_.push_back(std::move(current.file));
  open_.pop_back();
}

std::vector<std::string> Sources::expand(const Open& includer, NodeId at) {
  const std::string pattern = beside(includer.path, includer.file.tree.text(at));
  const std::string folder = fs::path(pattern).parent_path().string();
  const std::string name = fs::path(pattern).filename().string();
  const Files::Listing listing =
      files_ != nullptr ? files_->list(folder, max_listed_files) : Files::Listing{};
  std::vector<std::string> result;
  if (!listing.fault.empty()) {
    error(at, "unreadable-file",
          "the folder of " + manifest::quoted(pattern) + " cannot be read: " + listing.fault);
    return result;
  }
  if (listing.names.size() > max_listed_files) {
    error(at, "too-many",
          "the folder of " + manifest::quoted(pattern) + " has more than " +
              std::to_string(max_listed_files) + " files",
          "name the files");
    return result;
  }
  for (const std::string& file : listing.names) {
    std::string path = (fs::path(folder) / file).string();
    if (engine::glob_matches(name, file) && is_yaml(file) &&
        files_->identity(path) != includer.identity)
      result.push_back(std::move(path));
  }
  if (result.empty())
    error(at, "no-such-file", "no file is named like " + manifest::quoted(pattern),
          "paths are relative to the file that includes");
  std::sort(result.begin(), result.end(), std::greater<>());
  return result;
}

void Sources::include(const std::string& path, NodeId at, bool by_wildcard) {
  if (files_ == nullptr)
    return error(at, "bad-include", "files cannot be included here", "give them together");
  std::string identity = files_->identity(path);
  const auto same = std::find_if(open_.begin(), open_.end(),
                                 [&](const Open& o) { return o.identity == identity; });
  if (same != open_.end()) {
    if (by_wildcard) return;
    std::string chain;
    for (auto file = same; file != open_.end(); ++file)
      chain += manifest::quoted(file->path) + " includes ";
    return error(at, "include-cycle", chain + manifest::quoted(same->path),
                 "remove one of these includes");
  }
  if (known_.contains(identity)) return;
  if (open_.size() >= max_include_depth)
    return error(at, "too-deep",
                 "more than " + std::to_string(max_include_depth) + " files include each other",
                 "include the files from fewer places");
  if (included_.size() >= max_included_files)
    return error(at, "too-many",
                 "more than " + std::to_string(max_included_files) + " files are included",
                 "put several into one");
  Files::Text read = files_->read(path, max_included_bytes - included_bytes_);
  if (!read.text) {
    known_.insert(std::move(identity));
    return error(at, "no-such-file", manifest::quoted(path) + " cannot be read: " + read.fault,
                 "paths are relative to the file that includes");
  }
  if (read.text->size() > max_included_bytes - included_bytes_)
    return error(at, "too-large",
                 "included files have more than " + std::to_string(max_included_bytes >> 20U) +
                     " MiB together",
                 "give large files on the command line");
  included_bytes_ += read.text->size();
  included_.push_back(std::move(*read.text));
  open(path, std::move(identity), included_.back());
}

std::vector<File> Sources::take_files() {
  std::stable_partition(done_.begin(), done_.end(), [](const File& f) { return !f.overlay; });
  if (complete_ && !done_.empty() && done_.front().overlay) {
    const Tree& tree = done_.front().tree;
    complete_ = false;
    diagnostics_.error(tree.place(done_.front().section("overlay")), "no-base",
                       "this file is an overlay, and there is no manifest for it to lie over",
                       "give that manifest, too, or include it here");
  }
  return std::move(done_);
}

}  // namespace akv::manifest
