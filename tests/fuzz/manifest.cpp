// Any bytes as a manifest: no crash, no hang, and what loads renders to something that loads.
#include "akv/provision/manifest/manifest.hpp"

#include "akv/provision/kinds/resource_group_words.hpp"
#include "akv/provision/kinds/vault_words.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace akv;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const manifest::Vocabulary words{kinds::resource_group_words(), kinds::vault_words()};
  manifest::LoadOptions options;
  options.subscription = "9c0d0000-0000-4000-8000-000000000003";
  const std::array inputs{
      manifest::Input{"fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size)}};
  const manifest::Loaded loaded = manifest::load(inputs, words, options);
  if (loaded.errors() > 0) return 0;
  const std::array again{manifest::Input{"again.yaml", manifest::render(loaded.deployment)}};
  const manifest::Loaded second = manifest::load(again, words, {});
  if (second.errors() > 0 || second.deployment.objects.size() != loaded.deployment.objects.size())
    std::abort();
  for (std::size_t i = 0; i < second.deployment.objects.size(); ++i)
    if (!(second.deployment.objects[i].body == loaded.deployment.objects[i].body)) std::abort();
  return 0;
}
