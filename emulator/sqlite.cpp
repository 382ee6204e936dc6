#include "akv/emulator/sqlite.hpp"

#include <sqlite3.h>

#include <utility>

namespace akv::emulator {
namespace {

[[noreturn]] void fail(sqlite3* connection, int code) {
  throw SqlError(code & 0xff, connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code));
}

}  // namespace

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Query& Query::bind(std::string_view text) {
  // A null pointer would bind NULL, and an empty view may hold one.
  const char* data = text.data() ? text.data() : "";
  if (int code =
          sqlite3_bind_text64(statement_, ++bound_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8))
    fail(sqlite3_db_handle(statement_), code);
  return *this;
}

Query& Query::bind(std::int64_t number) {
  if (int code = sqlite3_bind_int64(statement_, ++bound_, number))
    fail(sqlite3_db_handle(statement_), code);
  return *this;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(sqlite3_db_handle(statement_), code);
}

std::string_view Query::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }
void Database::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Database::Database(const std::filesystem::path& path) {
  sqlite3* raw = nullptr;
  // NOMUTEX: the emulator's own lock is around every use.
  const int code =
      sqlite3_open_v2(path.c_str(), &raw,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(raw);
  if (code) fail(raw, code);
}

Database::~Database() = default;

void Database::execute(const char* sql) {
  if (int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr))
    fail(connection_.get(), code);
}

Query Database::query(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    sqlite3_stmt* raw = nullptr;
    if (int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr))
      fail(connection_.get(), code);
    found = statements_.emplace(sql, raw).first;
  }
  return Query(found->second.get());
}

void Database::keep_log(bool keep) {
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

void Database::copy_to(Database& other) {
  sqlite3_backup* const backup =
      sqlite3_backup_init(other.connection_.get(), "main", connection_.get(), "main");
  if (backup == nullptr) fail(other.connection_.get(), sqlite3_errcode(other.connection_.get()));
  sqlite3_backup_step(backup, -1);
  ++other.undone_;
  if (int code = sqlite3_backup_finish(backup)) fail(other.connection_.get(), code);
}

std::int64_t Database::version() const {
  return sqlite3_total_changes64(connection_.get()) + undone_;
}

void Database::execute_undo(std::string_view sql) {
  ++undone_;
  query(sql).run();
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.query("BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.execute_undo("ROLLBACK");
  } catch (const SqlError&) {
    // SQLite has rolled back by itself (disk full, I/O error): nothing is left to undo.
  }
}

void Transaction::commit() {
  database_.query("COMMIT").run();
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) {
  database_.query("SAVEPOINT part").run();
}

Savepoint::~Savepoint() {
  if (!open_) return;
  try {
    database_.execute_undo("ROLLBACK TO part");
    database_.query("RELEASE part").run();
  } catch (const SqlError&) {
    // SQLite has rolled back the whole transaction: nothing is left to undo.
  }
}

void Savepoint::keep() {
  database_.query("RELEASE part").run();
  open_ = false;
}

}  // namespace akv::emulator
