// What parse() accepts is written in a form that reads back as the same value.
#include "akv/mgmt/json/document.hpp"

#include "akv/mgmt/core/errors.hpp"

#include <cstdlib>

using akv::json::Document;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const Document value = Document::parse(text);
    if (Document::parse(value.dump()) != value) std::abort();
    if (Document::parse(value.dump_pretty()) != value) std::abort();
    if (Document::parse(value.dump_sorted()) != value) std::abort();
  } catch (const akv::FormatError&) {
  }
  return 0;
}
