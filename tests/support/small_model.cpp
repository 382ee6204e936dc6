#include "support/small_model.hpp"

namespace akv::test {

using json::field;
using json::FieldInfo;
using json::Flag;

std::span<const FieldInfo> Label::json_fields() {
  static constexpr FieldInfo list[] = {field<&Label::text>("text")};
  return list;
}

std::span<const FieldInfo> Disk::json_fields() {
  static constexpr FieldInfo list[] = {field<&Disk::kind>("kind"), field<&Disk::size>("size")};
  return list;
}

std::span<const FieldInfo> Part::json_fields() {
  static constexpr FieldInfo list[] = {field<&Part::name>("name"), field<&Part::parts>("parts")};
  return list;
}

std::span<const FieldInfo> Machine::json_fields() {
  static constexpr FieldInfo list[] = {
      field<&Machine::id>("id", Flag::read_only),
      field<&Machine::name>("name"),
      field<&Machine::enabled>("enabled"),
      field<&Machine::cores>("cores"),
      field<&Machine::memory>("memory"),
      field<&Machine::load>("load"),
      field<&Machine::label>("label"),
      field<&Machine::disks>("disks"),
      field<&Machine::zones>("zones"),
      field<&Machine::tags>("tags"),
      field<&Machine::limits>("limits"),
      field<&Machine::settings>("settings"),
      field<&Machine::labels>("labels"),
      field<&Machine::parts>("parts"),
      field<&Machine::state>("state", Flag::read_only | Flag::open_enum)};
  return list;
}

}  // namespace akv::test
