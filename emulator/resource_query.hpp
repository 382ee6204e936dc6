/// The part of Resource Graph's query language that tools use on vaults: `resources | where … |
/// project … | order by … | limit … | count`.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace akv::emulator {

/// Why a query is not answered, and where in its text.
struct QueryProblem {
  std::string message;
  std::size_t at = 0;
};

/// One query, ready to run over rows. Each row is an object of columns.
class ResourceQuery {
 public:
  static constexpr std::size_t max_text = std::size_t{16} << 10;
  static constexpr std::size_t max_steps = 32, max_terms = 64, max_columns = 64;

  static std::variant<ResourceQuery, QueryProblem> parse(std::string_view text);

  /// A value within a row: `name`, `properties.vaultUri`, `tags['env']`.
  using Path = std::vector<std::string>;
  enum class Compare { equals, contains, starts_with, ends_with, in };
  struct Term {
    Path path;
    Compare compare = Compare::equals;
    bool negated = false, ignores_case = false;
    std::vector<json::Document> values;
    bool starts_alternative = false;  ///< Follows an `or`.
  };
  struct Where {
    std::vector<Term> terms;  ///< Joined by `and`; `or` binds less.
  };
  struct Column {
    std::string name;
    Path path;
  };
  struct Project {
    std::vector<Column> columns;
  };
  struct Key {
    Path path;
    bool descending = false;
  };
  struct Order {
    std::vector<Key> keys;
  };
  struct Limit {
    std::size_t count = 0;
  };
  struct Count {};
  using Step = std::variant<Where, Project, Order, Limit, Count>;

  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::vector<Step> steps_;
};

/// A query while rows go through it. It holds the rows of one page, and what an `order by` needs
/// to find them: as many as the page and those before it, where nothing but `project` and `limit`
/// follows. So a large table is never in memory as a whole.
class QueryRun {
 public:
  /// The page is of `most` rows from the `start`th on. `query` outlives it.
  QueryRun(const ResourceQuery& query, std::size_t start, std::size_t most);

  /// The next row of the table.
  void take(json::Document row) { pass(0, std::move(row)); }

  struct Result {
    std::size_t total = 0;  ///< Of all pages.
    std::vector<json::Document> page;
  };
  Result finish() &&;

 private:
  struct State {
    std::size_t seen = 0;
    std::vector<json::Document> rows{};  ///< Of an `order by`.
    std::size_t window = 0;              ///< How many of them can be in the result; 0: all.
  };
  /// Through the steps from this one on.
  void pass(std::size_t step, json::Document row);
  void sort(const ResourceQuery::Order& order, State& state) const;

  const ResourceQuery& query_;
  std::size_t start_, most_;
  std::vector<State> states_;  ///< One per step.
  Result result_;
};

}  // namespace akv::emulator
