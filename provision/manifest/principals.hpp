/// `principals:` of all files.
#pragma once
#include "akv/provision/manifest/session.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// Call read() for each file, overlays last, then finish(). Used by one thread; the session
/// outlives it.
class Principals {
 public:
  explicit Principals(Session& session) : session_(session) {}

  /// One file's. What an overlay says of a principal overrides what is known of it, member by
  /// member; from other files a name that is known is a mistake.
  void read(const Tree& tree, NodeId section, const Scope& scope, bool overlay);
  /// Checks that each has one id of its own, and hands them to the session and `deployment`.
  void finish(engine::Deployment& deployment);

 private:
  struct Declared {
    std::string object_id{}, managed_identity{}, type{};
    bool break_glass = false;
    bool faulty = false;             ///< Its id has a mistake, which is reported.
    engine::Place place{}, value{};  ///< Of its name, and of what it is.
    std::uint32_t origin = 0;        ///< Of its id.
  };
  void read_members(const Tree& tree, NodeId map, const Scope& scope, Declared& into);

  Session& session_;
  std::map<std::string, Declared, std::less<>> declared_;
  std::vector<std::string> order_;  // Of first mention.
};

}  // namespace akv::manifest
