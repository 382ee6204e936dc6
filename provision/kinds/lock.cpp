#include "akv/provision/kinds/lock.hpp"

#include "akv/mgmt/arm/path.hpp"
#include "akv/provision/kinds/companion_list.hpp"
#include "akv/provision/kinds/mark.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace akv::kinds {
namespace {

using engine::Change;
using engine::Desired;
using engine::Environment;
using engine::FieldChange;
using engine::ListMode;
using engine::Rule;
using engine::Shape;
using engine::Turn;
using json::Document;

constexpr std::string_view list_name = "locks";
constexpr std::string_view type = "Microsoft.Authorization/locks";
constexpr std::string_view put_operation = "ManagementLocks.create_or_update_by_scope";
constexpr std::string_view delete_operation = "ManagementLocks.delete_by_scope";
constexpr std::string_view read_only = "ReadOnly", can_not_delete = "CanNotDelete";

constexpr std::array<std::string_view, 1> lock_key{"name"};
constexpr std::array<Rule, 3> rules_table{{
    {.path = "locks", .shape = Shape::keyed, .key = lock_key},
    {.path = "locks[].level"},
    {.path = "locks[].notes"},
}};

Document usual_level(const Document& level) {
  Document usual(ascii::equal(level.string_or(), read_only) ? read_only : can_not_delete);
  usual.set_origin(level.origin());
  return usual;
}

Document sorted(Document::Array entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const Document& a, const Document& b) {
    return ascii::less(a["name"].string_or(), b["name"].string_or());
  });
  return Document(std::move(entries));
}

Document canonical_entry(const Document& raw) {
  const Document& properties = raw["properties"];
  Document entry = Document::object({{"name", raw["name"]}});
  entry.set("level", usual_level(properties["level"]));
  if (const std::string text = read_marked(properties["notes"].string_or()).text; !text.empty())
    entry.set("notes", text);
  return entry;
}

Document canonical_written(const Document& written) {
  Document entry = Document::object({{"name", written["name"]}});
  if (const Document* state = written.find("state"))
    entry.set("state", *state);
  else
    entry.set("level", usual_level(written["level"]));
  if (const Document& notes = written["notes"]; !own_text(notes.string_or()).empty()) {
    Document text(own_text(notes.string_or()));
    text.set_origin(notes.origin());
    entry.set("notes", std::move(text));
  }
  entry.set_origin(written.origin());
  return entry;
}

// Less is forbidden afterwards than before.
bool loosens(const FieldChange& field) {
  if (field.leaf == "level") return field.after.string_or() == can_not_delete;
  return field.leaf.empty() && field.after.is_null();
}

std::string effect_of(const FieldChange& field) {
  if (field.leaf.empty() && field.after.is_null())
    return "what it protected can be changed and deleted again";
  const Document& level = field.leaf.empty() ? field.after["level"] : field.after;
  if (!field.leaf.empty() && field.leaf != "level") return {};
  return level.string_or() == read_only
             ? "nothing there can be changed or deleted any more, not by akv either"
             : "nothing there can be deleted any more, but it can be changed";
}

/// The change with only those of its fields that are, or are not, loosening.
Change part_of(const Change& change, bool loosening) {
  Change part = change;
  std::erase_if(part.fields,
                [loosening](const FieldChange& field) { return loosens(field) != loosening; });
  std::erase_if(part.effects, [&part](const auto& effect) {
    return std::none_of(part.fields.begin(), part.fields.end(),
                        [&effect](const FieldChange& field) { return field.path == effect.first; });
  });
  if (loosening) part.left_alone.clear();
  return part;
}

class LockKind final : public engine::Kind {
 public:
  std::string_view name() const override { return "lock"; }
  engine::Rules rules() const override { return rules_table; }
  ListMode default_mode(std::string_view) const override { return ListMode::merge; }
  bool is_companion() const override { return true; }

  Document canonical_live(const Document& live) const override {
    return canonical_list(live, list_name, canonical_entry, sorted);
  }

  Document canonical_desired(const Document& body, const Desired&,
                             const Environment&) const override {
    return canonical_list(body, list_name, canonical_written, sorted);
  }

  void complete_create(Document&, const Desired&, const Environment&,
                       std::vector<std::string>&) const override {}

  void assess(Change& change, const Document& before, const Document&) const override {
    change.effects.clear();
    if (before.is_null()) return;
    for (const FieldChange& field : change.fields)
      if (std::string effect = effect_of(field); !effect.empty())
        change.effects.emplace_back(field.path, std::move(effect));
  }

