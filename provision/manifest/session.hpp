/// What all inputs of one run share while they are resolved.
#pragma once
#include "akv/mgmt/json/document.hpp"
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/interpolation.hpp"
#include "akv/provision/manifest/yaml_tree.hpp"

#include <map>
#include <string>
#include <string_view>

namespace akv::manifest {

/// A principal that the manifests name. An empty object id: it is faulty, which is reported.
struct NamedPrincipal {
  std::string object_id;
};

/// What a policy entry may refer to.
struct Names {
  std::map<std::string, NamedPrincipal, std::less<>> principals;
  /// Built-in and own sets; null where an own one is faulty, which is reported.
  std::map<std::string, json::Document, std::less<>> permission_sets;
  bool complete = true;  ///< False: a file could not be read, so unknown names are not reported.
  std::string tenant;    ///< Of the deployment; may be empty.
};

/// Used by one thread; everything in it outlives the readers that hold it.
struct Session {
  Diagnostics& diagnostics;
  Interpolator& interpolator;
  Names& names;
  engine::Places& places;

  /// `estate.yaml:12`, for messages that point elsewhere.
  std::string describe(engine::Place place) const {
    return diagnostics.files().at(place.file) + ":" + std::to_string(place.line);
  }
};

}  // namespace akv::manifest
