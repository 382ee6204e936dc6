/// A model of no service, with a member of every kind that the codec knows.
#pragma once
#include "akv/mgmt/json/type_info.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace akv::test {

struct Label {
  Required<std::string> text;
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

/// Keeps no unknown members.
struct Disk {
  Field<std::string> kind{};
  int size = 0;
  static std::span<const json::FieldInfo> json_fields();
};

/// Contains itself.
struct Part {
  std::string name{};
  List<Part> parts = absent;
  static std::span<const json::FieldInfo> json_fields();
};

struct Machine {
  std::string id{};
  Required<std::string> name;
  Field<bool> enabled{};
  Field<int> cores{};
  Field<std::int64_t> memory{};
  Field<double> load{};
  Label label;
  List<Disk> disks = absent;
  Strings zones = absent;
  Tags tags{};
  std::map<std::string, int> limits{};
  Field<json::Raw> settings{};
  std::map<std::string, Label> labels{};
  List<Part> parts = absent;
  Field<std::string> state{};
  json::Unknown unknown{};
  static std::span<const json::FieldInfo> json_fields();
};

}  // namespace akv::test
