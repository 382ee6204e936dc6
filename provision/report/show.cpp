#include "akv/provision/report/show.hpp"

#include "akv/provision/report/detail/json_parts.hpp"
#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/detail/rows.hpp"

namespace akv::report {
namespace {

using engine::Moved;
using engine::SavedPlan;
using json::Document;

/// `2026-11-22 08:02 UTC` from `2026-11-22T08:02:00Z`.
std::string minute(const std::string& time) {
  if (time.size() < 16) return printable(time);
  std::string text = time.substr(0, 16);
  text[10] = ' ';
  return printable(text) + " UTC";
}

std::string allowance_text(const engine::Allowance& allowance) {
  return allowance.guard + (allowance.glob == "*" ? "" : "=" + allowance.glob);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
  return out;
}

std::vector<std::string> allowance_texts(const SavedPlan& saved) {
  std::vector<std::string> texts;
  for (const engine::Allowance& allowance : saved.allow) texts.push_back(allowance_text(allowance));
  return texts;
}

constexpr std::string_view way_out = "Nothing was written. Plan again:";

Trouble trouble(const std::string& file, const SavedPlan& saved, std::size_t moved,
                const std::string& plan_again) {
  const std::size_t read = saved.plan.changes.size() + saved.witnesses.size();
  const std::size_t of = std::max(read, moved);
  return {"stale",
          "refused: " + file + " is stale, " + std::to_string(moved) + " of the " +
              counted(of, "object") + " that it read " + (moved == 1 ? "has" : "have") +
              " moved since " + minute(saved.saved_at),
          std::string(way_out) + " " + plan_again, ""};
}

/// The fields as a change would show them, so that they read the same.
engine::Change as_change(const Moved& moved) {
  engine::Change change;
  change.action = engine::Action::update;
  change.fields = moved.fields;
  return change;
}

}  // namespace

std::string show_text(const SavedPlan& saved, const Style& style) {
  Page page(style);
  page.paragraph(0,
                 "Saved on " + minute(saved.saved_at) + " for " + printable(saved.cloud) +
                     (saved.endpoint.empty() ? "" : ", " + printable(saved.endpoint)),
                 2);
  if (!saved.allow.empty())
    page.paragraph(0, "Lifts guards: " + printable(joined(allowance_texts(saved))), 2);
  return page.take() + plan_text(saved.plan, Command::show, style);
}

std::string show_json(const SavedPlan& saved) {
  const auto texts = [](const std::vector<std::string>& list) {
    Document out = Document::array();
    for (const std::string& text : list) out.push_back(text);
    return out;
  };
  Document out = plan_document(saved.plan);
  out.set("saved", Document::object({{"at", saved.saved_at},
                                     {"cloud", saved.cloud},
                                     {"endpoint", saved.endpoint},
                                     {"subscriptions", texts(saved.subscriptions)},
                                     {"files", texts(saved.files)},
                                     {"parameters", texts(saved.parameters)},
                                     {"options", texts(saved.options)},
                                     {"allow", texts(allowance_texts(saved))},
                                     {"adopt", texts(saved.adopt)}}));
  return finished(out);
}

std::string stale_text(const std::string& file, const SavedPlan& saved,
                       const std::vector<Moved>& moved, const std::string& plan_again,
                       const Style& style) {
  const Trouble why = trouble(file, saved, moved.size(), plan_again);
  Page page(style);
  page.paragraph(0, "akv: " + printable(why.message), 2);
  for (const Moved& object : moved) {
    std::string line = printable(object.kind) + " " + printable(object.name);
    if (!object.what.empty()) line += ": " + printable(object.what);
    if (!object.last_written.empty()) line += ", written " + printable(object.last_written);
    page.paragraph(2, line, 2);
    for (const Row& row : rows(saved.plan, as_change(object), Command::plan))
      page.paragraph(6,
                     (row.block.empty() ? "" : row.block + "  ") + row.name +
                         (row.value.empty() ? "" : "  " + row.value),
                     2);
  }
  page.paragraph(2, way_out);
  // It is copied from here: it stays in one line.
  page.line("    " + printable(plan_again));
  return page.take();
}

std::string stale_json(const std::string& file, const SavedPlan& saved,
                       const std::vector<Moved>& moved, const std::string& plan_again) {
  Document list = Document::array();
  for (const Moved& object : moved) {
    Document fields = Document::array();
    for (const engine::FieldChange& field : object.fields)
      fields.push_back(field_document(saved.plan, field));
    Document item = Document::object(
        {{"kind", object.kind}, {"name", object.name}, {"id", object.id}, {"fields", fields}});
    if (!object.what.empty()) item.set("what", object.what);
    if (!object.last_written.empty()) item.set("lastWritten", object.last_written);
    list.push_back(std::move(item));
  }
  return finished(
      Document::object({{"formatVersion", 1},
                        {"error", error_document(trouble(file, saved, moved.size(), plan_again))},
                        {"moved", std::move(list)}}));
}

}  // namespace akv::report
