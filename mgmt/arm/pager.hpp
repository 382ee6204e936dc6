/// A list of the service, fetched page by page while it is read.
#pragma once
#include "akv/mgmt/arm/answer.hpp"
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/json/type_info.hpp"
#include "akv/mgmt/json/values.hpp"

#include <chrono>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv {
namespace arm {

/// The wire form of a page.
template <class T>
struct ListResult {
  List<T> value = absent;
  Field<std::string> next_link{};
  static std::span<const json::FieldInfo> json_fields() {
    static constexpr json::FieldInfo list[] = {json::field<&ListResult::value>("value"),
                                               json::field<&ListResult::next_link>("nextLink")};
    return list;
  }
};

/// Keeps a walk over the pages of a list within bounds. Belongs to one thread.
class PageWalk {
 public:
  PageWalk(const ArmClient& client, std::string operation, CallOptions options);
  /// For the request of the next page: the call's deadline is the budget of each page anew.
  const CallOptions& begin_page();
  /// Counts a page. `asked` and `next` are the link or token of this page and of the next one
  /// (empty at the end). Throws FormatError where both are the same, where the links go round in a
  /// circle, and at the end of patience: after 1,000 empty pages in a row, or a million pages.
  /// `target` is named then.
  void end_page(std::string_view asked, std::string_view next, bool page_was_empty,
                std::string_view target);

 private:
  [[noreturn]] void endless(const std::string& reason, std::string_view target) const;

  std::string operation_;
  CallOptions options_;
  std::optional<std::chrono::steady_clock::duration> page_budget_;
  int empty_pages_ = 0;
  int pages_ = 0;
  std::string landmark_;  // the link to an earlier page
};

/// How a list begins, for PageSource.
struct Listing {
  std::string operation;    ///< For messages: `Vaults.list_by_subscription`.
  std::string target;       ///< The id of the scope that is listed.
  std::string first_url;    ///< Absolute, with its query.
  std::string api_version;  ///< Added to a link that names none.
  CallOptions options{};    ///< Its deadline is the budget of each page anew.
};

/// Fetches the answers that hold the pages, one after the other. The part of Pager that does not
/// depend on the item. Belongs to one thread.
class PageSource {
 public:
  PageSource(ArmClient client, Listing listing);
  /// False when the last page was fetched (or the token said so).
  bool more() const { return !next_.empty(); }
  http::Response fetch();
  /// Takes the link of the page that was fetched last. Throws FormatError for one that was fetched
  /// just before, or at the end of patience with pages that hold nothing.
  void follow(const std::string& next_link, bool page_was_empty);
  void start_at(std::string continuation_token) { next_ = std::move(continuation_token); }
  const std::string& next() const { return next_; }
  const Listing& listing() const { return listing_; }

 private:
  ArmClient client_;
  Listing listing_;
  PageWalk walk_;
  std::string next_;
};

}  // namespace arm

/// One answer of a list.
template <class T>
struct Page {
  std::vector<T> items;
  /// What comes after this page: pass it to Pager::start_at. Empty at the end.
  std::string continuation_token;
};

/// An input range over all items of a list. Fetches a page when it is needed, follows `nextLink` as
/// given, and only on the client's own origin. Shares ownership of the client's core and may
/// outlive the client. Belongs to one thread. Can be walked once; the first request is sent by
/// begin().
///
/// Reading on throws what any request throws; the walk can then be taken up again with begin() or
/// pages(), at the page that failed. A deadline in the call's options is the time for each page.
template <class T>
class Pager {
  struct State;

 public:
  explicit Pager(arm::PageSource source) : state_(std::make_unique<State>(std::move(source))) {}

  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = T*;
    using reference = T&;

    iterator() = default;
    /// Valid until the iterator moves on; may be moved from.
    T& operator*() const { return state_->page.items[state_->at]; }
    T* operator->() const { return &**this; }
    iterator& operator++() {
      ++state_->at;
      state_->settle();
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const iterator& i, std::default_sentinel_t) {
      return i.state_ == nullptr || i.state_->at_end();
    }

   private:
    friend class Pager;
    explicit iterator(State* state) : state_(state) {}
    State* state_ = nullptr;  // owned by the Pager, which outlives its iterators
  };

  /// The next item that was not read yet; fetches until there is one.
  iterator begin() {
    state_->settle();
    return iterator(state_.get());
  }
  std::default_sentinel_t end() const { return {}; }

  /// The same list as whole pages: `for (Page<Vault>& page : pager.pages())`. Empty ones included.
  class Pages {
   public:
    class iterator {
     public:
      using iterator_category = std::input_iterator_tag;
      using iterator_concept = std::input_iterator_tag;
      using value_type = Page<T>;
      using difference_type = std::ptrdiff_t;
      using pointer = Page<T>*;
      using reference = Page<T>&;

      iterator() = default;
      Page<T>& operator*() const { return state_->page; }
      Page<T>* operator->() const { return &**this; }
      iterator& operator++() {
        if (state_->source.more())
          state_->fetch();
        else
          state_ = nullptr;
        return *this;
      }
      void operator++(int) { ++*this; }
      friend bool operator==(const iterator& i, std::default_sentinel_t) {
        return i.state_ == nullptr;
      }

     private:
      friend class Pages;
      explicit iterator(State* state) : state_(state) { ++*this; }
      State* state_ = nullptr;  // owned by the Pager, which outlives its iterators
    };
    iterator begin() { return iterator(state_); }
    std::default_sentinel_t end() const { return {}; }

   private:
    friend class Pager;
    explicit Pages(State* state) : state_(state) {}
    State* state_;  // owned by the Pager
  };
  /// The Pager must outlive the walk, so a temporary has no pages.
  Pages pages() & { return Pages(state_.get()); }
  Pages pages() && = delete;

  /// Where the next page will be fetched; empty at the end. Together with start_at() a list can be
  /// continued later or elsewhere.
  const std::string& continuation_token() const { return state_->source.next(); }
  /// Begins at that page instead of the first. Call it before begin() or pages(). Returns *this.
  Pager& start_at(std::string continuation_token) & {
    state_->source.start_at(std::move(continuation_token));
    return *this;
  }
  Pager&& start_at(std::string continuation_token) && {
    state_->source.start_at(std::move(continuation_token));
    return std::move(*this);
  }

  /// All items that are left, in one vector.
  std::vector<T> to_vector() {
    std::vector<T> all;
    for (T& item : *this) all.push_back(std::move(item));
    return all;
  }

 private:
  struct State {
    explicit State(arm::PageSource pages) : source(std::move(pages)) {}

    arm::PageSource source;
    Page<T> page{};
    std::size_t at = 0;

    bool at_end() const { return at >= page.items.size() && !source.more(); }
    void settle() {
      while (at >= page.items.size() && source.more()) fetch();
    }
    void fetch() {
      const http::Response answer = source.fetch();
      auto result = arm::decode<arm::ListResult<T>>(answer, source.listing().operation,
                                                    source.listing().target);
      page = {};
      at = 0;
      if (result.value) page.items = std::move(*result.value);
      source.follow(result.next_link.value_or({}), page.items.empty());
      page.continuation_token = source.next();
    }
  };
  std::unique_ptr<State> state_;  // iterators point into it, also after the Pager was moved
};

}  // namespace akv
