/// What a plan is recognised by: hashes that do not depend on time, order or places in files.
#pragma once
#include "akv/provision/engine/plan.hpp"

#include <string>
#include <string_view>

namespace akv::engine {

/// `sha256:` and 64 hexadecimal digits in lower case.
std::string sha256_digest(std::string_view bytes);
/// Whether the text has that form, and no other.
bool is_digest(std::string_view text);

/// Of a live object's canonical document (which has no read-only members), without what our own
/// `akv-*` tags say: they are not what anybody approves or overwrites.
std::string fingerprint(const Document& canonical);
/// The document that is hashed: what a saved plan keeps to say later what moved.
Document without_own_tags(Document canonical);

/// What is approved of one change: action, kind, id and each field before and after. Principals
/// count by their ids, not by the names that a manifest gives them. A recovery, whose fields are
/// known only afterwards, counts with all that the manifest wants of the object.
Document change_entry(const Change& change);
/// Of all changes, in no order. Two plans with one digest do the same.
std::string change_set_digest(const Plan& plan);

}  // namespace akv::engine
