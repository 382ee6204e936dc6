/// What scenarios are made of.
#pragma once
#include "report/scenarios.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>

namespace akv::test {

inline constexpr const char* subscription = "9c0d0000-0000-4000-8000-000000000003";
inline constexpr const char* app = "1b2c0000-0000-4000-8000-000000000001";

/// Of a group, or of `GROUP/VAULT`.
std::string id_of(const std::string& name);
/// A plan without objects, of a manifest in one file.
engine::Plan base(const std::string& deployment, const std::string& file);
/// The place of a line in that file.
std::uint32_t line(engine::Plan& plan, std::uint32_t number);
/// Of a group or vault; `at` is its line, 0 for none.
engine::Change change(engine::Plan& plan, engine::Action action, const std::string& name,
                      std::uint32_t at);
engine::FieldChange value(const std::string& path, json::Document before, json::Document after);
json::Document words(std::initializer_list<const char*> list);
/// One category of the access policy of `who`.
engine::FieldChange policy(const std::string& who, const std::string& category,
                           json::Document before, json::Document after);
/// An entry that comes, goes or changes whole.
engine::FieldChange entry(const std::string& list, const std::string& name, json::Document before,
                          json::Document after);

// Of scenarios.cpp.
engine::Plan first_plan();
engine::Plan recovering();
// Of foresight_scenarios.cpp.
engine::Plan judged();
engine::Plan looked_ahead();
engine::Plan looked_at();
// Of run_scenarios.cpp.
engine::Plan teardown();
engine::Plan teardown_with_strangers();

}  // namespace akv::test
