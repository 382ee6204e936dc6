#include "akv/provision/report/detail/rows.hpp"

#include "akv/provision/report/detail/layout.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace akv::report {
namespace {

using engine::Action;
using engine::Change;
using engine::FieldChange;
using json::Document;

constexpr std::size_t longest_value = 400;
constexpr std::string_view arrow = " -> ";

std::string short_text(const Document& value) {
  if (value.is_string()) {
    const std::string& text = value.as_string();
    return text.empty() ? "\"\"" : printable(text);
  }
  if (value.is_null()) return "(none)";
  if (value.is_number()) return value.as_number().text;
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  return printable(value.dump());
}

bool contains(const Document& list, const Document& item) {
  if (!list.is_array()) return false;
  return std::any_of(list.as_array().begin(), list.as_array().end(), [&](const Document& other) {
    return item.is_string() && other.is_string() ? ascii::equal(item.as_string(), other.as_string())
                                                 : item == other;
  });
}

void add_word(std::string& text, std::string_view word, std::string_view separator = " ") {
  if (!text.empty()) text += separator;
  text += word;
}

/// `-all +get +list`: what goes, then what comes.
std::string set_text(const Document& before, const Document& after) {
  std::string text;
  const auto each = [&text](const Document& from, const Document& other, char sign) {
    if (!from.is_array()) return;
    for (const Document& item : from.as_array())
      if (!contains(other, item)) add_word(text, sign + short_text(item));
  };
  each(before, after, '-');
  each(after, before, '+');
  return text;
}

bool is_list(const Document& before, const Document& after) {
  return (before.is_array() || before.is_null()) && (after.is_array() || after.is_null()) &&
         !(before.is_null() && after.is_null());
}

std::string change_text(const Document& before, const Document& after) {
  if (is_list(before, after)) return set_text(before, after);
  if (before.is_null()) return value_text(after);
  return value_text(before) + std::string(arrow) + value_text(after);
}

/// The categories of permissions in the order in which people list them, then all others.
std::vector<std::string> categories(const Document& before, const Document& after) {
  std::vector<std::string> names = {"keys", "secrets", "certificates", "storage"};
  for (const Document* side : {&before, &after}) {
    if (!side->is_object()) continue;
    for (const json::Member& member : side->as_object())
      if (std::find(names.begin(), names.end(), member.name) == names.end())
        names.push_back(member.name);
  }
  return names;
}

std::string permissions_text(const Document& before, const Document& after) {
  std::string text;
  for (const std::string& category : categories(before, after)) {
    const std::string words = set_text(before[category], after[category]);
    if (!words.empty()) add_word(text, printable(category) + ": " + words, "  ");
  }
  return text.empty() ? "no permissions" : text;
}

/// An entry that comes or goes whole.
std::string whole_entry_text(const FieldChange& field) {
  const Document& before = field.before;
  const Document& after = field.after;
  const Document& there = after.is_null() ? before : after;
  if (!there.is_object()) return (after.is_null() ? "-" : "+") + short_text(there);
  std::string text;
  // The row bears the principal's name.
  if (const std::string role(field.key["role"].string_or()); !role.empty())
    text = (after.is_null() ? "- " : "+ ") + printable(role);
  if (!text.empty() && after.is_null()) return text;
  for (const json::Member& member : there.as_object()) {
    if (field.key.find(member.name) != nullptr) continue;
    if (member.name == "permissions")
      add_word(text, permissions_text(before[member.name], after[member.name]), "  ");
    else
      add_word(text, member.name + ": " + change_text(before[member.name], after[member.name]),
               "  ");
  }
  return text.empty() ? (after.is_null() ? "removed" : "added") : text;
}

/// Several parts of one entry stand in one row, with its role before the first of them.
bool continues(const FieldChange* before, const FieldChange& field) {
  return before != nullptr && !before->leaf.empty() && before->entry == field.entry &&
         before->property == field.property;
}

/// A part of an entry: `permissions.secrets` is called `secrets`.
std::string leaf_text(const FieldChange& field, const FieldChange* before) {
  if (field.leaf == "permissions") return permissions_text(field.before, field.after);
  const std::string name = field.leaf.substr(field.leaf.rfind('.') + 1);
  if (const std::string role(field.key["role"].string_or());
      !role.empty() && !continues(before, field))
    return printable(role) + "  " + printable(name) + ": " + change_text(field.before, field.after);
  return printable(name) + ": " + change_text(field.before, field.after);
}

/// `a=b, c=d`
std::string map_text(const Document& map) {
  std::string text;
  for (const json::Member& member : map.as_object())
    add_word(text, printable(member.name) + "=" + short_text(member.value), ", ");
  return text;
}

bool is_mark(const FieldChange& field) {
  return field.property == "tags" && ascii::equal(field.entry, "akv-deployment");
}

std::string mark_text(const engine::Plan& plan) {
  return printable(plan.deployment) + " (the ownership mark)";
}

/// Where in the report a field goes: its block, and its name there.
struct Spot {
  std::string block, name;
};

/// What an entry is called in its list: a role assignment by its principal, for all roles of one
/// stand in one row.
std::string entry_name(const FieldChange& field) {
  const std::size_t role = field.key["role"].string_or().size();
  if (role == 0 || field.entry.size() <= role) return field.entry;
  return field.entry.substr(0, field.entry.size() - role - 1);
}

Spot spot_of(const FieldChange& field) {
  const std::string path = list_path(field);
  const std::size_t dot = path.find('.');
  if (dot != std::string::npos)
    return {printable(path.substr(0, dot)), printable(path.substr(dot + 1))};
  if (!field.entry.empty()) return {printable(path), printable(entry_name(field))};
  return {"", printable(path)};
}

/// `before` is the field before it in its row, if any.
std::string part_text(const FieldChange& field, const FieldChange* before, bool nested_list) {
  if (field.entry.empty()) return change_text(field.before, field.after);
  std::string text = !field.leaf.empty() ? leaf_text(field, before)
                     : field.before.is_string() && field.after.is_string()
                         ? short_text(field.before) + std::string(arrow) + short_text(field.after)
                         : "";
  if (!nested_list) {
    if (!text.empty()) return text;
    // A tag: its key is the row's name, so the value stands alone.
    if (field.after.is_string() && field.before.is_null() && field.key.is_null())
      return "+" + short_text(field.after);
    return whole_entry_text(field);
  }
  // A rule of a list within a property shares its row with the others: `-1.2.3.4/32 +5.6.7.8/32`.
  if (!text.empty()) return printable(field.entry) + " (" + text + ")";
  return (field.after.is_null() ? "-" : "+") + printable(field.entry);
}

/// A role assignment of which more is told than its role.
bool has_details(const FieldChange& field) {
  if (field.key["role"].string_or().empty()) return false;
  if (!field.leaf.empty()) return true;
  const Document& after = field.after;
  return after.is_object() && std::any_of(after.as_object().begin(), after.as_object().end(),
                                          [&field](const json::Member& member) {
                                            return field.key.find(member.name) == nullptr;
                                          });
}

/// One principal's roles stand in one row, unless there is more to tell of one of them.
bool shares_row(const FieldChange& before, const FieldChange& field) {
  return before.entry == field.entry || (!has_details(before) && !has_details(field));
}

/// Whether the effect that is told for `path` belongs to a field: its own, or that of its entry.
bool concerns(std::string_view path, const FieldChange& field) {
  if (path == field.path) return true;
  return path.find('[') != std::string_view::npos && field.path.size() > path.size() &&
         field.path.compare(0, path.size(), path) == 0 && field.path[path.size()] == '.';
}

Row& row_at(std::vector<Row>& rows, const Spot& spot) {
  const auto found = std::find_if(rows.rbegin(), rows.rend(), [&](const Row& row) {
    return row.block == spot.block && row.name == spot.name;
  });
  if (found != rows.rend()) return *found;
  // Behind the last row of its block, so that a block is printed once.
  auto place = rows.end();
  if (!spot.block.empty()) {
    const auto last = std::find_if(rows.rbegin(), rows.rend(),
                                   [&](const Row& row) { return row.block == spot.block; });
    if (last != rows.rend()) place = last.base();
  }
  Row row;
  row.block = spot.block;
  row.name = spot.name;
  return *rows.insert(place, std::move(row));
}

std::size_t missing(const Document& from, const Document& other) {
  if (!from.is_array()) return 0;
  return static_cast<std::size_t>(
      std::count_if(from.as_array().begin(), from.as_array().end(),
                    [&other](const Document& item) { return !contains(other, item); }));
}

/// Who has what, where one side has more than the other and nothing else differs.
std::string drift_note(const std::vector<const FieldChange*>& fields) {
  std::size_t gone = 0, came = 0;
  for (const FieldChange* field : fields) {
    if (!is_list(field->before, field->after)) return {};
    gone += missing(field->before, field->after);
    came += missing(field->after, field->before);
  }
  if ((gone == 0) == (came == 0)) return {};
  const std::string it = gone + came == 1 ? "it" : "them";
  return gone != 0 ? " (live has " + it + ", the manifest does not)"
                   : " (the manifest has " + it + ", live does not)";
}

}  // namespace

