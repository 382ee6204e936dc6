#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/diagnostics.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "akv/provision/manifest/sections.hpp"
#include "akv/provision/manifest/source_check.hpp"
#include "akv/provision/manifest/yaml_text.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace akv::manifest {

using json::Document;

namespace {

using yaml::flow;
using yaml::literal;
using yaml::scalar;

/// Where a value was written, for the comment behind it: one line, whatever the file's name.
std::string comment(const engine::Places& places, std::uint32_t origin) {
  std::string text = places.file_and_line(origin);
  Diagnostics nowhere({""});
  const bool clean = text.empty() || check_source(0, text, nowhere).ok;
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (!clean && byte >= 0x80)) c = '?';
  }
  return text;
}

bool is_container(const Document& value) { return value.is_array() || value.is_object(); }

class Renderer {
 public:
  Renderer(const engine::Deployment& deployment, const RenderOptions& options)
      : deployment_(deployment), options_(options) {
    for (const engine::Principal& principal : deployment.principals)
      names_.emplace(ascii::lower(principal.object_id), &principal.name);
  }

  std::string run() {
    line(0, "apiVersion: " + std::string(api_version));
    line(0, "deployment: " + scalar(deployment_.name), deployment_.name_origin);
    if (!deployment_.tenant.empty())
      line(0, "tenant: " + scalar(deployment_.tenant), deployment_.tenant_origin);
    if (!deployment_.principals.empty()) line(0, "principals:");
    for (const engine::Principal& principal : deployment_.principals)
      line(1, literal(principal.name) + ": " + id_of(principal), principal.origin);

    const auto& objects = deployment_.objects;
    const bool any = std::any_of(objects.begin(), objects.end(),
                                 [](const auto& o) { return o.kind == "resourceGroup"; });
    line(0, any ? "resourceGroups:" : "resourceGroups: []");
    bool first_vault = true;
    for (std::size_t i = 0; i < objects.size();) {
      const bool is_group = objects[i].kind == "resourceGroup";
      if (!is_group && first_vault) line(2, "vaults:");
      first_vault = is_group;
      // What stands beside an object follows it, and is written inside it.
      std::size_t end = i + 1;
      while (end < objects.size() && !is_parent(objects[end])) ++end;
      write(objects[i], std::span(objects).subspan(i + 1, end - i - 1), is_group ? 1 : 3);
      i = end;
    }
    return std::move(text_);
  }

 private:
  using Objects = std::span<const engine::Desired>;

  static bool is_parent(const engine::Desired& object) {
    return object.kind == "resourceGroup" || object.kind == "vault";
  }

  static std::string id_of(const engine::Principal& principal) {
    const bool is_identity = !principal.managed_identity.empty();
    std::string id = scalar(is_identity ? principal.managed_identity : principal.object_id);
    if (!is_identity && principal.type.empty() && !principal.break_glass) return id;
    return (is_identity ? "{managedIdentity: " : "{objectId: ") + id +
           (principal.type.empty() ? "" : ", type: " + scalar(principal.type)) +
           (principal.break_glass ? ", breakGlass: true}" : "}");
  }

  void line(std::size_t level, const std::string& text, std::uint32_t origin = 0) {
    constexpr std::size_t comment_column = 60;
    const std::size_t start = text_.size();
    text_.append(2 * level, ' ');
    if (begins_item_) text_[text_.size() - 2] = '-';
    begins_item_ = false;
    text_ += text;
    const std::string place =
        options_.origins ? comment(deployment_.places, origin) : std::string();
    if (!place.empty()) {
      const std::size_t width = text_.size() - start;
      text_.append(width < comment_column ? comment_column - width : 2, ' ');
      text_ += "# " + place;
    }
    text_ += '\n';
  }

  std::uint32_t origin_of(const engine::Desired& object, std::string_view word) const {
    for (const auto& [name, origin] : object.word_origins)
      if (name == word) return origin;
    return 0;
  }

