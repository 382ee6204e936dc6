/// What a doctor found, as text, JSON and Markdown.
#pragma once
#include "akv/provision/doctor/examination.hpp"
#include "akv/provision/report/report.hpp"

#include <string>

namespace akv::report {

// Each ends with a line feed.
/// At most `style.width` columns; a longer command goes on behind a backslash. Quiet leaves out
/// what is well.
std::string doctor_text(const doctor::Examination& examination, const Style& style);
std::string doctor_json(const doctor::Examination& examination);
/// At most max_markdown bytes; what does not fit is counted.
std::string doctor_markdown(const doctor::Examination& examination);

/// What was not judged, as a sentence for people; empty where all was.
std::string not_judged(const doctor::Examination& examination);

}  // namespace akv::report
