/// What `--preflight` found, in every format.
#pragma once
#include "akv/provision/report/detail/layout.hpp"
#include "akv/provision/report/detail/markdown.hpp"

namespace akv::report {

/// Nothing where the plan has none.
void preflight_block(Page& page, const engine::Plan& plan);
void preflight_table(Budget& out, const engine::Plan& plan);
json::Document preflight_document(const engine::Preflight& preflight);

}  // namespace akv::report
