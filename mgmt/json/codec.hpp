/// Models from JSON and back, by their tables (type_info.hpp).
#pragma once
#include "akv/mgmt/json/limits.hpp"
#include "akv/mgmt/json/type_info.hpp"

#include <string>
#include <string_view>

namespace akv::json {

struct EncodeOptions {
  /// Also write members that are Flag::read_only: to store or compare an answer, not to send it. A
  /// plain string among them that is empty was not in the answer, and is left out.
  bool keep_read_only = false;
};

void decode(std::string_view text, void* out, const TypeInfo& type, const ParseLimits& limits);
std::string encode(const void* in, const TypeInfo& type, const EncodeOptions& options);

/// Strict JSON, valid UTF-8, within `limits`; does not recurse on the input. Throws FormatError
/// with the place, such as `$.properties.tenantId: expected string, found number at byte 31`.
///
/// Lenient where services are: a missing member, Required or not, keeps its default; null sets
/// Field and List to null and counts as an empty value elsewhere; members that the model does not
/// know are kept in its `unknown`. Where a name repeats, the last one counts.
template <class T>
T decode(std::string_view text, const ParseLimits& limits = {}) {
  T model;
  decode(text, &model, *info<T>, limits);
  return model;
}

/// Compact JSON: members in the order of the table, then the unknown ones as they were read. Absent
/// members are left out, null ones are written as null. An infinite number, for which JSON has no
/// word, becomes null.
template <class T>
std::string encode(const T& model, const EncodeOptions& options = {}) {
  return encode(&model, *info<T>, options);
}

}  // namespace akv::json
