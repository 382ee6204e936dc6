/// The question before writes, on standard error.
#pragma once
#include "akv/provision/cli/output.hpp"
#include "akv/provision/engine/plan.hpp"

#include <stop_token>
#include <string>

namespace akv::cli {

struct Answer {
  bool yes = false;
  std::string why_not;  ///< `no terminal to ask`, and the option that answers.
  std::string remedy;
};

/// Whether ask() would put the question: there is a terminal, and no option answers.
bool will_ask(const engine::Plan& plan, const Output& output);
/// Asks whether to carry the plan out. What destroys for ever, or deletes, wants a name typed; the
/// rest wants `yes`. --yes and --confirm answer instead.
Answer ask(const engine::Plan& plan, Output& output, const std::stop_token& stop);

}  // namespace akv::cli
