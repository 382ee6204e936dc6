/// Values as YAML that every YAML reader, ours included, takes for these values.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <string>
#include <string_view>

namespace akv::manifest::yaml {

/// A text as a scalar on one line: plain where no reader takes it for anything else (a number, a
/// date, `no`), else in double quotes, what a terminal would obey or an editor hide as an escape.
/// Must be valid UTF-8.
std::string literal(std::string_view text);
/// The same where `${…}` is filled in on loading: dollar signs doubled.
std::string scalar(std::string_view text);
/// A value on one line, lists and maps in brackets; texts as scalar() writes them, null as an
/// empty text.
std::string flow(const json::Document& value);

}  // namespace akv::manifest::yaml
