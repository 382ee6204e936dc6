#include "akv/provision/kinds/arm_pages.hpp"

namespace akv::kinds {
namespace {

template <class Parse>
auto parsed(const http::Response& response, std::string_view operation, std::string_view target,
            Parse parse) {
  try {
    return parse();
  } catch (const FormatError& e) {
    ErrorInfo info = e.info();
    info.code = "UnreadableAnswer";
    info.operation = operation;
    info.target = target;
    // A proxy's page has no id of the service's, but the request had one of ours.
    info.request_id = arm::error_info(response, operation, target).request_id;
    throw FormatError(std::move(info));
  }
}

}  // namespace

json::Document document_in(const http::Response& response, std::string_view operation,
                           std::string_view target) {
  return parsed(response, operation, target, [&] { return json::Document::parse(response.body); });
}

json::Document page_in(const http::Response& response, std::string_view operation,
                       std::string_view target, const std::function<void(json::Document)>& sink) {
  return parsed(response, operation, target, [&] {
    return json::parse_page(response.body,
                            [&sink](json::Document element) { sink(std::move(element)); });
  });
}

void read_pages(const arm::ArmClient& client, std::string_view path, std::string_view api_version,
                std::string_view operation, const Context& context,
                const std::function<void(json::Document)>& sink,
                const std::vector<std::pair<std::string, std::string>>& query) {
  const CallOptions options{.context = context};
  http::Response response =
      client.send(http::Method::get, path, query, {}, operation, api_version, options);
  for (int page = 1;; ++page) {
    if (response.status != 200) arm::throw_error(response, operation, path);
    const json::Document rest = page_in(response, operation, path, sink);
    const std::string next(rest["nextLink"].string_or());
    if (next.empty()) return;
    if (page == max_pages)
      throw FormatError({.message = "the list has more than 10,000 pages",
                         .target = std::string(path),
                         .operation = std::string(operation)});
    response = client.send_to(http::Method::get, next, operation, options);
  }
}

json::Document read_object(const arm::ArmClient& client, std::string_view path,
                           std::string_view api_version, std::string_view operation,
                           const Context& context) {
  const http::Response response = client.send(http::Method::get, path, {}, {}, operation,
                                              api_version, CallOptions{.context = context});
  if (response.status == 404) {
    const std::string code = arm::error_info(response, operation, path).code;
    if (code == "ResourceNotFound" || code == "ResourceGroupNotFound") return {};
  }
  if (response.status != 200) arm::throw_error(response, operation, path);
  return document_in(response, operation, path);
}

}  // namespace akv::kinds
