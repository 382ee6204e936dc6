/// One string out of a JSON text, for a fraction of what it costs to read the text.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace akv::json {

/// The string at `path`, names of members from the outermost object inwards:
/// `text_at(body, {"properties", "provisioningState"})`. Empty where there is none, or something
/// other than a string. The last one counts where a name repeats, as for json::decode.
///
/// The text is stepped over rather than read: of one that is no JSON anything that looks right may
/// come back, so whoever needs more than a hint reads the text too. Takes time in proportion to the
/// text, and no memory but for the result. Does not throw. Safe to call from any thread.
std::string text_at(std::string_view json, std::initializer_list<std::string_view> path);

}  // namespace akv::json
