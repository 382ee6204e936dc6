/// Turns parts of a tree into documents as a table of words says, and reports what does not fit.
#pragma once
#include "akv/provision/manifest/session.hpp"
#include "akv/provision/manifest/vocabulary.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace akv::manifest {

/// A map of a manifest, read by a table.
struct ReadObject {
  /// Members in the order of the text, each with its place; those with a mistake are missing.
  json::Document value = json::Document::object();
  /// Members that were tagged `!replace`, or written as the empty list.
  std::vector<std::string_view> replaced{};  // Names of words: static.
  bool has_replaced(std::string_view name) const;
};

/// Reads one file in one scope. Holds references to tree and session: for use on the spot.
class FieldReader {
 public:
  FieldReader(const Tree& tree, Session& session, Scope scope)
      : tree_(tree), session_(session), scope_(scope) {}

  /// The map by `words`. `what` names it in messages: `vaults`. Words in `skipped` may stand there
  /// and are left to the caller.
  ReadObject object(NodeId map, std::span<const Word> words, std::string_view what,
                    std::span<const std::string_view> skipped = {});
  /// One value by its word; nullopt after a mistake.
  std::optional<json::Document> value(const Word& word, NodeId node);
  /// Text of a scalar with everything filled in, unchecked; `what` names it in messages.
  std::optional<std::string> text(NodeId node, std::string_view what);
  /// Whether the node is a map (or list); reports it otherwise.
  bool expect_map(NodeId node, std::string_view what);
  bool expect_list(NodeId node, std::string_view what);

  const Tree& tree() const { return tree_; }
  engine::Place place(NodeId node) const { return tree_.place(node); }
  void error(NodeId node, std::string code, std::string message, std::string hint = {});
  /// Reports a key that `known` has not. Where it would hold a secret, says so; its value is never
  /// shown.
  void unknown_key(const Entry& entry, std::span<const std::string_view> known);

 private:
  std::optional<json::Document> scalar(const Word& word, NodeId node);
  std::optional<json::Document> integer(const Word& word, NodeId node, std::string_view text);
  std::optional<json::Document> text_list(const Word& word, NodeId node);
  std::optional<json::Document> text_map(const Word& word, NodeId node);
  std::optional<json::Document> object_list(const Word& word, NodeId node);
  std::optional<json::Document> text_lists(const Word& word, NodeId node);
  std::optional<json::Document> entries(const Word& word, NodeId node);
  std::optional<json::Document> entry(const Word& word, NodeId node);
  std::optional<json::Document> policy(const Word& word, NodeId node);
  std::optional<json::Document> permissions(const Word& word, NodeId node);
  bool add_permission_set(NodeId node, json::Document& permissions);
  bool principal_of(NodeId node, std::string_view what, const json::Document& written,
                    json::Document& entry);
  bool check_text(const Word& word, NodeId node, std::string_view text);
  void wrong_type(NodeId node, std::string_view what, std::string_view expected,
                  std::string_view empty_hint);
  json::Document placed(json::Document value, NodeId node);

  const Tree& tree_;
  Session& session_;
  Scope scope_;
};

/// What identifies an access policy's entry: tenant (else `tenant`), object and application id, in
/// lower case.
std::string policy_identity(const json::Document& entry, std::string_view tenant);
/// What identifies an entry of a list of that word.
std::string entry_identity(const Word& word, const json::Document& entry, std::string_view tenant);

}  // namespace akv::manifest
