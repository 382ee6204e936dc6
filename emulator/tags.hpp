/// Tags as resources of their own, at a subscription, a group or a resource.
#pragma once
#include "akv/emulator/store.hpp"
#include "akv/mgmt/json/document.hpp"

#include <string_view>

namespace akv::emulator {

inline constexpr std::string_view tags_type = "Microsoft.Resources/tags";

/// The tags of a subscription: an object, empty where there are none.
json::Document subscription_tags(Store& store, std::string_view subscription);

}  // namespace akv::emulator
