#include "support/spec_models.hpp"

#include "support/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <utility>
#include <vector>

namespace akv::test {
namespace {

using json::Document;
using Names = std::set<std::string>;

/// A definition, and the description that its references are relative to.
struct Definition {
  Document spec, definition;
};

Definition refer(const Document& spec, std::string_view reference) {
  const auto hash = reference.find('#');
  const std::string name(reference.substr(reference.rfind('/') + 1));
  constexpr std::string_view shared = "common-types/";
  const auto at = reference.substr(0, hash).find(shared);
  const Document found =
      at == std::string_view::npos
          ? spec
          : read_json(*spec_folder() / std::string(reference.substr(at, hash - at)));
  return {found, found["definitions"][name]};
}

/// Members of a definition, and of those that it is made of.
struct Published {
  Names all, read_only;

  void add(Definition from) {
    std::vector<Definition> open{std::move(from)};
    while (!open.empty()) {
      const Definition next = std::move(open.back());
      open.pop_back();
      if (next.definition["properties"].is_object())
        for (const json::Member& property : next.definition["properties"].as_object())
          add(next.spec, property);
      if (next.definition["allOf"].is_array())
        for (const Document& part : next.definition["allOf"].as_array())
          open.push_back(refer(next.spec, part["$ref"].string_or()));
    }
  }

 private:
  void add(const Document& spec, const json::Member& property) {
    all.insert(property.name);
    const std::string_view reference = property.value["$ref"].string_or();
    if (property.value["readOnly"].bool_or(false) ||
        (!reference.empty() && refer(spec, reference).definition["readOnly"].bool_or(false)))
      read_only.insert(property.name);
  }
};

void compare(const Document& spec, const DescribedModel& model, Likeness likeness) {
  BOOST_TEST_CONTEXT(model.definition) {
    Published published;
    published.add({spec, spec["definitions"][model.definition]});
    BOOST_REQUIRE(!published.all.empty());
    Names ours, ours_read_only;
    for (const json::FieldInfo& field : model.fields()) {
      ours.insert(std::string(field.wire));
      if (json::has(field.flags, json::Flag::read_only) &&
          !model.ours_read_only.contains(std::string(field.wire)))
        ours_read_only.insert(std::string(field.wire));
    }
    for (const std::string& name : published.all)
      BOOST_TEST(ours.contains(name), "the model lacks " << name);
    if (likeness == Likeness::holds_all) return;
    for (const std::string& name : ours)
      BOOST_TEST(published.all.contains(name), "the model invents " << name);
    for (const std::string& name : published.read_only)
      BOOST_TEST(ours_read_only.contains(name), name << " is read-only");
    for (const std::string& name : ours_read_only)
      BOOST_TEST(published.read_only.contains(name), name << " is not read-only");
  }
}

}  // namespace

void compare_models(const char* description, std::span<const DescribedModel> models,
                    Likeness likeness) {
  const auto folder = spec_folder();
  if (!folder) return;
  const Document spec = read_json(*folder / description);
  for (const DescribedModel& model : models)
    if (spec["definitions"].find(model.definition)) compare(spec, model, likeness);
}

void check_all_are_modelled(const char* description, std::span<const DescribedModel> models,
                            const std::set<std::string>& others) {
  const auto folder = spec_folder();
  if (!folder) return;
  Names modelled = others;
  for (const DescribedModel& model : models) modelled.insert(model.definition);
  const Document spec = read_json(*folder / description);
  for (const json::Member& definition : spec["definitions"].as_object())
    BOOST_TEST((modelled.contains(definition.name) || !definition.value["properties"].is_object()),
               "no model for " << definition.name);
}

}  // namespace akv::test
