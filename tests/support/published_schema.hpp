/// The schemas of JSON reports that the repository ships.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>

namespace akv::test {

/// One of docs/schema. A reader passes over members that it does not know; here each member must be
/// described.
class PublishedSchema {
 public:
  explicit PublishedSchema(const std::string& name);
  /// The first thing that does not fit, as find_misfit() says it.
  std::string misfit(const std::string& json) const;

 private:
  json::Document schema_;
};

}  // namespace akv::test
