// Any bytes as a manifest and the files that it includes: no crash, no hang, and what loads
// renders, with origins and without, to something that loads to the same. Lines of `%%` part the
// files: the first is given, the others are called b.yaml, c.yaml and so on.
#include "akv/provision/manifest/manifest.hpp"

#include "akv/provision/kinds/resource_group_words.hpp"
#include "akv/provision/kinds/vault_words.hpp"
#include "support/memory_files.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace akv;

namespace {

void check_rendered(const engine::Deployment& deployment, bool origins,
                    const manifest::Vocabulary& words) {
  const std::array again{
      manifest::Input{"again.yaml", manifest::render(deployment, {.origins = origins})}};
  const manifest::Loaded second = manifest::load(again, words, {});
  if (second.errors() > 0 || second.deployment.objects.size() != deployment.objects.size() ||
      second.deployment.principals.size() != deployment.principals.size())
    std::abort();
  for (std::size_t i = 0; i < deployment.objects.size(); ++i)
    if (!(second.deployment.objects[i].body == deployment.objects[i].body) ||
        second.deployment.objects[i].id != deployment.objects[i].id ||
        second.deployment.objects[i].manage != deployment.objects[i].manage)
      std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const manifest::Vocabulary words{kinds::resource_group_words(), kinds::vault_words()};
  test::MemoryFiles files;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view separator = "\n%%\n";
  for (char name = 'a'; name <= 'f'; ++name) {
    const std::size_t end = rest.find(separator);
    files.texts[std::string(1, name) + ".yaml"] = rest.substr(0, end);
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + separator.size());
  }
  manifest::LoadOptions options;
  options.subscription = "9c0d0000-0000-4000-8000-000000000003";
  options.files = &files;
  const std::array inputs{manifest::Input{"a.yaml", files.texts["a.yaml"]}};
  const manifest::Loaded loaded = manifest::load(inputs, words, options);
  if (loaded.errors() > 0) return 0;
  for (const bool origins : {false, true}) check_rendered(loaded.deployment, origins, words);
  return 0;
}
