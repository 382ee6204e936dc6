/// Rules on one group or vault that no single value can break.
#pragma once
#include "akv/provision/manifest/field_reader.hpp"
#include "akv/provision/manifest/tables.hpp"

#include <span>
#include <string_view>

namespace akv::manifest {

/// Reports what `existing: true` leaves without effect.
void reject_properties_of_existing(const ReadObject& own, std::span<const Word> words,
                                   Session& session);
/// What an existing object takes from defaults: the lists that are managed on it.
json::Document kept_of_existing(json::Document inherited, std::span<const Word> words);
/// Takes what the object's `unmanaged` names out of what lies beneath it.
void drop_unmanaged(const json::Document& own, json::Document& beneath, std::span<const Word> words,
                    Session& session);
/// Reports `state: absent` in `list` where its mode is not merge.
void check_states(const engine::Desired& desired, std::string_view list, engine::ListMode otherwise,
                  Session& session);
void check_tags(const engine::Desired& desired, Session& session);
void warn_of_idle_policies(const engine::Desired& desired, Session& session);

}  // namespace akv::manifest