std::string value_text(const Document& value) {
  std::string text;
  if (value.is_array() && value.size() > 0) {
    for (const Document& item : value.as_array()) add_word(text, short_text(item), ", ");
  } else if (value.is_array()) {
    text = "[]";
  } else {
    text = short_text(value);
  }
  return clipped(text, longest_value);
}

std::string list_path(const FieldChange& field) {
  if (field.entry.empty()) return field.path;
  const std::size_t bracket = field.path.find('[');
  if (bracket != std::string::npos) return field.path.substr(0, bracket);
  return field.property;
}

std::vector<Row> rows(const engine::Plan& plan, const Change& change, Command command) {
  const bool create = change.action == Action::create;
  std::vector<Row> out;
  std::vector<bool> told(change.effects.size(), false);
  std::string tags;  // of a create: they fit in one row
  std::uint32_t tags_origin = 0;

  std::vector<std::pair<Spot, std::vector<const FieldChange*>>> groups;
  for (const FieldChange& field : change.fields) {
    // The mark has its own words below.
    if (is_mark(field) && (create || change.adopts)) continue;
    if (create && field.property == "tags") {
      if (field.entry.empty() && field.after.is_object())
        add_word(tags, map_text(field.after), ", ");
      else
        add_word(tags, printable(field.entry) + "=" + short_text(field.after), ", ");
      if (tags_origin == 0) tags_origin = field.origin;
      continue;
    }
    Spot spot = spot_of(field);
    // Fields of one row follow each other: no search, for a list may be long.
    if (groups.empty() || groups.back().first.block != spot.block ||
        groups.back().first.name != spot.name || !shares_row(*groups.back().second.back(), field))
      groups.emplace_back(std::move(spot), std::vector<const FieldChange*>());
    groups.back().second.push_back(&field);
  }

  for (const auto& [spot, fields] : groups) {
    Row row;
    row.block = spot.block;
    row.name = spot.name;
    const FieldChange* before = nullptr;
    for (const FieldChange* field : fields) {
      const bool nested = !field->entry.empty() && !spot.block.empty() &&
                          list_path(*field).find('.') != std::string::npos;
      add_word(row.value, part_text(*field, before, nested), nested ? " " : "  ");
      before = field;
      if (row.origin == 0) row.origin = field->origin;
      for (std::size_t i = 0; i < change.effects.size(); ++i) {
        if (told[i] || !concerns(change.effects[i].first, *field)) continue;
        told[i] = true;
        row.effects.push_back(printable(change.effects[i].second));
      }
    }
    if (command == Command::drift && change.action == Action::update)
      row.value += drift_note(fields);
    out.push_back(std::move(row));
  }

  const bool bears_tags = change.kind == "vault" || change.kind == "resourceGroup";
  if (create && bears_tags) add_word(tags, "akv-deployment=" + mark_text(plan), ", ");
  if (!tags.empty()) {
    // Before the blocks, as a property by itself.
    const auto first_block =
        std::find_if(out.begin(), out.end(), [](const Row& row) { return !row.block.empty(); });
    Row row;
    row.name = "tags";
    row.value = tags;
    row.origin = tags_origin;
    out.insert(first_block, std::move(row));
  }
  if (!create && bears_tags && change.adopts)
    row_at(out, {"tags", "akv-deployment"}).value = "+" + mark_text(plan);

  for (std::size_t i = 0; i < change.effects.size(); ++i) {
    if (told[i]) continue;
    Row row;
    row.effects.push_back(printable(change.effects[i].second));
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<Row> rows_left_alone(const std::vector<FieldChange>& fields) {
  std::vector<Row> out;
  for (const FieldChange& field : fields) {
    // What is live stands in `before`; shown as it is, for nothing happens to it.
    const Document& live = field.before.is_null() ? field.after : field.before;
    Row& row = row_at(out, spot_of(field));
    std::string text;
    if (live.is_object() && live["permissions"].is_object()) {
      for (const std::string& category : categories(live["permissions"], Document())) {
        const Document& words = live["permissions"][category];
        if (words.size() > 0) add_word(text, printable(category) + ": " + value_text(words), "  ");
      }
    } else if (!live["role"].string_or().empty()) {
      text = printable(live["role"].string_or());
    } else if (!live["level"].string_or().empty()) {
      text = printable(live["level"].string_or());
    } else if (!field.leaf.empty()) {
      text = printable(field.leaf.substr(field.leaf.rfind('.') + 1)) + ": " + value_text(live);
    } else if (spot_of(field).name == field.entry) {
      text = value_text(live);
    } else {
      text = printable(field.entry);
    }
    add_word(row.value, text, "  ");
  }
  return out;
}

}  // namespace akv::report
