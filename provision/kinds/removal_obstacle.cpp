#include "akv/provision/kinds/removal_obstacle.hpp"

#include "akv/provision/kinds/mark.hpp"

namespace akv::kinds {

std::optional<RemovalObstacle> removal_obstacle(const engine::Change& planned,
                                                const json::Document& live,
                                                const std::string& deployment) {
  const std::string mark = planned.live.is_null() ? deployment : deployment_of(planned.live);
  if (deployment_of(live) != mark)
    return RemovalObstacle{{.code = "OtherMark",
                            .message = "its mark was changed since the inventory was made",
                            .target = planned.id},
                           "look at whose it is, and plan again"};
  if (protect_stands(live))
    return RemovalObstacle{{.code = "Protected",
                            .message = "the tag akv-protect was set since the inventory was made",
                            .target = planned.id},
                           "set protect: false in the manifest and apply it first"};
  return std::nullopt;
}

}  // namespace akv::kinds
