#include "support/published_schema.hpp"

#include "support/json_schema.hpp"
#include "support/source_dir.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace akv::test {
namespace {

using json::Document;

Document read_schema(const std::string& name) {
  std::ifstream file(std::filesystem::path(AKV_SOURCE_DIR) / "docs/schema" / name);
  std::ostringstream text;
  text << file.rdbuf();
  return Document::parse(text.str());
}

void close(Document& schema) {
  std::vector<Document*> open{&schema};
  while (!open.empty()) {
    Document& at = *open.back();
    open.pop_back();
    if (Document* properties = at.find("properties")) {
      for (json::Member& member : properties->as_object()) open.push_back(&member.value);
      at.set("additionalProperties", false);
    }
    // After set(), which may move the members.
    if (Document* items = at.find("items")) open.push_back(items);
    if (Document* choices = at.find("anyOf"))
      for (Document& choice : choices->as_array()) open.push_back(&choice);
  }
}

}  // namespace

PublishedSchema::PublishedSchema(const std::string& name) : schema_(read_schema(name)) {
  close(schema_);
}

std::string PublishedSchema::misfit(const std::string& json) const {
  return find_misfit(schema_, Document::parse(json));
}

}  // namespace akv::test
