#include "akv/mgmt/json/raw.hpp"

#include "akv/mgmt/json/document.hpp"

namespace akv::json {

Raw Raw::from(const Document& value) { return {value.dump()}; }

Document Raw::parse() const { return Document::parse(text); }

Unknown::Unknown(const Unknown& other)
    : members_(other.members_ ? std::make_unique<Members>(*other.members_) : nullptr) {}

Unknown& Unknown::operator=(const Unknown& other) {
  Unknown copy(other);
  return *this = std::move(copy);
}

const Raw* Unknown::find(std::string_view name) const {
  for (const auto& [member, value] : *this)
    if (member == name) return &value;
  return nullptr;
}

void Unknown::set(std::string_view name, const Document& value) {
  if (const Raw* found = find(name))
    *const_cast<Raw*>(found) = Raw::from(value);
  else
    add(name) = Raw::from(value);
}

Raw& Unknown::add(std::string_view name) {
  if (!members_) members_ = std::make_unique<Members>();
  return members_->emplace_back(name, Raw()).second;
}

}  // namespace akv::json
