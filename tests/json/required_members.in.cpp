// Compiled by required_members.cmake, once as it is and once for each member left out.
#include "akv/mgmt/json/values.hpp"

#include <string>

struct Inner {
  akv::Required<std::string> name;
  akv::Field<std::string> family = "A";
};

struct Outer {
  akv::Required<std::string> location;
  akv::Field<int> count{};
  Inner inner;
};

void call(const Outer&) {}

int main() {
  call({
#ifndef WITHOUT_ONE
      .location = "westeurope",
#endif
      .inner = {
#ifndef WITHOUT_INNER
          .name = "standard",
#endif
          .family = "B"}});
}
