/// The manifest of the first hour, on the emulator inside akv.
#pragma once
#include "support/console.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace akv::test {

struct Quickstart : Console {
  std::string manifest = file("quickstart.yaml", small_manifest());

  void apply_it() { BOOST_REQUIRE(on_emulator({"apply", manifest, "--yes"}) == 0); }
};

}  // namespace akv::test
