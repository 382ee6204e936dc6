/// The JSON form of plans, shared by plan and run documents. Its schema is stable: members are
/// added, never renamed.
#pragma once
#include "akv/provision/report/report.hpp"

namespace akv::report {

json::Document plan_document(const engine::Plan& plan, const Aside& aside = {});
json::Document soft_deleted_document(const std::vector<engine::SoftDeleted>& soft_deleted);
json::Document field_document(const engine::Plan& plan, const engine::FieldChange& field);
json::Document finding_document(const engine::Places& places, const engine::Finding& finding);
json::Document unreadable_document(const std::vector<engine::Unreadable>& list);
/// Sets `source` to the file and line, where they are known.
void set_source(json::Document& object, const engine::Places& places, std::uint32_t origin);
json::Document diagnostics_document(const std::vector<manifest::Diagnostic>& diagnostics);
json::Document error_document(const Trouble& trouble);
json::Document number(std::size_t n);
/// The whole document as its reader gets it.
std::string finished(const json::Document& document);

}  // namespace akv::report
