/// The store's file: made for its owner only, locked, and of a schema that we know.
#pragma once
#include "akv/emulator/sqlite.hpp"

#include <filesystem>
#include <stdexcept>

namespace akv::emulator {

/// The file is another program's, or of another schema.
struct ForeignFile : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The path for SQLite, `:memory:` for an empty one. A file and its folder are made here so that
/// nobody else can read them from the start: SQLite gives its journal the same mode. Throws
/// StoreError with the path.
std::filesystem::path prepare_store_file(const std::filesystem::path& path);

/// Locks the database and makes its tables. Throws SqlError, and ForeignFile with the reason when
/// it is not ours or of another schema: then no byte of it is changed.
/// Its file, `path` (empty: none), is then the owner's alone.
void open_store_schema(Database& database, const std::filesystem::path& path);

}  // namespace akv::emulator
