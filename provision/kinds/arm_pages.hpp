/// Reading ARM lists page by page, as documents.
#pragma once
#include "akv/mgmt/arm/client.hpp"
#include "akv/mgmt/json/document.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::kinds {

/// At most this many pages of one list are followed: 10 million vaults.
inline constexpr int max_pages = 10000;

/// GETs `path` and every page after it, handing each element of `value` to `sink` as it is read.
/// Throws AzureError: its family for a refusal, FormatError for an answer that is no page.
void read_pages(const arm::ArmClient& client, std::string_view path, std::string_view api_version,
                std::string_view operation, const Context& context,
                const std::function<void(json::Document)>& sink,
                const std::vector<std::pair<std::string, std::string>>& query = {});

/// What an answer of status 200 says, and a page of a list, whose elements go to `sink`. Throws
/// FormatError, code `UnreadableAnswer`, with the request's facts: which, and its id for a ticket.
json::Document document_in(const http::Response& response, std::string_view operation,
                           std::string_view target);
json::Document page_in(const http::Response& response, std::string_view operation,
                       std::string_view target, const std::function<void(json::Document)>& sink);

/// One object, or null where ARM says that it is absent. Throws AzureError for everything else that
/// is no answer.
json::Document read_object(const arm::ArmClient& client, std::string_view path,
                           std::string_view api_version, std::string_view operation,
                           const Context& context);

}  // namespace akv::kinds
