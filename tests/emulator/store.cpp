#include "akv/emulator/store.hpp"

#include "support/key_vault_children.hpp"

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

using namespace akv;
using namespace akv::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using json::Document;

namespace {

/// A folder of its own for each test.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "akv-store-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

/// What a child process says to its parent, a byte or a number at a time.
struct Pipe {
  Pipe() { BOOST_REQUIRE(pipe(ends) == 0); }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  int ends[2];
  void write(int value) const { [[maybe_unused]] auto n = ::write(ends[1], &value, sizeof value); }
  int read() const {
    int value = -1;
    [[maybe_unused]] auto n = ::read(ends[0], &value, sizeof value);
    return value;
  }
};

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int schema_of(const fs::path& path) {
  sqlite3* connection = nullptr;
  BOOST_REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
  int version = 0;
  auto take = [](void* number, int, char** values, char**) {
    *static_cast<int*>(number) = std::atoi(values[0]);
    return 0;
  };
  sqlite3_exec(connection, "PRAGMA user_version", take, &version, nullptr);
  sqlite3_close(connection);
  return version;
}

void execute(const fs::path& path, const char* sql) {
  sqlite3* connection = nullptr;
  BOOST_REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
  BOOST_TEST(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(connection);
}

std::string reason(const fs::path& path) {
  try {
    emulator::Emulator emulator({.store = path});
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(store)

BOOST_AUTO_TEST_CASE(everything_is_there_after_a_restart) {
  Folder folder;
  const fs::path file = folder / "deep/er/emulator.db";
  emulator::Identity identity;
  std::string token, shown, gone;
  {
    VaultFixture arm({.store = file});
    arm.make_vault("kv2");
    arm.del(arm.vault("kv2"));
    identity = arm.emulator->identity();
    token = arm.token;
    shown = arm.get(arm.vault()).body;
    gone = arm.get(arm.deleted("kv2")).body;
  }
  EmulatorClient again({.store = file});
  BOOST_TEST(again.emulator->identity().client_id == identity.client_id);
  BOOST_TEST(again.emulator->identity().client_secret == identity.client_secret);
  BOOST_TEST(again.emulator->identity().tenant_id == identity.tenant_id);
  BOOST_TEST(again.emulator->identity().subscription_id == identity.subscription_id);
  BOOST_TEST(again.emulator->identity().object_id == identity.object_id);
  again.token = token;  // of the first run: the signing key is the same
  again.clock.advance(2s);
  BOOST_TEST(again.get(again.vault()).body == shown);
  BOOST_TEST(again.get(again.deleted("kv2")).body == gone);
}

BOOST_AUTO_TEST_CASE(the_clock_of_a_store_does_not_go_back) {
  Folder folder;
  {
    VaultFixture arm({.store = folder / "s.db"});
    arm.emulator->advance(48h);
  }
  VaultFixture again({.store = folder / "s.db"});
  again.make_vault("kv2");
  BOOST_TEST(again.get(again.vault("kv2")).json()["systemData"]["createdAt"].string_or() ==
             "2026-11-24T10:00:02Z");
}

BOOST_AUTO_TEST_CASE(the_file_is_its_owners_alone) {
  Folder folder;
  emulator::Emulator emulator({.store = folder / "s.db"});
  for (const char* name : {"s.db", "s.db-wal"}) {
    struct stat status {};
    BOOST_REQUIRE(stat((folder / name).c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 0777U) == 0600U);
  }
}

BOOST_AUTO_TEST_CASE(two_emulators_exclude_each_other) {
  Folder folder;
  const fs::path file = folder / "s.db";
  {
    emulator::Emulator first({.store = file});
    BOOST_CHECK_THROW(emulator::Emulator({.store = file}), emulator::StoreBusy);
    BOOST_TEST(reason(file) ==
               "the emulator's store " + file.string() +
                   " is in use by another process; stop that one, or use another file");
  }
  BOOST_TEST(reason(file) == "none");
}

BOOST_AUTO_TEST_CASE(two_processes_exclude_each_other) {
  Folder folder;
  const fs::path file = folder / "s.db";
  Pipe up, down;
  const pid_t child = fork();
  if (child == 0) {
    try {
      emulator::Emulator held({.store = file});
      up.write(1);
      down.read();
      _exit(0);
    } catch (...) {
      up.write(2);
      _exit(1);
    }
  }
  BOOST_REQUIRE(up.read() == 1);
  BOOST_CHECK_THROW(emulator::Emulator({.store = file}), emulator::StoreBusy);
  down.write(1);
  int status = 0;
  waitpid(child, &status, 0);
  BOOST_TEST(status == 0);
  BOOST_TEST(reason(file) == "none");
}

BOOST_AUTO_TEST_CASE(what_was_acknowledged_survives_a_kill_at_any_moment) {
  Folder folder;
  const fs::path file = folder / "s.db";
  { EmulatorClient first({.store = file}); }  // the key is made before the clock ticks
  int expected = 0;
  for (int round = 0; round < 4; ++round) {
    Pipe up;
    const pid_t child = fork();
    if (child == 0) {
      EmulatorClient arm({.store = file});
      arm.make_group();
      for (int i = expected;; ++i)
        if (arm.make_vault("kv" + std::to_string(i)).status == 200) up.write(i);
    }
    for (int i = 0; i < 20 + 15 * round; ++i) BOOST_REQUIRE(up.read() == expected++);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(std::exchange(up.ends[1], -1));
    for (int last = up.read(); last >= 0; last = up.read()) expected = last + 1;

    EmulatorClient arm({.store = file});
    int found = 0;
    for (int i = 0; i < expected; ++i)
      found += arm.get(arm.vault("kv" + std::to_string(i))).status == 200;
    BOOST_TEST(found == expected);
    // One more may be there: written, and its answer lost in the kill.
    if (arm.get(arm.vault("kv" + std::to_string(expected))).status == 200) ++expected;
  }
}

BOOST_AUTO_TEST_CASE(a_snapshot_of_a_file_is_restored_into_the_file) {
  // The store of a file keeps a write-ahead log, the snapshot lives in memory.
  Folder folder;
  const fs::path file = folder / "s.db";
  {
    VaultFixture arm({.store = file});
    arm.emulator->take_snapshot("a");
    arm.emulator->advance(24h);
    arm.emulator->add_principal({.name = "ada", .is_user = true});
    arm.sign_in();
    arm.del(arm.vault());
    BOOST_TEST(arm.emulator->restore_snapshot("a"));
    BOOST_TEST(arm.get(arm.vault()).status == 200);
  }
  EmulatorClient again({.store = file});
  BOOST_TEST(again.get(again.vault()).status == 200);
  BOOST_TEST((again.emulator->now() - again.clock.now() == 24h));
  BOOST_CHECK_THROW(again.emulator->add_principal({.name = "ada", .is_user = true}),
                    std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_kill_while_a_snapshot_returns_puts_no_clock_back_and_loses_nobody) {
  Folder folder;
  const fs::path file = folder / "s.db";
  constexpr int people = 200;  // each was a commit of its own once, with the clock's after them
  { EmulatorClient first({.store = file}); }
  for (int round = 0; round < 4; ++round) {
    Pipe up;
    const pid_t child = fork();
    if (child == 0) {
      EmulatorClient arm({.store = file});
      arm.emulator->take_snapshot("empty");
      for (int i = 0; i < people; ++i)
        arm.emulator->add_principal(
            {.name = std::to_string(round) + "-" + std::to_string(i), .is_user = true});
      arm.emulator->advance(1h);
      up.write(1);
      while (arm.emulator->restore_snapshot("empty")) up.write(1);
    }
    for (int i = 0; i < 10 + 7 * round; ++i) BOOST_REQUIRE(up.read() == 1);
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);

    EmulatorClient arm({.store = file});
    BOOST_TEST((arm.emulator->now() - arm.clock.now() == (round + 1) * 1h));
    for (int i : {0, people - 1})
      BOOST_CHECK_THROW(
          arm.emulator->add_principal(
              {.name = std::to_string(round) + "-" + std::to_string(i), .is_user = true}),
          std::invalid_argument);
  }
}

BOOST_AUTO_TEST_CASE(a_job_that_cannot_be_done_fails_and_keeps_nobody_from_going_on) {
  Folder folder;
  const fs::path file = folder / "s.db";
  std::string deletion, moved, change;
  std::vector<std::string> torn;
  {
    HsmFixture arm({.store = file});
    arm.make_group("to");
    arm.make_group("other");
    arm.put(arm.vault("kv2", "other"), arm.vault_body());
    change = arm.patch(arm.hsm(), R"({"tags":{"a":"b"}})").header("Location");
    moved = arm.post(arm.group("other") + "/moveResources",
                     R"({"resources":[")" + arm.vault("kv2", "other") +
                         R"("],"targetResourceGroup":")" + arm.group("to") + "\"}")
                .header("Location");
    deletion = arm.del(arm.group()).header("Location");
    torn = {arm.hsm(), arm.vault("kv2", "other")};
  }
  for (const std::string& id : torn)
    execute(file,
            ("UPDATE resources SET body = 'torn' WHERE key = '" + ascii::lower(id) + "'").c_str());
  EmulatorClient again({.store = file});
  again.clock.advance(10s);
  BOOST_TEST(again.get(again.group("to")).status == 200);
  BOOST_TEST(again.get(change).code() == "InternalServerError");
  BOOST_TEST(again.get(deletion).message() ==
             "The operation failed: what it was to work on is stored in a form that cannot be "
             "worked on.");
  BOOST_TEST(again.get(moved).status == 409);
  // The group is no longer on its way out.
  BOOST_TEST(again.get(again.group()).property("provisioningState").string_or() == "Succeeded");
  BOOST_TEST(again.make_vault("kv9").status == 200);
}

BOOST_AUTO_TEST_CASE(a_store_that_others_could_read_is_the_owners_alone_once_it_is_open) {
  Folder folder;
  const fs::path file = folder / "s.db", link = folder / "link.db", nowhere = folder / "nowhere.db";
  { EmulatorClient first({.store = file}); }
  fs::permissions(file, fs::perms(0644));
  {
    EmulatorClient open({.store = file});
    BOOST_TEST((fs::status(file).permissions() == fs::perms(0600)));
  }
  const fs::path theirs = folder / "theirs.db";
  execute(theirs, "CREATE TABLE theirs(x)");
  fs::permissions(theirs, fs::perms(0644));
  BOOST_TEST(reason(theirs).ends_with("it is a database of another program"));
  BOOST_TEST((fs::status(theirs).permissions() == fs::perms(0644)));
  fs::create_symlink(nowhere, link);
  BOOST_TEST(reason(link) == "cannot make the emulator's store " + link.string() +
                                 ": it is a link to a file that is not there");
  BOOST_TEST(!fs::exists(nowhere));
  fs::create_symlink(file, folder / "good.db");
  BOOST_TEST(reason(folder / "good.db") == "none");
}

BOOST_AUTO_TEST_CASE(a_damaged_clock_is_said_with_the_file) {
  Folder folder;
  const fs::path file = folder / "s.db";
  { EmulatorClient first({.store = file}); }
  for (const char* damaged : {"soon", "5x", "-1", "", "99999999999"}) {
    execute(file,
            (std::string("INSERT OR REPLACE INTO meta VALUES('clock offset', '") + damaged + "')")
                .c_str());
    BOOST_TEST(reason(file) == "cannot use the emulator's store " + file.string() +
                                   ": its clock offset '" + damaged +
                                   "' is no number of seconds up to 100 years");
  }
}

BOOST_AUTO_TEST_CASE(a_refused_request_leaves_nothing_behind) {
  VaultFixture arm;
  const std::string before = arm.get(arm.vault()).body;
  arm.patch(arm.vault(), R"({"tags":{"a":"1"},"properties":{"enablePurgeProtection":false}})");
  BOOST_TEST(arm.get(arm.vault()).body == before);
}

BOOST_AUTO_TEST_CASE(a_store_without_managed_hsms_and_children_is_taken_over) {
  Folder folder;
  const fs::path file = folder / "old.db";
  {
    EmulatorClient arm({.store = file});
    arm.make_group();
    arm.make_vault("kv1");
    arm.make_vault("kv2");
    arm.put(arm.vault("kv1"), arm.vault_body("", R"({"a":"1"})"));
    arm.del(arm.vault("kv1"));
  }
  // As the schema before had it.
  execute(file,
          "CREATE TABLE deleted_vaults(key TEXT PRIMARY KEY, subscription TEXT NOT NULL,"
          "  shown_subscription TEXT NOT NULL, grp TEXT NOT NULL, name TEXT NOT NULL,"
          "  location TEXT NOT NULL, vault TEXT NOT NULL, body TEXT NOT NULL,"
          "  protected INTEGER NOT NULL, purge_at INTEGER NOT NULL, purged_by TEXT NOT NULL);"
          "CREATE INDEX deleted_vaults_by_subscription ON deleted_vaults(subscription, key);"
          "INSERT INTO deleted_vaults SELECT key, subscription, shown_subscription, grp, name,"
          "  location, resource, body, protected, purge_at, purged_by FROM deleted;"
          "DROP TABLE deleted; DROP TABLE children; DROP INDEX resources_by_name;"
          "CREATE INDEX vaults_by_name ON resources(name_key)"
          "  WHERE type_key = 'microsoft.keyvault/vaults';");
  execute(file, ("PRAGMA user_version = " + std::to_string(schema_of(file) - 1)).c_str());
  EmulatorClient arm({.store = file});
  BOOST_TEST(arm.get(arm.vault("kv2")).status == 200);
  BOOST_TEST(arm.make_vault("kv2").status == 200);
  BOOST_TEST(arm.get(arm.deleted("kv1")).status == 200);
  const Answer back = arm.put(arm.vault("kv1"), arm.vault_body(R"(,"createMode":"recover")"));
  BOOST_TEST(back.json()["tags"].dump() == R"({"a":"1"})");
  BOOST_TEST(back.json()["id"].string_or() == arm.vault("kv1"));
}

BOOST_AUTO_TEST_CASE(a_store_that_is_none_is_refused_with_path_and_reason) {
  Folder folder;
  const fs::path text = folder / "text.db";
  std::ofstream(text) << std::string(5000, 'x');
  BOOST_TEST(reason(text) ==
             "cannot use the emulator's store " + text.string() + ": file is not a database");

  const fs::path other = folder / "other.db";
  execute(other, "CREATE TABLE theirs(x)");
  BOOST_TEST(reason(other) == "cannot use the emulator's store " + other.string() +
                                  ": it is a database of another program");

  const fs::path newer = folder / "newer.db";
  { emulator::Emulator emulator({.store = newer}); }
  execute(newer, "PRAGMA user_version = 4");
  BOOST_TEST(reason(newer) ==
             "cannot use the emulator's store " + newer.string() +
                 ": it has schema 4, this akv reads schemas up to 3; use the akv that "
                 "made it, or another file");

  fs::create_directory(folder / "dir");
  BOOST_TEST(reason(folder / "dir")
                 .starts_with("cannot use the emulator's store " + (folder / "dir").string()));
  BOOST_TEST(reason(text / "below.db").starts_with("cannot make the"));
  BOOST_TEST(
      reason("/proc/none.db").starts_with("cannot make the emulator's store /proc/none.db: "));
}

BOOST_AUTO_TEST_CASE(a_database_of_another_program_is_left_as_it_was) {
  Folder folder;
  const fs::path plain = folder / "plain.db", logged = folder / "logged.db";
  execute(plain, "CREATE TABLE theirs(x); INSERT INTO theirs VALUES(1)");
  const std::string before = content_of(plain);
  BOOST_TEST(reason(plain).ends_with(": it is a database of another program"));
  BOOST_TEST((content_of(plain) == before));
  BOOST_TEST(!fs::exists(plain.string() + "-wal"));

  // One whose program was killed: what it has committed is in the log still.
  const pid_t child = fork();
  if (child == 0) {
    sqlite3* connection = nullptr;
    sqlite3_open(logged.c_str(), &connection);
    sqlite3_exec(connection, "PRAGMA journal_mode=WAL; CREATE TABLE theirs(x)", nullptr, nullptr,
                 nullptr);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  const fs::path log = logged.string() + "-wal";
  BOOST_REQUIRE(fs::file_size(log) > 0);
  const std::string file_before = content_of(logged), log_before = content_of(log);
  BOOST_TEST(reason(logged).ends_with(": it is a database of another program"));
  BOOST_TEST((content_of(logged) == file_before));
  BOOST_TEST((content_of(log) == log_before));
}

BOOST_AUTO_TEST_CASE(a_store_of_the_first_schema_is_taken_over) {
  Folder folder;
  const fs::path file = folder / "first.db";
  const std::string subscription = "00000000-0000-4000-8000-000000000001";
  const std::string tenant = "00000000-0000-4000-8000-000000000002";
  const std::string at = "/subscriptions/" + subscription + "/resourceGroups/G";
  const std::string vault = at + "/providers/Microsoft.KeyVault/vaults/kv1";
  const std::string body = R"({"id":")" + vault +
                           R"(","name":"kv1","type":"Microsoft.KeyVault/vaults",)"
                           R"("location":"westus","tags":{},"properties":{"tenantId":")" +
                           tenant +
                           R"(","sku":{"family":"A","name":"standard"},"accessPolicies":[],)"
                           R"("vaultUri":"https://kv1.vault.azure.net/",)"
                           R"("provisioningState":"Succeeded"}})";
  // Word for word what the first akv wrote.
  execute(
      file,
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE subscriptions(key TEXT PRIMARY KEY, id TEXT NOT NULL, tenant_id TEXT NOT NULL)"
      "  WITHOUT ROWID;"
      "CREATE TABLE registrations(subscription TEXT NOT NULL, name_space TEXT NOT NULL,"
      "  registered INTEGER NOT NULL, since INTEGER NOT NULL,"
      "  PRIMARY KEY(subscription, name_space)) WITHOUT ROWID;"
      "CREATE TABLE groups(subscription TEXT NOT NULL, key TEXT NOT NULL,"
      "  shown_subscription TEXT NOT NULL, name TEXT NOT NULL, location TEXT NOT NULL,"
      "  body TEXT NOT NULL, deleted_by TEXT NOT NULL, PRIMARY KEY(subscription, key));"
      "CREATE TABLE resources(key TEXT PRIMARY KEY, id TEXT NOT NULL, subscription TEXT NOT NULL,"
      "  shown_subscription TEXT NOT NULL, grp TEXT NOT NULL, type_key TEXT NOT NULL,"
      "  type TEXT NOT NULL, name_key TEXT NOT NULL, name TEXT NOT NULL, location TEXT NOT NULL,"
      "  body TEXT NOT NULL, summary TEXT NOT NULL, ready_at INTEGER NOT NULL);"
      "CREATE INDEX resources_by_type ON resources(subscription, type_key, key);"
      "CREATE INDEX vaults_by_name ON resources(name_key)"
      "  WHERE type_key = 'microsoft.keyvault/vaults';"
      "CREATE TABLE deleted_vaults(key TEXT PRIMARY KEY, subscription TEXT NOT NULL,"
      "  shown_subscription TEXT NOT NULL, grp TEXT NOT NULL, name TEXT NOT NULL,"
      "  location TEXT NOT NULL, vault TEXT NOT NULL, body TEXT NOT NULL,"
      "  protected INTEGER NOT NULL, purge_at INTEGER NOT NULL, purged_by TEXT NOT NULL);"
      "CREATE INDEX deleted_vaults_by_subscription ON deleted_vaults(subscription, key);"
      "CREATE INDEX deleted_vaults_by_date ON deleted_vaults(purge_at);"
      "CREATE TABLE jobs(token TEXT PRIMARY KEY, kind INTEGER NOT NULL,"
      "  subscription TEXT NOT NULL, subject TEXT NOT NULL, created INTEGER NOT NULL,"
      "  due INTEGER NOT NULL, done INTEGER NOT NULL);"
      "CREATE INDEX jobs_by_date ON jobs(done, due);"
      "PRAGMA application_id = 1634432513; PRAGMA user_version = 1;");
  execute(file,
          ("INSERT INTO subscriptions VALUES('" + subscription + "', '" + subscription + "', '" +
           tenant + "');" + "INSERT INTO groups VALUES('" + subscription + "', 'g', '" +
           subscription + "', 'G', 'westus', '{\"id\":\"" + at +
           "\",\"name\":\"G\",\"location\":\"westus\"}', '');" + "INSERT INTO resources VALUES('" +
           ascii::lower(vault) + "', '" + vault + "', '" + subscription + "', '" + subscription +
           "', 'G', 'microsoft.keyvault/vaults', 'Microsoft.KeyVault/vaults', 'kv1', 'kv1', "
           "'westus', '" +
           body + "', '{}', 0);" + "INSERT INTO deleted_vaults VALUES('kv2', '" + subscription +
           "', '" + subscription + "', 'G', 'kv2', 'westus', '" +
           std::string(body).replace(body.find("vaults/kv1"), 10, "vaults/kv2") +
           "', '{\"name\":\"kv2\"}', 0, 4102444800000, '');")
              .c_str());
  {
    EmulatorClient arm({.store = file, .subscription_id = subscription, .tenant_id = tenant});
    BOOST_TEST(arm.get(arm.vault("kv1", "G")).body.find("kv1.vault.azure.net") !=
               std::string::npos);
    BOOST_TEST(arm.get(arm.deleted("kv2")).json()["name"].string_or() == "kv2");
    const Answer back =
        arm.put(arm.vault("kv2", "G"), arm.vault_body(R"(,"createMode":"recover")"));
    BOOST_TEST(back.json()["id"].string_or() == at + "/providers/Microsoft.KeyVault/vaults/kv2");
    BOOST_TEST(
        arm.put(arm.vault("kv1", "G") + "/keys/k", R"({"properties":{"kty":"RSA"}})").status ==
        200);
  }
  const fs::path fresh = folder / "fresh.db";
  { emulator::Emulator emulator({.store = fresh}); }
  BOOST_TEST(schema_of(file) == schema_of(fresh));
}