  void write(const engine::Desired& object, Objects beside, std::size_t level) {
    const bool is_group = object.kind == "resourceGroup";
    const std::size_t slash = is_group ? std::string::npos : object.name.find('/');
    const std::string name =
        slash == std::string::npos ? object.name : object.name.substr(slash + 1);
    ++level;
    begins_item_ = true;
    line(level, "name: " + scalar(name), object.origin);
    if (is_group)
      line(level, "subscription: " + scalar(object.subscription), object.subscription_origin);
    if (object.existing) line(level, "existing: true", origin_of(object, "existing"));
    if (object.adopt) line(level, "adopt: true", origin_of(object, "adopt"));
    write_members(object.body, level);
    for (const engine::Desired& companion : beside) write_members(companion.body, level);
    if (object.on_soft_deleted != engine::OnSoftDeleted::fail)
      line(level,
           object.on_soft_deleted == engine::OnSoftDeleted::recover ? "onSoftDeleted: recover"
                                                                    : "onSoftDeleted: purge",
           origin_of(object, "onSoftDeleted"));
    if (!object.existing) write_modes(object, beside, level);
  }

  void write_members(const Document& body, std::size_t level) {
    for (const json::Member& member : body.as_object()) {
      const bool has_entries = member.value.is_array() && member.value.size() > 0 &&
                               member.value.as_array().front().is_object() &&
                               member.value.as_array().front().find("objectId") != nullptr;
      if (has_entries) {
        line(level, scalar(member.name) + ":", member.value.origin());
        for (const Document& entry : member.value.as_array()) write_entry(entry, level + 1);
      } else {
        write_value(level, scalar(member.name) + ":", member.value);
      }
    }
  }

  /// An entry that names a principal: by its name where it has one.
  void write_entry(const Document& entry, std::size_t level) {
    Document shown = entry;
    const auto name = names_.find(ascii::lower(entry["objectId"].string_or()));
    if (name != names_.end()) {
      shown = Document::object({{"principal", Document(*name->second)}});
      shown.as_object().front().value.set_origin(entry["objectId"].origin());
      for (const json::Member& member : entry.as_object())
        if (member.name != "objectId") shown.set(member.name, member.value);
    }
    // An access policy that is removed has none.
    if (shown.find("state") != nullptr) shown.erase("permissions");
    if (options_.origins)
      write_item(level, shown);
    else
      line(level, "- " + flow(shown));
  }

  /// On one line; with origins one line for each value that has a place of its own.
  void write_value(std::size_t level, const std::string& prefix, const Document& value) {
    if (!options_.origins || value.size() == 0)
      return line(level, prefix + " " + flow(value), value.origin());
    if (value.is_object()) {
      line(level, prefix);
      for (const json::Member& member : value.as_object())
        write_value(level + 1, scalar(member.name) + ":", member.value);
      return;
    }
    const auto& items = value.as_array();
    const bool together = std::all_of(items.begin(), items.end(), [&](const Document& item) {
      return !is_container(item) && deployment_.places.at(item.origin()).line ==
                                        deployment_.places.at(items.front().origin()).line;
    });
    if (together) return line(level, prefix + " " + flow(value), items.front().origin());
    line(level, prefix, value.origin());
    for (const Document& item : items) write_item(level + 1, item);
  }

  void write_item(std::size_t level, const Document& item) {
    if (!item.is_object() || item.size() == 0) return line(level, "- " + flow(item), item.origin());
    begins_item_ = true;
    for (const json::Member& member : item.as_object())
      write_value(level + 1, scalar(member.name) + ":", member.value);
  }

  void write_modes(const engine::Desired& object, Objects beside, std::size_t level) {
    Document modes = Document::object();
    const auto add = [&](const engine::Desired& owner) {
      for (const auto& [property, mode] : owner.manage) {
        Document value(mode == engine::ListMode::merge ? "merge" : "exact");
        value.set_origin(origin_of(object, "manage." + property));
        modes.set(property, std::move(value));
      }
    };
    add(object);
    for (const engine::Desired& companion : beside) add(companion);
    if (modes.size() > 0) write_value(level, "manage:", modes);
  }

  const engine::Deployment& deployment_;
  const RenderOptions& options_;  // Of the call that made this.
  std::map<std::string, const std::string*> names_;
  std::string text_;
  bool begins_item_ = false;  // The next line is the first of a list's item.
};

}  // namespace

std::string render(const engine::Deployment& deployment, const RenderOptions& options) {
  return Renderer(deployment, options).run();
}

}  // namespace akv::manifest
