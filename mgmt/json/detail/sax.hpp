/// RapidJSON's reader as this library uses it: iterative, in place on a copy, numbers as text.
/// Only the readers' .cpp files include this.
#pragma once
#include "akv/mgmt/json/detail/text.hpp"
#include "akv/mgmt/json/limits.hpp"

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace akv::json::detail {

/// Where the reader stands. RapidJSON does not say, but skips blanks around every token, which is
/// where TokenStream below looks.
struct Token {
  std::size_t begin = 0;     ///< Of the token that is read next or now.
  bool value_ended = false;  ///< Set by a handler to learn where the value ends that it just took.
  std::size_t value_end = 0;
  std::string huge{};  ///< The number that zeros stand for, or empty.
};

/// How many zeros must follow the text that a TokenStream reads.
constexpr std::size_t bytes_behind = 8;

/// The first byte from `at` on that a JSON string cannot hold as it is: `"`, `\` or a control
/// character. Looks at eight bytes at a time; there must be such a byte, and eight to read.
inline char* skip_plain(char* at) {
  constexpr std::uint64_t ones = 0x0101010101010101;
  constexpr std::uint64_t tops = 0x8080808080808080;
  for (;; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    // A byte below n borrows from its own top bit when n is taken away; the lowest one that does is
    // the first (a borrow goes upwards).
    const std::uint64_t found =
        ((word - ones * 0x20) | (quote - ones) | (backslash - ones)) & ~word & tops;
    if (found == 0) continue;
    if constexpr (std::endian::native == std::endian::little)
      return at + std::countr_zero(found) / 8;
    while (static_cast<unsigned char>(*at) >= 0x20 && *at != '"' && *at != '\\') ++at;
    return at;
  }
}

/// RapidJSON's stream for parsing in place, which also keeps a Token up to date.
struct TokenStream : rapidjson::InsituStringStream {
  TokenStream(char* text, Token& at) : rapidjson::InsituStringStream(text), token(&at) {}

  /// Called where a string or a number begins. RapidJSON copies each byte of a string onto itself
  /// until there is something to unescape; this steps over them.
  char* PutBegin() {
    char* const begin = src_;
    if (begin != head_ && begin[-1] == '"') src_ = skip_plain(begin);
    dst_ = src_;
    return begin;
  }

  Token* token;  // outlives the parse
};

/// RapidJSON refuses a number beyond a double even where it is only asked for its text: such a
/// number is set aside, and zeros of the same length stand in for it.
void hide_if_huge(char* number, Token& token);

/// Found by RapidJSON's reader in place of its own.
inline void SkipWhitespace(TokenStream& stream) {
  if (stream.token->value_ended) {
    stream.token->value_end = stream.Tell();
    stream.token->value_ended = false;
  }
  while (*stream.src_ == ' ' || *stream.src_ == '\n' || *stream.src_ == '\r' ||
         *stream.src_ == '\t')
    ++stream.src_;
  stream.token->begin = stream.Tell();
  if (const char c = *stream.src_; c == '-' || (c >= '0' && c <= '9'))
    hide_if_huge(stream.src_, *stream.token);
}

}  // namespace akv::json::detail

template <>
struct rapidjson::StreamTraits<akv::json::detail::TokenStream> {
  enum { copyOptimization = 1 };
};

namespace akv::json::detail {

/// Reads one JSON text and reports to `Handler`:
///
///     void null(); void boolean(bool); void number(std::string_view); void
///     string(std::string_view); void key(std::string_view); void begin_object(); void
///     end_object(std::size_t members); void begin_array(); void end_array(std::size_t elements);
///     std::string path() const;          // the place, for an error
///
/// A handler may throw, best through fail(), which adds the place. Keys and strings passed to it
/// live as long as the reader, numbers until it returns.
template <class Handler>
class SaxReader {
 public:
  explicit SaxReader(Handler& handler) : handler_(handler) {}

