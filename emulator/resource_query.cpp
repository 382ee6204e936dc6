#include "akv/emulator/resource_query.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace akv::emulator {
namespace {

using json::Document;
using Compare = ResourceQuery::Compare;
using Path = ResourceQuery::Path;

struct Token {
  enum class Kind { word, text, number, sign, end };
  Kind kind = Kind::end;
  std::string text;
  std::size_t at = 0;
};

bool is_letter(char c) {
  return (ascii::to_lower(c) >= 'a' && ascii::to_lower(c) <= 'z') || c == '_' || c == '$';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Cuts a query into words, texts, numbers and signs. Throws QueryProblem.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) { next(); }

  const Token& token() const { return token_; }
  bool at(std::string_view what) const {
    return token_.kind != Token::Kind::text && ascii::equal(token_.text, what);
  }
  bool skip(std::string_view what) {
    if (!at(what)) return false;
    next();
    return true;
  }
  void need(std::string_view what) {
    if (!skip(what)) fail("expected '" + std::string(what) + "'");
  }
  Token take() {
    Token taken = token_;
    next();
    return taken;
  }
  [[noreturn]] void fail(const std::string& why) const {
    throw QueryProblem{
        why + (token_.kind == Token::Kind::end ? " at the end"
                                               : " at '" + token_.text.substr(0, 64) + "'"),
        token_.at};
  }

 private:
  void next() {
    while (place_ < text_.size() && (text_[place_] == ' ' || text_[place_] == '\t' ||
                                     text_[place_] == '\r' || text_[place_] == '\n'))
      ++place_;
    token_ = {.kind = Token::Kind::end, .text = {}, .at = place_};
    if (place_ == text_.size()) return;
    const char c = text_[place_];
    if (c == '\'' || c == '"') return read_text(c);
    std::size_t length = 1;
    if (is_letter(c)) {
      token_.kind = Token::Kind::word;
      while (place_ + length < text_.size() &&
             (is_letter(text_[place_ + length]) || is_digit(text_[place_ + length])))
        ++length;
      // `in~`
      if (length == 2 && ascii::equal(text_.substr(place_, 2), "in") &&
          text_.substr(place_ + 2, 1) == "~")
        ++length;
    } else if (is_digit(c)) {
      token_.kind = Token::Kind::number;
      while (place_ + length < text_.size() && is_digit(text_[place_ + length])) ++length;
    } else {
      token_.kind = Token::Kind::sign;
      for (std::string_view sign : {"==", "=~", "!=", "!~"})
        if (text_.substr(place_, 2) == sign) length = 2;
    }
    token_.text = text_.substr(place_, length);
    place_ += length;
  }
  void read_text(char quote) {
    token_.kind = Token::Kind::text;
    for (std::size_t i = place_ + 1; i < text_.size(); ++i) {
      char c = text_[i];
      if (c == quote) {
        place_ = i + 1;
        return;
      }
      if (c == '\\' && i + 1 < text_.size()) c = text_[++i];
      token_.text += c;
    }
    throw QueryProblem{"a text is not closed", place_};
  }

  std::string_view text_;  // of the query, which outlives its parsing
  std::size_t place_ = 0;
  Token token_;
};

Path read_path(Lexer& lexer) {
  // One level of the two functions that tools put around a column; they change nothing here.
  const bool wrapped = lexer.at("tostring") || lexer.at("tolower");
  if (wrapped) {
    lexer.take();
    lexer.need("(");
  }
  if (lexer.token().kind != Token::Kind::word) lexer.fail("expected the name of a column");
  Path path = {lexer.take().text};
  while (path.size() < ResourceQuery::max_columns) {
    if (lexer.skip(".")) {
      if (lexer.token().kind != Token::Kind::word) lexer.fail("expected a name");
      path.push_back(lexer.take().text);
    } else if (lexer.skip("[")) {
      if (lexer.token().kind != Token::Kind::text) lexer.fail("expected a name in quotes");
      path.push_back(lexer.take().text);
      lexer.need("]");
    } else {
      break;
    }
  }
  if (wrapped) lexer.need(")");
  if (lexer.at("(")) lexer.fail("the emulator knows the functions tostring and tolower only");
  return path;
}

