#include "akv/mgmt/arm/pager.hpp"

#include "akv/mgmt/core/redact.hpp"

namespace akv::arm {
namespace {

// Filtered lists may come as some empty pages in a row; a service that never ends must not hold us.
constexpr int most_empty_pages = 1000;
// Links may go round in a circle that no single page shows.
constexpr int most_pages = 10000;

std::string with_api_version(const std::string& link, const std::string& api_version) {
  const auto url = http::Url::parse(link);
  if (!url || api_version.empty() || http::query_parameter(url->query, "api-version")) return link;
  return link + (url->query.empty() && !link.ends_with('?') ? '?' : '&') +
         "api-version=" + http::percent_encode(api_version);
}

[[noreturn]] void endless(const Listing& listing, const std::string& link,
                          const std::string& reason) {
  throw FormatError({.code = "EndlessList",
                     .message = "the service's list does not end: " + reason,
                     .target = redact::url(link),
                     .operation = listing.operation});
}

}  // namespace

PageSource::PageSource(ArmClient client, Listing listing)
    : client_(std::move(client)), listing_(std::move(listing)), next_(listing_.first_url) {
  Context& context = listing_.options.context;
  context = client_.on_client_clock(context);
  if (context.deadline) page_budget_ = *context.deadline - context.clock->steady_now();
}

http::Response PageSource::fetch() {
  if (page_budget_) {
    Context& context = listing_.options.context;
    context.deadline = context.clock->steady_now() + *page_budget_;
  }
  http::Response answer =
      client_.send_to(http::Method::get, with_api_version(next_, listing_.api_version),
                      listing_.operation, listing_.options);
  expect(answer, {200}, listing_.operation, listing_.target);
  return answer;
}

void PageSource::follow(const std::string& next_link, bool page_was_empty) {
  const std::string fetched = std::exchange(next_, next_link);
  if (!next_.empty() && next_ == fetched) endless(listing_, next_, "a page links to itself");
  if (!next_.empty() && ++pages_ >= most_pages)
    endless(listing_, next_, "it has more than " + std::to_string(most_pages) + " pages");
  empty_pages_ = page_was_empty ? empty_pages_ + 1 : 0;
  if (!next_.empty() && empty_pages_ > most_empty_pages)
    endless(listing_, next_,
            "more than " + std::to_string(most_empty_pages) + " pages in a row are empty");
}

}  // namespace akv::arm
