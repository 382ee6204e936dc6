/// SQLite in RAII: a connection, its cached statements, a transaction.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace akv::emulator {

/// What SQLite said, with its result code: `SQLITE_BUSY`, `SQLITE_FULL`, …
class SqlError : public std::runtime_error {
 public:
  SqlError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }

 private:
  int code_;
};

/// One run of a prepared statement; resets it when it goes.
class Query {
 public:
  explicit Query(sqlite3_stmt* statement) : statement_(statement) {}
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Binds the next parameter. A text is borrowed: it must live until the Query is gone.
  Query& bind(std::string_view text);
  Query& bind(std::int64_t number);
  /// True while there is a row. Throws SqlError.
  bool step();
  /// Runs a statement that gives no rows.
  void run() { step(); }

  /// A column of the current row. The view lives until the next step().
  std::string_view text(int column) const;
  std::int64_t number(int column) const;
  bool is_null(int column) const;

 private:
  sqlite3_stmt* statement_;  // owned by the Database, which outlives its queries
  int bound_ = 0;
};

/// One connection, for one thread at a time. Queries on one text must not overlap.
class Database {
 public:
  /// `:memory:` or a file. Throws SqlError.
  explicit Database(const std::filesystem::path& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void execute(const char* sql);
  /// `sql` is prepared once per text.
  Query query(std::string_view sql);
  /// Whether a write-ahead log stays beside the file when the connection is closed, as it was
  /// found.
  void keep_log(bool keep);
  /// Other than before whenever anything may be: who remembers what a query said compares it.
  std::int64_t version() const;
  /// Replaces all that `other` holds. No transaction may be open on either. Throws SqlError.
  void copy_to(Database& other);

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  friend class Transaction;
  friend class Savepoint;
  void execute_undo(std::string_view sql);
  std::unique_ptr<sqlite3, Close> connection_;
  std::int64_t undone_ = 0;  // how often changes were taken back, or all was replaced
  std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> statements_;
};

/// Rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;  // outlives the transaction: both belong to one Store
  bool open_ = true;
};

/// A part of an open Transaction that can be undone by itself. Undone unless kept.
class Savepoint {
 public:
  explicit Savepoint(Database& database);
  ~Savepoint();
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void keep();

 private:
  Database& database_;  // outlives it, as with Transaction
  bool open_ = true;
};

}  // namespace akv::emulator