Document read_value(Lexer& lexer) {
  const Token token = lexer.token();
  if (token.kind == Token::Kind::text) return lexer.take().text;
  if (token.kind == Token::Kind::number) return json::Number{lexer.take().text};
  if (lexer.skip("true")) return true;
  if (lexer.skip("false")) return false;
  if (lexer.skip("tolower")) {
    lexer.need("(");
    if (lexer.token().kind != Token::Kind::text) lexer.fail("expected a text in quotes");
    Document value = ascii::lower(lexer.take().text);
    lexer.need(")");
    return value;
  }
  lexer.fail("expected a text in quotes, a number, true or false");
}

void read_comparison(Lexer& lexer, ResourceQuery::Term& term) {
  struct Row {
    const char* word;
    Compare compare;
    bool ignores_case;
  };
  constexpr Row rows[] = {{"==", Compare::equals, false},
                          {"=~", Compare::equals, true},
                          {"!=", Compare::equals, false},
                          {"!~", Compare::equals, true},
                          {"contains", Compare::contains, true},
                          {"startswith", Compare::starts_with, true},
                          {"endswith", Compare::ends_with, true},
                          {"in", Compare::in, false},
                          {"in~", Compare::in, true}};
  if (lexer.at("!=") || lexer.at("!~"))
    term.negated = true;
  else
    term.negated = lexer.skip("!");
  for (const Row& row : rows) {
    if (!lexer.skip(row.word)) continue;
    term.compare = row.compare;
    term.ignores_case = row.ignores_case;
    if (row.compare != Compare::in) {
      term.values.push_back(read_value(lexer));
      return;
    }
    lexer.need("(");
    do {
      if (term.values.size() == ResourceQuery::max_terms) lexer.fail("a list is too long");
      term.values.push_back(read_value(lexer));
    } while (lexer.skip(","));
    lexer.need(")");
    return;
  }
  lexer.fail(
      "expected one of ==, =~, !=, !~, in, in~, contains, startswith, endswith, which the emulator "
      "knows");
}

ResourceQuery::Where read_where(Lexer& lexer) {
  ResourceQuery::Where where;
  bool alternative = false;
  while (true) {
    if (where.terms.size() == ResourceQuery::max_terms)
      lexer.fail("more than " + std::to_string(ResourceQuery::max_terms) + " comparisons");
    if (lexer.at("(")) lexer.fail("the emulator knows no parentheses around comparisons");
    ResourceQuery::Term term{.starts_alternative = alternative};
    term.path = read_path(lexer);
    read_comparison(lexer, term);
    where.terms.push_back(std::move(term));
    alternative = lexer.at("or");
    if (!lexer.skip("and") && !lexer.skip("or")) return where;
  }
}

/// `properties.vaultUri` is called properties_vaultUri where it has no name.
std::string name_of(const Path& path) {
  std::string name;
  for (const std::string& part : path) name += (name.empty() ? "" : "_") + part;
  return name;
}

ResourceQuery::Project read_project(Lexer& lexer) {
  ResourceQuery::Project project;
  do {
    if (project.columns.size() == ResourceQuery::max_columns)
      lexer.fail("more than " + std::to_string(ResourceQuery::max_columns) + " columns");
    Path path = read_path(lexer);
    std::string name = name_of(path);
    if (lexer.skip("=")) path = read_path(lexer);
    project.columns.push_back({std::move(name), std::move(path)});
  } while (lexer.skip(","));
  return project;
}

ResourceQuery::Order read_order(Lexer& lexer) {
  lexer.need("by");
  ResourceQuery::Order order;
  do {
    if (order.keys.size() == ResourceQuery::max_columns)
      lexer.fail("more than " + std::to_string(ResourceQuery::max_columns) + " columns");
    ResourceQuery::Key key{.path = read_path(lexer), .descending = true};  // Kusto's default
    if (lexer.skip("asc"))
      key.descending = false;
    else
      lexer.skip("desc");
    order.keys.push_back(std::move(key));
  } while (lexer.skip(","));
  return order;
}

