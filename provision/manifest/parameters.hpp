/// The parameters of a run: declared in manifests, set by `--values` and `--set`.
#pragma once
#include "akv/provision/manifest/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// Letters, digits, `_` and `-`, the first no digit and no `-`.
bool is_parameter_name(std::string_view name);

/// Call in the order of the members. Precedence: default, then values, then set; the later of
/// equals wins.
class Parameters {
 public:
  explicit Parameters(Session& session) : session_(session) {}

  /// The `parameters:` of one manifest. What an overlay says of one that is declared overrides it,
  /// member by member.
  void declare(const Tree& tree, NodeId section, bool overlay);
  /// A whole values file: a map of single values, taken literally.
  void read_values(const Tree& tree);
  void set(const std::string& name, const std::string& value);
  /// Reports the parameters that have no value, and hands out the rest.
  ParameterValues finish();

 private:
  struct Declared {
    engine::Place place;
    std::optional<std::string> value{};
    std::vector<std::string> allowed{};
    bool faulty = false;
    bool refused = false;  ///< A value that is not allowed is reported already.
  };
  Declared* find(std::string_view name, std::string& hint);
  bool is_allowed(const Declared& declared, std::string_view value, std::string& hint) const;

  Session& session_;
  std::map<std::string, Declared, std::less<>> declared_;
};

}  // namespace akv::manifest
