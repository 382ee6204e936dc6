#include "akv/emulator/detail/store_file.hpp"

#include "akv/emulator/store_error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <iterator>
#include <string>
#include <system_error>
#include <unistd.h>

namespace akv::emulator {
namespace {

constexpr std::int64_t application_id = 0x616b7601;

// Each entry takes a file from the schema before it to the next one. Written files are out there:
// entries are added, never changed.
// `key` columns hold lower-case ids or names; the spelling to show is beside them.
constexpr const char* schemas[] = {R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE subscriptions(key TEXT PRIMARY KEY, id TEXT NOT NULL, tenant_id TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE registrations(subscription TEXT NOT NULL, name_space TEXT NOT NULL,
  registered INTEGER NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY(subscription, name_space)) WITHOUT ROWID;
CREATE TABLE groups(subscription TEXT NOT NULL, key TEXT NOT NULL, shown_subscription TEXT NOT NULL,
  name TEXT NOT NULL, location TEXT NOT NULL, body TEXT NOT NULL, deleted_by TEXT NOT NULL,
  PRIMARY KEY(subscription, key));
CREATE TABLE resources(key TEXT PRIMARY KEY, id TEXT NOT NULL, subscription TEXT NOT NULL,
  shown_subscription TEXT NOT NULL, grp TEXT NOT NULL, type_key TEXT NOT NULL, type TEXT NOT NULL,
  name_key TEXT NOT NULL, name TEXT NOT NULL, location TEXT NOT NULL, body TEXT NOT NULL,
  summary TEXT NOT NULL, ready_at INTEGER NOT NULL);
CREATE INDEX resources_by_type ON resources(subscription, type_key, key);
CREATE INDEX vaults_by_name ON resources(name_key) WHERE type_key = 'microsoft.keyvault/vaults';
CREATE TABLE deleted_vaults(key TEXT PRIMARY KEY, subscription TEXT NOT NULL,
  shown_subscription TEXT NOT NULL, grp TEXT NOT NULL, name TEXT NOT NULL, location TEXT NOT NULL,
  vault TEXT NOT NULL, body TEXT NOT NULL, protected INTEGER NOT NULL, purge_at INTEGER NOT NULL,
  purged_by TEXT NOT NULL);
CREATE INDEX deleted_vaults_by_subscription ON deleted_vaults(subscription, key);
CREATE INDEX deleted_vaults_by_date ON deleted_vaults(purge_at);
CREATE TABLE jobs(token TEXT PRIMARY KEY, kind INTEGER NOT NULL, subscription TEXT NOT NULL,
  subject TEXT NOT NULL, created INTEGER NOT NULL, due INTEGER NOT NULL, done INTEGER NOT NULL);
CREATE INDEX jobs_by_date ON jobs(done, due);
)sql",
                                   R"sql(
CREATE TABLE extensions(key TEXT PRIMARY KEY, type TEXT NOT NULL, scope_key TEXT NOT NULL,
  name_key TEXT NOT NULL, principal TEXT NOT NULL, detail TEXT NOT NULL, since INTEGER NOT NULL,
  conditional INTEGER NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX extensions_by_type ON extensions(type, key);
CREATE INDEX extensions_by_scope ON extensions(type, scope_key);
CREATE INDEX extensions_by_name ON extensions(type, name_key);
CREATE INDEX extensions_by_principal ON extensions(principal) WHERE principal <> '';
CREATE TABLE principals(client_id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, secret TEXT NOT NULL,
  object_id TEXT NOT NULL, name TEXT NOT NULL, is_user INTEGER NOT NULL, expires INTEGER NOT NULL)
  WITHOUT ROWID;
)sql",
                                   R"sql(
CREATE TABLE deleted(type_key TEXT NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
  subscription TEXT NOT NULL, shown_subscription TEXT NOT NULL, grp TEXT NOT NULL,
  type TEXT NOT NULL, name TEXT NOT NULL, location TEXT NOT NULL, resource TEXT NOT NULL,
  body TEXT NOT NULL, protected INTEGER NOT NULL, purge_at INTEGER NOT NULL,
  purged_by TEXT NOT NULL, PRIMARY KEY(type_key, key));
INSERT INTO deleted SELECT 'microsoft.keyvault/vaults', key,
  '/subscriptions/' || shown_subscription || '/resourceGroups/' || grp ||
  '/providers/Microsoft.KeyVault/vaults/' || name, subscription, shown_subscription, grp,
  'Microsoft.KeyVault/vaults', name, location, vault, body, protected, purge_at, purged_by
  FROM deleted_vaults;
DROP TABLE deleted_vaults;
CREATE INDEX deleted_by_subscription ON deleted(subscription, type_key, key);
CREATE INDEX deleted_by_date ON deleted(purge_at);
DROP INDEX vaults_by_name;
CREATE INDEX resources_by_name ON resources(type_key, name_key);
CREATE TABLE children(key TEXT PRIMARY KEY, id TEXT NOT NULL, parent TEXT NOT NULL,
  type_key TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX children_by_type ON children(parent, type_key, key);
)sql"};
constexpr std::int64_t schema_version = std::size(schemas);

std::int64_t pragma(Database& database, const char* sql) {
  Query query = database.query(sql);
  query.step();
  return query.number(0);
}

/// Takes a store that came from elsewhere (a copy, an archive) from all others: it holds secrets.
/// By name, as no descriptor of it may be closed here.
void keep_private(const std::filesystem::path& path) {
  using std::filesystem::perms;
  constexpr perms others = perms::group_all | perms::others_all;
  for (const char* beside : {"", "-wal"}) {
    const std::string file = path.string() + beside;
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (!std::filesystem::is_regular_file(status) || (status.permissions() & others) == perms::none)
      continue;
    std::filesystem::permissions(file, others, std::filesystem::perm_options::remove, error);
    if (error)
      throw ForeignFile("others can read it, and " + file +
                        " cannot be kept from them: " + error.message());
  }
}

/// The schema of the file, 0 for a new one. Throws ForeignFile. Reads only, but lets nobody else
/// in: of two who find a new file, one is turned away here.
std::int64_t check_file(Database& database) {
  database.execute("BEGIN EXCLUSIVE");
  const auto version = pragma(database, "PRAGMA user_version");
  const auto application = pragma(database, "PRAGMA application_id");
  const auto tables = pragma(database, "SELECT count(*) FROM sqlite_master");
  const bool is_new = version == 0 && application == 0 && tables == 0;
  if (!is_new && application != application_id)
    throw ForeignFile("it is a database of another program");
  if (!is_new && (version < 1 || version > schema_version))
    throw ForeignFile("it has schema " + std::to_string(version) +
                      ", this akv reads schemas up to " + std::to_string(schema_version) +
                      "; use the akv that made it, or another file");
  database.execute("COMMIT");
  return version;
}

}  // namespace

std::filesystem::path prepare_store_file(const std::filesystem::path& path) {
  if (path.empty()) return ":memory:";
  std::error_code error;
  if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), error);
  if (error)
    throw StoreError("cannot make the folder of the emulator's store " + path.string() + ": " +
                     error.message());
  // Only a new file is opened here: closing any descriptor of an open store would drop the locks
  // that this process holds on it. An old one that cannot be opened is SQLite's to report.
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno != EEXIST)
    throw StoreError("cannot make the emulator's store " + path.string() + ": " +
                     std::strerror(errno));
  if (file >= 0) ::close(file);
  // SQLite would make the file that a link names, for everybody to read.
  if (file < 0 && !std::filesystem::exists(path, error) && !error)
    throw StoreError("cannot make the emulator's store " + path.string() +
                     ": it is a link to a file that is not there");
  // Absolute: a relative path that starts with ':' or "file:" means something else to SQLite.
  return std::filesystem::absolute(path);
}

void open_store_schema(Database& database, const std::filesystem::path& path) {
  // Before anything else touches the file: WAL then needs no shared memory beside it, and nobody
  // else gets in until this connection is closed.
  database.execute("PRAGMA locking_mode=EXCLUSIVE");
  // A file that is not ours stays as it is, with what its own program left in its log.
  database.keep_log(true);
  const auto before = check_file(database);
  database.keep_log(false);
  keep_private(path);
  database.execute("PRAGMA journal_mode=WAL");
  database.execute("PRAGMA synchronous=NORMAL");
  if (before == schema_version) return;
  Transaction transaction(database);
  for (std::int64_t next = before; next < schema_version; ++next) database.execute(schemas[next]);
  database.execute(("PRAGMA user_version=" + std::to_string(schema_version)).c_str());
  if (before == 0)
    database.execute(("PRAGMA application_id=" + std::to_string(application_id)).c_str());
  transaction.commit();
}

}  // namespace akv::emulator