  void read(std::string_view text, const ParseLimits& limits) {
    depth_left_ = limits.depth;
    check(text, limits);
    buffer_.reserve(text.size() + bytes_behind);
    buffer_.assign(text).append(bytes_behind, '\0');
    TokenStream stream(buffer_.data(), token_);
    rapidjson::Reader reader;
    Events events{*this};
    constexpr unsigned flags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                               rapidjson::kParseNumbersAsStringsFlag;
    if (!reader.Parse<flags>(stream, events)) {
      const std::size_t at = reader.GetErrorOffset();
      throw_format(handler_.path(),
                   describe(reader.GetParseErrorCode(), at < text.size() ? text[at] : ' '), at);
    }
  }

  Token& token() { return token_; }
  [[noreturn]] void fail(std::string_view what) const {
    throw_format(handler_.path(), what, token_.begin);
  }

 private:
  struct Events {
    SaxReader& self;
    using Size = rapidjson::SizeType;

    bool Null() { return self.handler_.null(), true; }
    bool Bool(bool value) { return self.handler_.boolean(value), true; }
    bool RawNumber(const char* text, Size size, bool) { return self.number({text, size}), true; }
    bool String(const char* text, Size size, bool) {
      self.check_surrogates({text, size});
      return self.handler_.string({text, size}), true;
    }
    bool Key(const char* text, Size size, bool) {
      self.check_surrogates({text, size});
      return self.handler_.key({text, size}), true;
    }
    bool StartObject() { return self.descend(), self.handler_.begin_object(), true; }
    bool StartArray() { return self.descend(), self.handler_.begin_array(), true; }
    bool EndObject(Size count) { return ++self.depth_left_, self.handler_.end_object(count), true; }
    bool EndArray(Size count) { return ++self.depth_left_, self.handler_.end_array(count), true; }
    // Numbers come as text; the reader's template names these all the same.
    bool Int(int) { return false; }
    bool Uint(unsigned) { return false; }
    bool Int64(std::int64_t) { return false; }
    bool Uint64(std::uint64_t) { return false; }
    bool Double(double) { return false; }
  };

  void check(std::string_view text, const ParseLimits& limits) {
    if (text.size() > limits.bytes)
      throw_format("$", "the text is longer than " + std::to_string(limits.bytes) + " bytes",
                   limits.bytes);
    const std::size_t valid = valid_length(text);
    if (valid != text.size())
      throw_format("$", text[valid] == '\0' ? "a NUL byte" : "not valid UTF-8", valid);
    escapes_ = text.find("\\u") != std::string_view::npos;
  }

  void number(std::string_view text) {
    handler_.number(token_.huge.empty() ? text : token_.huge);
    token_.huge.clear();
  }

  // RapidJSON takes a low surrogate alone (`\udc00`) and writes it as three bytes that are not
  // UTF-8. The text itself was checked, so such bytes come from an escape.
  void check_surrogates(std::string_view text) const {
    if (!escapes_) return;
    for (auto at = text.find('\xed'); at != std::string_view::npos; at = text.find('\xed', at + 1))
      if (static_cast<unsigned char>(text[at + 1]) > 0x9f) fail("half of a surrogate pair");
  }

  void descend() {
    if (depth_left_ == 0) fail("nested too deeply");
    --depth_left_;
  }

  static std::string describe(rapidjson::ParseErrorCode code, char at) {
    if (static_cast<unsigned char>(at) < 0x20 &&
        (code == rapidjson::kParseErrorStringEscapeInvalid ||
         code == rapidjson::kParseErrorStringInvalidEncoding))
      return "a control character in a string must be escaped";
    std::string text = rapidjson::GetParseError_En(code);
    if (text.ends_with('.')) text.pop_back();
    if (text.front() >= 'A' && text.front() <= 'Z')
      text.front() = static_cast<char>(text.front() + 32);
    return text;
  }

  Handler& handler_;  // outlives the reader: both live in the function that reads
  std::string buffer_;
  Token token_;
  std::size_t depth_left_ = 0;
  bool escapes_ = false;
};

}  // namespace akv::json::detail