BOOST_AUTO_TEST_CASE(what_is_due_is_asked_again_after_each_change_and_each_change_taken_back) {
  emulator::Store store{fs::path()}, empty{fs::path()};
  const Clock::SystemTime then{1h};
  const emulator::Job job{.token = "a", .subject = "g", .due = then};
  BOOST_TEST(!store.anything_due(then));
  store.put_job(job);
  BOOST_TEST(!store.anything_due(then - 1ms));
  BOOST_TEST(store.anything_due(then));

  empty.database().copy_to(store.database());
  BOOST_TEST(!store.anything_due(then));
  {
    emulator::Transaction transaction(store.database());
    store.put_job(job);
    BOOST_TEST(store.anything_due(then));
  }
  BOOST_TEST(!store.anything_due(then));
  {
    emulator::Transaction transaction(store.database());
    {
      emulator::Savepoint part(store.database());
      store.put_job(job);
      BOOST_TEST(store.anything_due(then));
    }
    BOOST_TEST(!store.anything_due(then));
  }
}

BOOST_AUTO_TEST_CASE(a_store_that_fails_is_an_answer_and_not_an_exception) {
  Folder folder;
  VaultFixture arm({.store = folder / "s.db"});
  // Files of this process may grow no further: as if the disk were full.
  std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit before {
  }, none{};
  getrlimit(RLIMIT_FSIZE, &before);
  none = before;
  none.rlim_cur = 1;
  setrlimit(RLIMIT_FSIZE, &none);
  const Answer failed = arm.make_vault("kv2");
  setrlimit(RLIMIT_FSIZE, &before);
  BOOST_TEST(failed.status == 500);
  BOOST_TEST(failed.code() == "InternalServerError");
  BOOST_TEST(arm.get(arm.vault("kv2")).status == 404);
  BOOST_TEST(arm.make_vault("kv2").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
