// Writes each block of shell to a file of its own, for shellcheck.
#include "templates_ci/blocks.hpp"

#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: write_blocks FOLDER\n";
    return 64;
  }
  for (const char* file : akv::test::all_pipelines)
    for (const akv::test::Block& block : akv::test::blocks(file)) {
      std::ofstream out(std::string(argv[1]) + "/" + file + "." + block.job + "." + block.name +
                        ".sh");
      out << "#!/usr/bin/env bash\n" << block.text;
      if (!out.flush()) return 1;
    }
}
