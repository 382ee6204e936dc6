#include "akv/mgmt/core/ascii.hpp"
#include "akv/provision/manifest/manifest.hpp"
#include "akv/provision/manifest/sections.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace akv::manifest {

using json::Document;

namespace {

/// Whether every YAML reader takes the text for itself when it stands without quotes.
bool is_safe_plain(std::string_view text) {
  if (text.empty() || text.back() == ' ') return false;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!letter(text[0]) && !digit(text[0]) && text[0] != '/') return false;
  if (!std::all_of(text.begin(), text.end(), [&](char c) {
        return letter(c) || digit(c) || std::string_view(" -_./()").find(c) < 7;
      }))
    return false;
  constexpr std::array<std::string_view, 9> words{"null", "true", "false", "yes", "no",
                                                  "on",   "off",  "y",     "n"};
  if (std::any_of(words.begin(), words.end(),
                  [&](std::string_view word) { return ascii::equal(word, text); }))
    return false;
  // What could be a number or a date of YAML 1.1.
  return !std::all_of(text.begin(), text.end(),
                      [&](char c) { return digit(c) || std::string_view("-_.eExX").find(c) < 7; });
}

/// A text as a YAML scalar, quoted where needed.
std::string literal(std::string_view text) {
  if (is_safe_plain(text)) return std::string(text);
  constexpr std::string_view hex = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      quoted += "\\x";
      quoted += hex[byte >> 4U];
      quoted += hex[byte & 15U];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

/// The same where `${…}` is filled in on loading: dollar signs doubled.
std::string scalar(std::string_view text) {
  std::string doubled;
  for (const char c : text) doubled.append(c == '$' ? 2 : 1, c);
  return literal(doubled);
}

/// Values without members, and lists and maps that hold few, stand on one line.
std::string flow(const Document& value) {
  switch (value.type()) {
    case Document::Type::boolean:
      return value.as_bool() ? "true" : "false";
    case Document::Type::number:
      return value.as_number().text;
    case Document::Type::array: {
      std::string text = "[";
      for (const Document& item : value.as_array())
        text += (text.size() > 1 ? ", " : "") + flow(item);
      return text + "]";
    }
    case Document::Type::object: {
      std::string text = "{";
      for (const json::Member& member : value.as_object())
        text += (text.size() > 1 ? ", " : "") + scalar(member.name) + ": " + flow(member.value);
      return text + "}";
    }
    default:
      return scalar(value.string_or());
  }
}

class Renderer {
 public:
  explicit Renderer(const engine::Deployment& deployment) : deployment_(deployment) {}

  std::string run() {
    line(0, "apiVersion: " + std::string(api_version));
    line(0, "deployment: " + scalar(deployment_.name));
    if (!deployment_.tenant.empty()) line(0, "tenant: " + scalar(deployment_.tenant));
    if (!deployment_.principals.empty()) {
      line(0, "principals:");
      for (const engine::Principal& principal : deployment_.principals)
        line(1, literal(principal.name) + ": " +
                    (principal.type.empty() ? scalar(principal.object_id)
                                            : "{objectId: " + scalar(principal.object_id) +
                                                  ", type: " + scalar(principal.type) + "}"));
    }
    const bool any = std::any_of(deployment_.objects.begin(), deployment_.objects.end(),
                                 [](const auto& o) { return o.kind == "resourceGroup"; });
    line(0, any ? "resourceGroups:" : "resourceGroups: []");
    bool first_vault = true;
    for (const engine::Desired& object : deployment_.objects) {
      const bool is_group = object.kind == "resourceGroup";
      if (is_group) {
        first_vault = true;
      } else if (first_vault) {
        line(2, "vaults:");
        first_vault = false;
      }
      write(object, is_group ? 1 : 3);
    }
    return std::move(text_);
  }

 private:
  void line(std::size_t level, const std::string& text) {
    text_.append(2 * level, ' ');
    text_ += text;
    text_ += '\n';
  }

  void write(const engine::Desired& object, std::size_t level) {
    const bool is_group = object.kind == "resourceGroup";
    const std::size_t slash = is_group ? std::string::npos : object.name.find('/');
    line(level, "- name: " + scalar(slash == std::string::npos ? object.name
                                                               : object.name.substr(slash + 1)));
    ++level;
    if (is_group) line(level, "subscription: " + scalar(object.subscription));
    if (object.existing) line(level, "existing: true");
    if (object.adopt) line(level, "adopt: true");
    for (const json::Member& member : object.body.as_object()) {
      if (member.name == "accessPolicies")
        write_policies(member.value, level);
      else
        line(level, scalar(member.name) + ": " + flow(member.value));
    }
    if (object.on_soft_deleted != engine::OnSoftDeleted::fail)
      line(level, object.on_soft_deleted == engine::OnSoftDeleted::recover
                      ? "onSoftDeleted: recover"
                      : "onSoftDeleted: purge");
    if (object.manage.empty() || object.existing) return;
    std::string modes;
    for (const auto& [property, mode] : object.manage)
      modes += (modes.empty() ? "" : ", ") + property +
               (mode == engine::ListMode::merge ? ": merge" : ": exact");
    line(level, "manage: {" + modes + "}");
  }

  void write_policies(const Document& policies, std::size_t level) {
    line(level, policies.size() == 0 ? "accessPolicies: []" : "accessPolicies:");
    for (Document entry : policies.as_array()) {
      const auto principal = std::find_if(
          deployment_.principals.begin(), deployment_.principals.end(), [&](const auto& known) {
            return ascii::equal(known.object_id, entry["objectId"].string_or());
          });
      if (principal != deployment_.principals.end()) {
        Document named = Document::object({{"principal", Document(principal->name)}});
        entry.erase("objectId");
        for (json::Member& member : entry.as_object())
          named.set(member.name, std::move(member.value));
        entry = std::move(named);
      }
      if (entry.find("state") != nullptr) entry.erase("permissions");
      line(level + 1, "- " + flow(entry));
    }
  }

  const engine::Deployment& deployment_;
  std::string text_;
};

}  // namespace

std::string render(const engine::Deployment& deployment) { return Renderer(deployment).run(); }

}  // namespace akv::manifest
