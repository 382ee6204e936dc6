#include "akv/mgmt/resources/list_filter.hpp"

namespace akv {

arm::Query ListFilter::query() const {
  arm::Query query = arm::given({{"$filter", filter}, {"$expand", expand}});
  if (top) query.emplace_back("$top", std::to_string(*top));
  return query;
}

}  // namespace akv
