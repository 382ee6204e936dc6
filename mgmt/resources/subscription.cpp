#include "akv/mgmt/resources/subscription.hpp"

namespace akv {

using json::field;
using json::Flag;

std::span<const json::FieldInfo> Subscription::json_fields() {
  static constexpr json::FieldInfo list[] = {
      field<&Subscription::id>("id", Flag::read_only),
      field<&Subscription::subscription_id>("subscriptionId", Flag::read_only),
      field<&Subscription::tenant_id>("tenantId", Flag::read_only),
      field<&Subscription::display_name>("displayName", Flag::read_only),
      field<&Subscription::state>("state", Flag::read_only),
      field<&Subscription::tags>("tags")};
  return list;
}

}  // namespace akv
