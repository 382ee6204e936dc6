/// The result of a query, page by page.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/arm/pager.hpp"
#include "akv/mgmt/resourcegraph/query.hpp"
#include "akv/mgmt/resourcegraph/query_response.hpp"

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace akv {

/// An input range over the pages of a query's result, in the format that the query asks for.
/// Fetches a page when it is needed. Shares ownership of the client's core and may outlive the
/// client. Belongs to one thread. Can be walked once; the first request is sent by begin().
///
///     for (const QueryResponse& page : client.resource_pages({.query = "Resources | project id"}))
///       for (const json::Document& row : page.rows()) …
///
/// Reading on throws what ResourceGraphClient::resources throws, and FormatError with the code
/// `TruncatedResult` where the query matches more rows than the service shows although there is no
/// further page: rows do not get lost in silence. A deadline in the call's options is the time for
/// each page.
class QueryPages {
  struct State;

 public:
  QueryPages(const arm::ArmClient& arm, QueryRequest query, std::string api_version,
             CallOptions options);
  QueryPages(QueryPages&&) noexcept;
  QueryPages& operator=(QueryPages&&) noexcept;
  ~QueryPages();

  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = QueryResponse;
    using difference_type = std::ptrdiff_t;
    using pointer = const QueryResponse*;
    using reference = const QueryResponse&;

    iterator() = default;
    /// Valid until the iterator moves on.
    const QueryResponse& operator*() const;
    const QueryResponse* operator->() const { return &**this; }
    iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& i, std::default_sentinel_t) {
      return i.state_ == nullptr;
    }

   private:
    friend class QueryPages;
    explicit iterator(State* state) : state_(state) {}
    State* state_ = nullptr;  // owned by the QueryPages, which outlive their iterators
  };

  /// Fetches the next page.
  iterator begin();
  std::default_sentinel_t end() const { return {}; }

  /// The `$skipToken` of the page that comes next; empty before the first one and at the end. Put
  /// it into QueryRequestOptions::skip_token to go on later or elsewhere.
  const std::string& continuation_token() const;

  /// The rows of all pages that are left, as objects.
  std::vector<json::Document> rows();

 private:
  std::unique_ptr<State> state_;  // iterators point into it, also after the range was moved
};

}  // namespace akv
