#include "akv/mgmt/resourcegraph/query_pages.hpp"

#include "akv/mgmt/resourcegraph/detail/send_query.hpp"

#include <utility>

namespace akv {

struct QueryPages::State {
  arm::ArmClient arm;
  QueryRequest query;
  std::string api_version;
  arm::PageWalk walk;
  QueryResponse page{};
  bool more = true;
  std::string next{};

  void fetch() {
    page = send_query(arm, query, api_version, walk.begin_page());
    const QueryRequestOptions asked = query.options.value_or({});
    next = page.skip_token.value_or({});
    more = !next.empty();
    walk.end_page(asked.skip_token.value_or({}), next, page.count == 0, resources_path);
    if (more)
      go_on();
    else if (!asked.skip_token && asked.skip.value_or(0) + page.count < page.total_records)
      refuse_to_end();
  }

  void go_on() {
    if (!query.options) query.options.emplace();
    query.options->skip_token = next;
    // It would override the place that the token holds, and read the same page again.
    query.options->skip.reset();
  }

  // Of a single page, of which alone the number of rows says something: on a longer walk resources
  // come and go.
  [[noreturn]] void refuse_to_end() const {
    throw FormatError(
        {.code = "TruncatedResult",
         .message = "the query matches " + std::to_string(page.total_records) +
                    " rows, but the service shows " + std::to_string(page.count) +
                    " and no way to read on: project id, so that the result has pages",
         .target = std::string(resources_path),
         .operation = resources_operation});
  }
};

QueryPages::QueryPages(const arm::ArmClient& arm, QueryRequest query, std::string api_version,
                       CallOptions options)
    : state_(std::make_unique<State>(
          State{arm, std::move(query), std::move(api_version),
                arm::PageWalk(arm, resources_operation, std::move(options))})) {}
QueryPages::QueryPages(QueryPages&&) noexcept = default;
QueryPages& QueryPages::operator=(QueryPages&&) noexcept = default;
QueryPages::~QueryPages() = default;

const QueryResponse& QueryPages::iterator::operator*() const { return state_->page; }

QueryPages::iterator& QueryPages::iterator::operator++() {
  if (state_->more)
    state_->fetch();
  else
    state_ = nullptr;
  return *this;
}

QueryPages::iterator QueryPages::begin() {
  iterator first(state_.get());
  return ++first;
}

const std::string& QueryPages::continuation_token() const { return state_->next; }

std::vector<json::Document> QueryPages::rows() {
  std::vector<json::Document> all;
  for (const QueryResponse& page : *this)
    for (json::Document& row : page.rows()) all.push_back(std::move(row));
  return all;
}

}  // namespace akv
