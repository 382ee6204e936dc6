#include "akv/provision/engine/kind.hpp"

#include <cassert>
#include <utility>

namespace akv::engine {

std::optional<Refusal> Kind::refuse(const Document&, const Document&, const Desired&) const {
  return std::nullopt;
}

std::vector<std::pair<Turn, Change>> Kind::turns(Change change) const {
  std::vector<std::pair<Turn, Change>> whole;
  whole.emplace_back(Turn::usual, std::move(change));
  return whole;
}

void Registry::add(std::unique_ptr<Kind> kind) {
  assert(kind && !find(kind->name()));
  kinds_.push_back(std::move(kind));
}

const Kind* Registry::find(std::string_view name) const {
  for (const auto& kind : kinds_)
    if (kind->name() == name) return kind.get();
  return nullptr;
}

const Kind& Registry::at(std::string_view name) const {
  const Kind* kind = find(name);
  assert(kind);
  return *kind;
}

}  // namespace akv::engine
