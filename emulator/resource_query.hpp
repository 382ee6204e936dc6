/// The part of Resource Graph's query language that tools use on vaults: `resources | where … |
/// project … | order by … | limit … | count`.
#pragma once
#include "akv/mgmt/json/document.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
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

  /// Rows in, rows out, in the order of the query's steps.
  std::vector<json::Document> run(std::vector<json::Document> rows) const;

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

 private:
  std::vector<Step> steps_;
};

}  // namespace akv::emulator
