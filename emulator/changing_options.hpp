/// The options that may change while the emulator runs, as JSON.
#pragma once
#include "akv/mgmt/json/document.hpp"

namespace akv::emulator {

struct Options;

/// `{"dnsDelayMilliseconds", "jobDelayMilliseconds", "writeDelayMilliseconds",
/// "rolePropagationMilliseconds", "pageSize", "recoverAppliesProperties", "throttle"}`
json::Document shown_options(const Options& options);

/// Those of `changes`; the others stay. Throws FormatError with the name of a member that is
/// unknown or out of range (a delay: to 10 minutes; a page: 1 to 1,000), and then changes nothing.
void change_options(Options& options, const json::Document& changes);

}  // namespace akv::emulator