ResourceQuery::Limit read_limit(Lexer& lexer) {
  const Token token = lexer.token();
  std::uint32_t count = 0;
  const char* end = token.text.data() + token.text.size();
  if (token.kind != Token::Kind::number ||
      std::from_chars(token.text.data(), end, count).ec != std::errc{})
    lexer.fail("expected a number of rows");
  lexer.take();
  return {count};
}

ResourceQuery::Step read_step(Lexer& lexer) {
  if (lexer.skip("where")) return read_where(lexer);
  if (lexer.skip("project")) return read_project(lexer);
  if (lexer.skip("order") || lexer.skip("sort")) return read_order(lexer);
  if (lexer.skip("limit") || lexer.skip("take")) return read_limit(lexer);
  if (lexer.skip("count")) return ResourceQuery::Count{};
  lexer.fail(
      "the emulator knows the operators where, project, order by, limit, take and count only");
}

/// Columns are found in any case; below them names differ by it, as in Azure.
const Document& value_at(const Document& row, const Path& path) {
  static const Document& none = *new Document();
  const Document* value = row.find_ignoring_case(path.front());
  for (std::size_t i = 1; value && i < path.size(); ++i) value = value->find(path[i]);
  return value ? *value : none;
}

std::string text_of(const Document& value) {
  if (value.is_string()) return value.as_string();
  return value.is_null() ? std::string() : value.dump();
}

bool matches(const ResourceQuery::Term& term, const Document& row) {
  std::string value = text_of(value_at(row, term.path));
  if (term.ignores_case) value = ascii::lower(value);
  const bool any = std::any_of(term.values.begin(), term.values.end(), [&](const Document& each) {
    std::string wanted = text_of(each);
    if (term.ignores_case) wanted = ascii::lower(wanted);
    switch (term.compare) {
      case Compare::contains:
        return value.find(wanted) != value.npos;
      case Compare::starts_with:
        return value.starts_with(wanted);
      case Compare::ends_with:
        return value.ends_with(wanted);
      case Compare::equals:
      case Compare::in:
        break;
    }
    return value == wanted;
  });
  return any != term.negated;
}

bool matches(const ResourceQuery::Where& where, const Document& row) {
  bool alternative = true;
  for (const ResourceQuery::Term& term : where.terms) {
    if (term.starts_alternative) {
      if (alternative) return true;
      alternative = true;
    }
    alternative = alternative && matches(term, row);
  }
  return alternative;
}

Document projected(const ResourceQuery::Project& project, const Document& row) {
  Document result = Document::object();
  for (const ResourceQuery::Column& column : project.columns)
    result.set(column.name, value_at(row, column.path));
  return result;
}

/// Sorting at every few rows would be slow for a small page.
constexpr std::size_t min_buffer = 256;
/// No table has more, whatever page is asked for.
constexpr std::size_t most_rows = std::size_t{1} << 30;

/// Below 0, 0 or above: numbers by their value and before all else, the rest as texts.
int compare(const Document& a, const Document& b) {
  if (a.is_number() && b.is_number()) {
    const double left = std::strtod(a.as_number().text.c_str(), nullptr);
    const double right = std::strtod(b.as_number().text.c_str(), nullptr);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (a.is_number() != b.is_number()) return a.is_number() ? -1 : 1;
  return text_of(a).compare(text_of(b));
}

bool comes_before(const ResourceQuery::Order& order, const Document& a, const Document& b) {
  for (const ResourceQuery::Key& key : order.keys) {
    const int order_of_two = compare(value_at(a, key.path), value_at(b, key.path));
    if (order_of_two != 0) return key.descending ? order_of_two > 0 : order_of_two < 0;
  }
  return false;
}

}  // namespace

