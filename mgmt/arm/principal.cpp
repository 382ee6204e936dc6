#include "akv/mgmt/arm/principal.hpp"

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <vector>

namespace akv::arm {
namespace {

struct Known {
  std::weak_ptr<identity::TokenCredential> credential;
  std::uint64_t number = 0;
};

// An address would do, were it not given to the next credential when the first has ended.
class Register {
 public:
  std::uint64_t number_of(const std::shared_ptr<identity::TokenCredential>& credential) {
    std::lock_guard lock(mutex_);
    std::erase_if(known_, [](const Known& known) { return known.credential.expired(); });
    const auto found = std::find_if(known_.begin(), known_.end(), [&](const Known& known) {
      return !known.credential.owner_before(credential) &&
             !credential.owner_before(known.credential);
    });
    if (found != known_.end()) return found->number;
    known_.push_back({credential, ++last_});
    return last_;
  }

 private:
  std::mutex mutex_;  // guards both below
  std::vector<Known> known_;
  std::uint64_t last_ = 0;
};

}  // namespace

std::string principal_of(const std::shared_ptr<identity::TokenCredential>& credential) {
  // Never destroyed: clients may be made until the process's very end.
  static Register& all = *new Register;
  return "credential " + std::to_string(all.number_of(credential));
}

}  // namespace akv::arm
