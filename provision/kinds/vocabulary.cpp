#include "akv/provision/kinds/companion_words.hpp"
#include "akv/provision/kinds/estate.hpp"
#include "akv/provision/kinds/resource_group_words.hpp"
#include "akv/provision/kinds/vault_words.hpp"

namespace akv::kinds {

manifest::Vocabulary vocabulary() {
  return {resource_group_words(), vault_words(), companion_words()};
}

}  // namespace akv::kinds
