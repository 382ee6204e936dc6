#include "akv/mgmt/arm/pager.hpp"

#include "akv/mgmt/core/redact.hpp"

#include <bit>

namespace akv::arm {
namespace {

// Filtered lists may come as some empty pages in a row; a service that never ends must not hold us.
constexpr int most_empty_pages = 1000;
// More than any list has, also at one item a page.
constexpr int most_pages = 1000000;

std::string with_api_version(const std::string& link, const std::string& api_version) {
  const auto url = http::Url::parse(link);
  if (!url || api_version.empty() || http::query_parameter(url->query, "api-version")) return link;
  return link + (url->query.empty() && !link.ends_with('?') ? '?' : '&') +
         "api-version=" + http::percent_encode(api_version);
}

}  // namespace

PageWalk::PageWalk(const ArmClient& client, std::string operation, CallOptions options)
    : operation_(std::move(operation)), options_(std::move(options)) {
  Context& context = options_.context;
  context = client.on_client_clock(context);
  page_budget_ = context.time_left();
}

const CallOptions& PageWalk::begin_page() {
  if (page_budget_) {
    Context& context = options_.context;
    context.deadline = context.clock->steady_now() + *page_budget_;
  }
  return options_;
}

void PageWalk::end_page(std::string_view asked, std::string_view next, bool page_was_empty,
                        std::string_view target) {
  if (!next.empty() && next == asked) endless("a page links to itself", target);
  if (!next.empty() && next == landmark_) endless("its pages go round in a circle", target);
  if (!next.empty() && ++pages_ >= most_pages)
    endless("it has more than " + std::to_string(most_pages) + " pages", target);
  // A circle comes back to any of its links, and each landmark stands twice as long as the last.
  if (std::has_single_bit(static_cast<unsigned>(pages_))) landmark_ = next;
  empty_pages_ = page_was_empty ? empty_pages_ + 1 : 0;
  if (!next.empty() && empty_pages_ > most_empty_pages)
    endless("more than " + std::to_string(most_empty_pages) + " pages in a row are empty", target);
}

void PageWalk::endless(const std::string& reason, std::string_view target) const {
  throw FormatError({.code = "EndlessList",
                     .message = "the service's list does not end: " + reason,
                     .target = std::string(target),
                     .operation = operation_});
}

PageSource::PageSource(ArmClient client, Listing listing)
    : client_(std::move(client)),
      listing_(std::move(listing)),
      walk_(client_, listing_.operation, listing_.options),
      next_(listing_.first_url) {}

http::Response PageSource::fetch() {
  http::Response answer =
      client_.send_to(http::Method::get, with_api_version(next_, listing_.api_version),
                      listing_.operation, walk_.begin_page());
  expect(answer, {200}, listing_.operation, listing_.target);
  return answer;
}

void PageSource::follow(const std::string& next_link, bool page_was_empty) {
  const std::string fetched = std::exchange(next_, next_link);
  walk_.end_page(fetched, next_, page_was_empty, redact::url(next_));
}

}  // namespace akv::arm
