/// Carrying out the changes of a resource group, one request a step.
#pragma once
#include "akv/provision/kinds/vault_execution.hpp"

#include <memory>

namespace akv::kinds {

/// For create, update and adopt.
std::unique_ptr<engine::Execution> make_group_write(const engine::Change& change,
                                                    const RunFacts& facts);
/// Lists the group again, refuses where something is in it that the inventory did not show, deletes
/// it and follows the job to its end.
std::unique_ptr<engine::Execution> make_group_delete(const engine::Change& change,
                                                     const engine::Plan& plan,
                                                     const RunFacts& facts);

}  // namespace akv::kinds
