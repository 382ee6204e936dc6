#include "akv/provision/kinds/resource_group.hpp"

#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/kinds/mark.hpp"

#include <array>
#include <string>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::Desired;
using engine::Environment;
using engine::ListMode;
using engine::Need;
using engine::Rule;
using engine::Shape;
using json::Document;

constexpr std::array<Rule, 3> rules_table{{
    {.path = "location",
     .immutable = true,
     .way_out = "a resource group cannot move: give it another name, or keep the location it has"},
    {.path = "protect"},
    {.path = "tags", .shape = Shape::map},
}};

Document usual_location(const Document& location) {
  std::string text = ascii::lower(location.string_or());
  std::erase(text, ' ');
  Document usual(std::move(text));
  usual.set_origin(location.origin());
  return usual;
}

class ResourceGroupKind final : public engine::Kind {
 public:
  std::string_view name() const override { return "resourceGroup"; }
  engine::Rules rules() const override { return rules_table; }
  ListMode default_mode(std::string_view) const override { return ListMode::merge; }

  Document canonical_live(const Document& live) const override {
    Document usual = Document::object();
    usual.set("location", usual_location(live["location"]));
    usual.set("tags", foreign_tags(live));
    usual.set("protect", protect_stands(live));
    return usual;
  }

  Document canonical_desired(const Document& body, const Desired&,
                             const Environment&) const override {
    Document usual = Document::object();
    if (const Document* location = body.find("location"))
      usual.set("location", usual_location(*location));
    if (const Document* tags = body.find("tags")) usual.set("tags", *tags);
    if (const Document* protect = body.find("protect")) usual.set("protect", *protect);
    usual.set_origin(body.origin());
    return usual;
  }

  void complete_create(Document&, const Desired&, const Environment&,
                       std::vector<std::string>&) const override {}

  void assess(Change&, const Document&, const Document&) const override {}

  std::string owner(const Document& live) const override { return deployment_of(live); }
  bool is_protected(const Document& live) const override { return protect_stands(live); }
  std::size_t writes(const Change&) const override { return 1; }
  std::vector<Need> needs(const Change& change) const override {
    return {{.action = change.action == engine::Action::del
                           ? "Microsoft.Resources/subscriptions/resourceGroups/delete"
                           : "Microsoft.Resources/subscriptions/resourceGroups/write",
             .scope = change.id,
             .role = "Contributor"}};
  }
};

}  // namespace

std::unique_ptr<engine::Kind> make_resource_group_kind() {
  return std::make_unique<ResourceGroupKind>();
}

}  // namespace akv::kinds
