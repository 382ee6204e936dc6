#include "akv/provision/kinds/mark.hpp"

#include "akv/mgmt/core/ascii.hpp"

namespace akv::kinds {
namespace {

using json::Document;

constexpr std::string_view mark_opening = "[akv-deployment: ";

// Tag names compare without case, so a member is replaced in its live spelling.
void put(Document& tags, std::string_view key, Document value) {
  for (auto& member : tags.as_object())
    if (ascii::equal(member.name, key)) {
      member.value = std::move(value);
      return;
    }
  tags.set(key, std::move(value));
}

void drop(Document& tags, std::string_view key) {
  std::erase_if(tags.as_object(),
                [key](const json::Member& member) { return ascii::equal(member.name, key); });
}

}  // namespace

bool is_own_tag(std::string_view key) { return ascii::starts_with(key, "akv-"); }

std::string deployment_of(const Document& live) {
  const Document* tag = live["tags"].find_ignoring_case(deployment_tag);
  return tag ? std::string(tag->string_or()) : std::string();
}

bool protect_stands(const Document& live) {
  const Document* tag = live["tags"].find_ignoring_case(protect_tag);
  return tag && !ascii::equal(tag->string_or(), "false");
}

Document foreign_tags(const Document& live) {
  Document tags = Document::object();
  if (const Document& all = live["tags"]; all.is_object())
    for (const auto& member : all.as_object())
      if (!is_own_tag(member.name)) tags.set(member.name, member.value);
  return tags;
}

Document tags_to_send(const Document& live, const Document& desired, std::string_view deployment,
                      const Document& protect) {
  Document tags = live["tags"].is_object() ? live["tags"] : Document::object();
  if (desired.is_object())
    for (const auto& member : desired.as_object()) {
      if (member.value.is_null())
        drop(tags, member.name);
      else
        put(tags, member.name, member.value);
    }
  if (!deployment.empty()) put(tags, deployment_tag, deployment);
  if (protect.is_bool()) {
    if (protect.as_bool())
      put(tags, protect_tag, "true");
    else
      drop(tags, protect_tag);
  }
  return tags;
}

MarkedText read_marked(std::string_view text) {
  const std::size_t at = text.rfind(mark_opening);
  if (at == std::string_view::npos || !text.ends_with(']')) return {own_text(text), {}};
  std::string_view deployment = text.substr(at + mark_opening.size());
  deployment.remove_suffix(1);
  return {own_text(text.substr(0, at)), std::string(deployment)};
}

std::string own_text(std::string_view text) { return std::string(ascii::trim(text)); }

std::string marked(std::string_view text, std::string_view deployment) {
  std::string whole(text);
  if (!whole.empty()) whole += ' ';
  return whole.append(mark_opening).append(deployment).append("]");
}

}  // namespace akv::kinds