  // What a lock no longer forbids may be what the others are about; what it forbids from now on is
  // done before.
  std::vector<std::pair<Turn, Change>> turns(Change change) const override {
    const auto loose = std::count_if(change.fields.begin(), change.fields.end(), loosens);
    std::vector<std::pair<Turn, Change>> parts;
    if (loose > 0) parts.emplace_back(Turn::first, part_of(change, true));
    if (static_cast<std::size_t>(loose) < change.fields.size())
      parts.emplace_back(Turn::last, part_of(change, false));
    return parts;
  }

  std::string owner(const Document& live) const override {
    return std::string(live["owner"].string_or());
  }
  bool is_protected(const Document&) const override { return false; }

  std::size_t writes(const Change& change) const override {
    std::size_t entries = 0;
    const FieldChange* last = nullptr;
    for (const FieldChange& field : change.fields) {
      if (!last || last->entry != field.entry) ++entries;
      last = &field;
    }
    return entries;
  }
  std::vector<engine::Need> needs(const Change& change) const override {
    return companion_needs(lock_list(), change, "User Access Administrator");
  }
};

const Document* find_lock(const Document& list, const Document& key) {
  if (!list.is_array()) return nullptr;
  for (const Document& entry : list.as_array())
    if (ascii::equal(entry["name"].string_or(), key["name"].string_or())) return &entry;
  return nullptr;
}

EntryWrite put_of(const Change& change, const Document& wanted, const Document* live,
                  const RunFacts& facts) {
  // Owners and what we do not know are sent as they stand.
  Document properties = live ? (*live)["properties"] : Document::object();
  properties.set("level", wanted["level"]);
  const MarkedText there = read_marked(properties["notes"].string_or());
  const std::string_view text = wanted["notes"].string_or(there.text);
  const std::string_view mark =
      live ? std::string_view(there.deployment) : facts.environment.deployment;
  std::string whole = mark.empty() ? std::string(text) : marked(text, mark);
  if (whole.empty())
    properties.erase("notes");
  else
    properties.set("notes", std::move(whole));

  EntryWrite write;
  if (live) {
    write.id = (*live)["id"].string_or();
    write.path = arm::Path(put_operation).extension("lock", type, write.id).str();
  } else {
    write.path = arm::Path(put_operation)
                     .scope("scope", parent_of(change.id))
                     .text("/providers/Microsoft.Authorization/locks/")
                     .name("lock", wanted["name"].string_or())
                     .str();
  }
  write.body = Document::object({{"properties", std::move(properties)}});
  return write;
}

std::vector<EntryWrite> writes_of(const Change& planned, const Change& fresh,
                                  const RunFacts& facts) {
  const bool only_loosening =
      !planned.fields.empty() && std::all_of(planned.fields.begin(), planned.fields.end(), loosens);
  std::vector<EntryWrite> writes;
  std::string last;
  for (const FieldChange& field : fresh.fields) {
    if (only_loosening && !loosens(field)) continue;
    std::string name = ascii::lower(field.key["name"].string_or());
    if (name == last) continue;
    last = std::move(name);
    const Document* live = find_lock(fresh.live[list_name], field.key);
    const Document* wanted = find_lock(fresh.desired[list_name], field.key);
    if (wanted && !wanted->find("state")) {
      writes.push_back(put_of(fresh, *wanted, live, facts));
    } else if (live) {
      const std::string id((*live)["id"].string_or());
      writes.push_back({.method = http::Method::del,
                        .path = arm::Path(delete_operation).extension("lock", type, id).str(),
                        .id = id});
    }
  }
  return writes;
}

Document absent(const Document& entry) {
  return Document::object({{"name", entry["name"]}, {"state", "absent"}});
}

}  // namespace

std::unique_ptr<engine::Kind> make_lock_kind() { return std::make_unique<LockKind>(); }

const CompanionList& lock_list() {
  static constexpr CompanionList list{.kind = "lock",
                                      .list = list_name,
                                      .collection = "/providers/Microsoft.Authorization/locks",
                                      .api_version = "2020-05-01",
                                      .list_operation = "ManagementLocks.list_by_scope",
                                      .put_operation = put_operation,
                                      .delete_operation = delete_operation,
                                      .text = "notes",
                                      .absent = absent,
                                      .writes = writes_of};
  return list;
}

}  // namespace akv::kinds