std::variant<ResourceQuery, QueryProblem> ResourceQuery::parse(std::string_view text) try {
  if (text.size() > max_text)
    return QueryProblem{"the query is longer than " + std::to_string(max_text) + " bytes",
                        max_text};
  Lexer lexer(text);
  if (!lexer.skip("resources"))
    lexer.fail("expected the table 'resources', the only one that the emulator has,");
  ResourceQuery query;
  while (lexer.skip("|")) {
    if (query.steps_.size() == max_steps)
      lexer.fail("more than " + std::to_string(max_steps) + " operators");
    query.steps_.push_back(read_step(lexer));
  }
  if (lexer.token().kind != Token::Kind::end) lexer.fail("expected '|'");
  return query;
} catch (const QueryProblem& problem) {
  return problem;
}

QueryRun::QueryRun(const ResourceQuery& query, std::size_t start, std::size_t most)
    : query_(query), start_(start), most_(most), states_(query.steps().size()) {
  // From the end: what is asked of an order by what follows it.
  std::size_t window = std::min(start, most_rows) + most;
  bool known = true;
  for (std::size_t i = states_.size(); i-- > 0;) {
    const ResourceQuery::Step& step = query.steps()[i];
    if (const auto* limit = std::get_if<ResourceQuery::Limit>(&step))
      window = std::min(window, limit->count);
    else if (std::holds_alternative<ResourceQuery::Order>(step))
      states_[i].window = std::exchange(known, false) ? std::max<std::size_t>(window, 1) : 0;
    else if (!std::holds_alternative<ResourceQuery::Project>(step))
      known = false;
  }
}

void QueryRun::sort(const ResourceQuery::Order& order, State& state) const {
  std::stable_sort(state.rows.begin(), state.rows.end(),
                   [&](const Document& a, const Document& b) { return comes_before(order, a, b); });
  if (state.window && state.rows.size() > state.window) state.rows.resize(state.window);
}

void QueryRun::pass(std::size_t step, Document row) {
  for (; step < states_.size(); ++step) {
    const ResourceQuery::Step& what = query_.steps()[step];
    State& state = states_[step];
    if (const auto* where = std::get_if<ResourceQuery::Where>(&what)) {
      if (!matches(*where, row)) return;
    } else if (const auto* project = std::get_if<ResourceQuery::Project>(&what)) {
      row = projected(*project, row);
    } else if (const auto* order = std::get_if<ResourceQuery::Order>(&what)) {
      ++state.seen;
      state.rows.push_back(std::move(row));
      if (state.window && state.rows.size() >= 2 * state.window + min_buffer) sort(*order, state);
      return;
    } else if (const auto* limit = std::get_if<ResourceQuery::Limit>(&what)) {
      if (state.seen == limit->count) return;
      ++state.seen;
    } else {
      ++state.seen;
      return;
    }
  }
  if (result_.total++ >= start_ && result_.page.size() < most_)
    result_.page.push_back(std::move(row));
}

QueryRun::Result QueryRun::finish() && {
  for (std::size_t step = 0; step < states_.size(); ++step) {
    const ResourceQuery::Step& what = query_.steps()[step];
    State& state = states_[step];
    if (const auto* order = std::get_if<ResourceQuery::Order>(&what)) {
      sort(*order, state);
      const std::size_t left_out = state.seen - state.rows.size();
      for (Document& row : std::exchange(state.rows, {})) pass(step + 1, std::move(row));
      // They would have come after the page; only limits stand between.
      std::size_t more = left_out;
      for (std::size_t i = step + 1; i < states_.size(); ++i)
        if (const auto* limit = std::get_if<ResourceQuery::Limit>(&query_.steps()[i]))
          more = std::min(more, limit->count - states_[i].seen);
      result_.total += more;
    } else if (std::holds_alternative<ResourceQuery::Count>(what)) {
      const auto count = static_cast<std::int64_t>(state.seen);
      pass(step + 1, Document::object({{"Count", count}}));
    }
  }
  return std::move(result_);
}

}  // namespace akv::emulator
