#include "akv/emulator/exports.hpp"

#include "akv/emulator/detail/private_file.hpp"
#include "akv/mgmt/core/errors.hpp"
#include "akv/mgmt/http/message.hpp"
#include "akv/mgmt/json/document.hpp"

#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace akv::emulator {
namespace {

using json::Document;
namespace fs = std::filesystem;

// Inside single quotes the shell leaves everything alone but the quote itself.
std::string shell_quoted(std::string_view value) {
  std::string out = "'";
  for (char c : value) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + '\'';
}

[[noreturn]] void fail(const char* what, const fs::path& file, const std::string& why) {
  throw std::runtime_error(std::string(what) + ' ' + file.string() + ": " + why);
}

Document to_document(const Running& running) {
  const auto& who = running.identity;
  return Document::object({{"url", running.base_url},
                           {"proxy", running.proxy_url},
                           {"pid", std::int64_t{running.pid}},
                           {"caFile", running.ca_file.string()},
                           {"bundleFile", running.bundle_file.string()},
                           {"identity", Document::object({{"tenantId", who.tenant_id},
                                                          {"subscriptionId", who.subscription_id},
                                                          {"clientId", who.client_id},
                                                          {"clientSecret", who.client_secret},
                                                          {"objectId", who.object_id}})}});
}

std::optional<Running> from_document(const Document& document) {
  auto text = [](const Document& parent, std::string_view name) {
    return std::string(parent[name].string_or());
  };
  const Document& who = document["identity"];
  Running running{.base_url = text(document, "url"),
                  .proxy_url = text(document, "proxy"),
                  .ca_file = text(document, "caFile"),
                  .bundle_file = text(document, "bundleFile"),
                  .identity = {.tenant_id = text(who, "tenantId"),
                               .subscription_id = text(who, "subscriptionId"),
                               .client_id = text(who, "clientId"),
                               .client_secret = text(who, "clientSecret"),
                               .object_id = text(who, "objectId")},
                  .pid = static_cast<long>(document["pid"].int_or(0))};
  if (!http::Url::parse(running.base_url) || running.identity.client_secret.empty())
    return std::nullopt;
  return running;
}

}  // namespace

std::string shell_exports(const Running& running) {
  const Identity& identity = running.identity;
  const std::string& base_url = running.base_url;
  // Terraform wants the host alone, and adds https:// itself.
  std::string host = base_url.substr(base_url.find("://") + 3);
  std::string bundle = running.bundle_file.string();
  std::vector<std::pair<const char*, std::string>> variables = {
      {"AZURE_TENANT_ID", identity.tenant_id},
      {"AZURE_CLIENT_ID", identity.client_id},
      {"AZURE_CLIENT_SECRET", identity.client_secret},
      {"AZURE_SUBSCRIPTION_ID", identity.subscription_id},
      {"AZURE_AUTHORITY_HOST", base_url},
      {"AKV_CLOUD", base_url},
      {"AKV_CA_FILE", running.ca_file.string()},
      {"ARM_ENDPOINT", base_url},
      {"ARM_METADATA_HOSTNAME", host},
      {"SSL_CERT_FILE", bundle},
      {"REQUESTS_CA_BUNDLE", bundle},
      {"NODE_EXTRA_CA_CERTS", bundle}};
  if (!running.proxy_url.empty()) {
    variables.emplace_back("HTTPS_PROXY", running.proxy_url);
    variables.emplace_back("NO_PROXY", "localhost,127.0.0.1");
  }
  std::string out;
  for (const auto& [name, value] : variables)
    out += std::string("export ") + name + '=' + shell_quoted(value) + '\n';
  return out;
}

fs::path running_file(const fs::path& store) {
  return store.empty() ? fs::path(".akv/emulator.running") : fs::path(store.string() + ".running");
}

RunningFile::RunningFile(fs::path file, const Running& running) : file_(std::move(file)) {
  std::error_code error;
  if (file_.has_parent_path()) fs::create_directories(file_.parent_path(), error);
  if (error) fail("cannot make the folder of", file_, error.message());
  write_private_file(file_, to_document(running).dump_pretty() + '\n');
  lock_ = open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  // Whoever probes holds it for a moment; another server of this store is excluded by the store.
  if (lock_ < 0 || flock(lock_, LOCK_EX) != 0) {
    int why = errno;
    if (lock_ >= 0) close(lock_);
    fail("cannot lock", file_, std::generic_category().message(why));
  }
}

RunningFile::~RunningFile() {
  struct stat ours {
  }, there{};
  if (fstat(lock_, &ours) == 0 && stat(file_.c_str(), &there) == 0 && ours.st_ino == there.st_ino &&
      ours.st_dev == there.st_dev)
    unlink(file_.c_str());
  close(lock_);
}

std::optional<Running> find_running(const fs::path& file) {
  auto content = read_private_file(file);
  if (!content) return std::nullopt;
  int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;  // ended between the two lines
  bool nobody_holds_it = flock(fd, LOCK_SH | LOCK_NB) == 0;
  close(fd);
  if (nobody_holds_it) return std::nullopt;

  std::optional<Running> running;
  try {
    running = from_document(Document::parse(*content));
  } catch (const FormatError&) {
    // Its text may quote the file, and the file holds a secret.
  }
  if (!running)
    fail("cannot understand", file, "it is damaged; stop the emulator, and start it again");
  return running;
}

}  // namespace akv::emulator
