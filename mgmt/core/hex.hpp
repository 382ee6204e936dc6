/// Bytes as text.
#pragma once
#include <string>
#include <string_view>

namespace akv {

/// `0fa4` for the bytes 0x0F and 0xA4: two lower-case digits each.
std::string hex(std::string_view bytes);

}  // namespace akv
