#include "emulator/listener_fixture.hpp"

#include "support/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

namespace akv::test {
namespace {

struct Shared {
  TemporaryFolder folder;
  emulator::Authority authority = emulator::open_authority(folder / "ca", system_clock());
};
Shared& shared() {
  static auto* one = new Shared;  // its folder goes with the fixture below
  return *one;
}
bool in_use = false;  // by the one thread that runs the tests

struct RemoveFolder {
  ~RemoveFolder() {
    if (in_use) std::filesystem::remove_all(shared().folder.path());
  }
};
BOOST_TEST_GLOBAL_FIXTURE(RemoveFolder);

}  // namespace

const emulator::Authority& listener_authority() {
  in_use = true;
  return shared().authority;
}

}  // namespace akv::test
