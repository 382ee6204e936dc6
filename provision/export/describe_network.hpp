/// The firewall of a vault in the manifest's words.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace akv::exporting {

struct NetworkPart {
  std::string_view path;  ///< `networkAcls.bypass`
  std::string yaml{};     ///< As Part::value.
  std::string fault{};    ///< Why it cannot be written; else empty.
  bool optional = false;
};

/// All four members of canonical `networkAcls`. A closed firewall owns its lists, empty ones too:
/// an added rule opens it. An open one has only those that are not empty.
std::vector<NetworkPart> network_parts(const json::Document& acls);

/// `West Europe` as `westeurope`.
std::string usual_location(std::string_view location);

}  // namespace akv::exporting
