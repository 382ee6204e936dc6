#include "akv/emulator/paging.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace akv::emulator {
namespace {

std::size_t page_limit(const Call& call) {
  const auto page = static_cast<std::size_t>(std::max(call.options.page_size, 1));
  const auto top = http::query_parameter(call.url.query, "$top");
  if (!top) return page;
  std::uint32_t number = 0;
  const char* end = top->data() + top->size();
  const auto result = std::from_chars(top->data(), end, number);
  if (result.ec != std::errc{} || result.ptr != end || number == 0) throw errors::invalid_top(*top);
  return std::min(page, static_cast<std::size_t>(number));
}

/// The request's own URL with another token: $top, $filter and api-version stay.
std::string next_link(const Call& call, std::string_view token_name, std::string_view key) {
  std::string link = call.origin() + call.url.path + "?";
  std::string_view query = call.url.query;
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), part.size() + 1));
    if (http::query_parameter(part, "$skiptoken")) continue;
    // Clients escape the dollar sign as they please.
    if (token_name == literal_token && ascii::starts_with(part, "%24"))
      link += "$" + std::string(part.substr(3));
    else
      link += part;
    link += '&';
  }
  link += token_name;
  link += '=';
  return link + base64url(key);
}

}  // namespace

Page::Page(const Call& call, LastPage last, std::string_view token_name)
    : call_(call), last_(last), token_name_(token_name), limit_(page_limit(call)) {
  if (const auto token = http::query_parameter(call.url.query, "$skiptoken")) {
    const auto key = base64url_decode(*token);
    if (!key || !is_clean_text(*key)) throw errors::invalid_skip_token();
    after_ = *key;
  }
}

bool Page::add(std::string_view key, std::string_view element) {
  if (!call_.list_action.empty() && !call_.access.may(call_.list_action, key)) return true;
  if (count_ == limit_) {
    more_ = true;
    return false;
  }
  if (count_++) text_ += ',';
  text_ += element;
  last_key_ = key;
  return last_ == LastPage::full || count_ < limit_;
}

http::Response Page::response() && {
  text_ += ']';
  if (last_ == LastPage::empty ? count_ > 0 : more_)
    text_ += ",\"nextLink\":" + json::Document(next_link(call_, token_name_, last_key_)).dump();
  text_ += '}';
  return answer(200, std::move(text_));
}

}  // namespace akv::emulator
