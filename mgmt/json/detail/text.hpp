/// JSON as text: what readers check, what writers escape, and how an error names its place.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace akv::json::detail {

/// The byte at which `text` stops being UTF-8 or holds a NUL; its size if neither happens.
std::size_t valid_length(std::string_view text);

/// True for all that RFC 8259 calls a number, of any size.
bool is_number(std::string_view text);

/// `text` in quotes, escaped where JSON requires it.
void append_quoted(std::string& out, std::string_view text);

// Steps of a path such as `$.value[3].tags["a b"]`. Long names are cut.
void append_member(std::string& path, std::string_view name);
void append_index(std::string& path, std::size_t index);

/// Throws FormatError `<path>: <what> at byte <offset>`.
[[noreturn]] void throw_format(const std::string& path, std::string_view what, std::size_t offset);

}  // namespace akv::json::detail
