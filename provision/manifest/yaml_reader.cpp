#include "akv/provision/manifest/yaml_reader.hpp"

#include "akv/provision/manifest/suggest.hpp"
#include "akv/provision/manifest/tree_builder.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>

namespace akv::manifest {
namespace {

/// The source as a stream that notices how far the parser reads ahead of what it has reported.
class WatchedSource : public std::streambuf {
 public:
  WatchedSource(std::string_view text, const TreeBuilder& builder) : builder_(builder) {
    // A get area is never written to; the interface predates const.
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }

 protected:
  std::streamsize xsgetn(char* out, std::streamsize wanted) override {
    const std::streamsize got = std::streambuf::xsgetn(out, wanted);
    if (builder_.events() != events_seen_) {
      events_seen_ = builder_.events();
      pending_ = brackets_ = 0;
    }
    pending_ += static_cast<std::size_t>(got);
    brackets_ += static_cast<std::size_t>(
        std::count_if(out, out + got, [](char c) { return c == '[' || c == '{'; }));
    if (pending_ > max_held_bytes || brackets_ > max_held_brackets)
      throw TreeBuilder::TooFarAhead();
    return got;
  }

 private:
  const TreeBuilder& builder_;
  std::size_t events_seen_ = 0, pending_ = 0, brackets_ = 0;
};

/// Whether the quoted scalar that begins at `at` ends in the text.
bool quote_is_closed(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != '\'') return true;
      ++at;  // '' is an apostrophe.
    }
  }
  return false;
}

std::string_view line_of(std::string_view text, std::size_t line) {
  std::size_t start = 0;
  for (; line > 1 && start != std::string_view::npos; --line) {
    start = text.find('\n', start);
    if (start != std::string_view::npos) ++start;
  }
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find('\n', start) - start);
}

/// What the parser's words mean to someone who writes manifests.
std::string syntax_hint(std::string_view message, std::string_view line) {
  const std::size_t indent = line.find_first_not_of(' ');
  if (indent != std::string_view::npos && line[indent] == '\t')
    return "indent with blanks, not with tabs";
  if (message == "illegal map value")
    return "a text with \": \" in it needs quotes; otherwise check the indentation";
  if (message.find("flow") != std::string_view::npos)
    return "check that every [ and { is closed and that commas stand between the items";
  if (message.find("end of map") != std::string_view::npos ||
      message.find("end of sequence") != std::string_view::npos ||
      message.find("block") != std::string_view::npos)
    return "check the indentation of this line and the one before";
  if (message.find("alias") != std::string_view::npos ||
      message.find("anchor") != std::string_view::npos)
    return "an alias needs an anchor of the same name before it";
  return "check quotes, colons and indentation";
}

void report_syntax(std::uint32_t file, std::string_view text, const YAML::Exception& e,
                   Diagnostics& diagnostics) {
  if (e.mark.is_null()) {
    diagnostics.error({file, 0, 0}, "syntax", "this is not valid YAML: " + e.msg);
    return;
  }
  const auto line = static_cast<std::uint32_t>(e.mark.line + 1);
  const auto column = static_cast<std::uint32_t>(e.mark.column + 1);
  diagnostics.error({file, line, column}, "syntax", "this is not valid YAML: " + e.msg,
                    syntax_hint(e.msg, line_of(text, line)));
}

void report_unclosed_quote(std::uint32_t file, std::string_view text, std::size_t at,
                           Diagnostics& diagnostics) {
  const std::string_view before = text.substr(0, at);
  const auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1);
  const auto column = static_cast<std::uint32_t>(at - (before.rfind('\n') + 1) + 1);
  diagnostics.error({file, line, column}, "unclosed-quote",
                    "the quote that opens here is never closed",
                    std::string("write the closing ") + text[at]);
}

}  // namespace

std::optional<Tree> read_yaml(std::uint32_t file, std::string_view text, Diagnostics& diagnostics,
                              std::uint64_t read_before) {
  TreeBuilder builder(file, text, diagnostics, read_before);
  WatchedSource source(text, builder);
  std::istream stream(&source);
  try {
    YAML::Parser parser(stream);
    const bool any = parser.HandleNextDocument(builder);
    // An unclosed quote swallows the rest of the file, so only the last one can be it.
    if (any && builder.last_quote() && !quote_is_closed(text, *builder.last_quote())) {
      report_unclosed_quote(file, text, *builder.last_quote(), diagnostics);
      return std::nullopt;
    }
    if (!any || builder.is_empty()) {
      diagnostics.error({file, 0, 0}, "empty-file", "the file has no content",
                        "a manifest begins with \"apiVersion: akv/v1\"");
      return std::nullopt;
    }
    builder.expect_end();
    parser.HandleNextDocument(builder);
  } catch (const TreeBuilder::Refused&) {
    return std::nullopt;
  } catch (const TreeBuilder::TooFarAhead&) {
    diagnostics.error(builder.last_place(), "too-large",
                      "one value after this place has more than " +
                          std::to_string(max_held_bytes >> 20U) + " MiB or " +
                          std::to_string(max_held_brackets) + " brackets",
                      "write large lists in block style, one item a line");
    return std::nullopt;
  } catch (const YAML::Exception& e) {
    if (const auto quote = builder.last_quote(); quote && !quote_is_closed(text, *quote))
      report_unclosed_quote(file, text, *quote, diagnostics);
    else
      report_syntax(file, text, e, diagnostics);
    return std::nullopt;
  }
  return builder.take();
}

}  // namespace akv::manifest
