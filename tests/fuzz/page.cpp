// A page gives the same values as the whole document does, or an error.
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/json/document.hpp"

#include <cstdlib>

using akv::json::Document;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Document elements = Document::array();
  try {
    Document page = akv::json::parse_page(
        text, [&](Document element) { elements.push_back(std::move(element)); });
    if (page.find("value")) std::abort();
    if (Document::parse(text) != page.set("value", std::move(elements))) std::abort();
  } catch (const akv::FormatError&) {
  }
  return 0;
}
