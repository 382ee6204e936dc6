#include "akv/mgmt/core/redact.hpp"

#include "akv/mgmt/core/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace akv::redact {
namespace {

constexpr std::string_view shown_headers[] = {
    "accept",
    "accept-encoding",
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "expires",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-unmodified-since",
    "last-modified",
    "metadata",
    "pragma",
    "retry-after",
    "server",
    "traceparent",
    "transfer-encoding",
    "user-agent",
    "www-authenticate",
    "x-ms-arm-service-request-id",
    "x-ms-client-request-id",
    "x-ms-correlation-request-id",
    "x-ms-error-code",
    "x-ms-failure-cause",
    "x-ms-keyvault-service-version",
    "x-ms-request-id",
    "x-ms-return-client-request-id",
    "x-ms-routing-request-id",
};
constexpr std::string_view shown_header_prefix = "x-ms-ratelimit-remaining-";

constexpr std::string_view shown_parameters[] = {
    "$expand", "$filter", "$top", "api-version", "forceDeletionTypes", "resource",
};

// Names are compared without case, `_` and `-`: client_secret, clientSecret and client-secret are
// one. A name counts as secret when it ends like this, so that db_password is one too.
constexpr std::string_view secret_endings[] = {"accesskey", "accountkey", "assertion",
                                               "password",  "secret",     "token"};
constexpr std::string_view secret_names[] = {"authorization", "sig", "value"};

bool is_shown(const auto& list, std::string_view name) {
  return std::any_of(std::begin(list), std::end(list),
                     [&](std::string_view shown) { return ascii::equal(shown, name); });
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_name_char(char c) { return is_alphanumeric(c) || c == '_' || c == '-'; }
bool is_token_char(char c) {
  return is_name_char(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_quote(char c) { return c == '"' || c == '\''; }

bool is_secret_name(std::string_view name) {
  std::string plain = ascii::lower(name);
  plain.erase(
      std::remove_if(plain.begin(), plain.end(), [](char c) { return c == '_' || c == '-'; }),
      plain.end());
  return std::any_of(std::begin(secret_endings), std::end(secret_endings),
                     [&](std::string_view ending) { return plain.ends_with(ending); }) ||
         std::find(std::begin(secret_names), std::end(secret_names), plain) !=
             std::end(secret_names);
}

// What follows "Bearer" in plain English, where nothing needs masking.
bool is_ordinary_word(std::string_view word) {
  constexpr std::string_view words[] = {
      "auth",      "authentication", "authorization", "authorization_uri",
      "challenge", "error",          "realm",         "scheme",
      "token",     "tokens"};
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return is_shown(words, word.substr(0, word.find('=')));
}

/// One pass over the text from left to right: every step consumes what it looked at.
class TextRedactor {
 public:
  explicit TextRedactor(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size())
      if (is_name_char(text_[at_]))
        word();
      else
        copy_to(at_ + 1);
    return std::move(out_);
  }

 private:
  char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  template <class Test>
  std::size_t skip(std::size_t from, Test test) const {
    while (from < text_.size() && test(text_[from])) ++from;
    return from;
  }
  void copy_to(std::size_t end) {
    out_ += text_.substr(at_, end - at_);
    at_ = end;
  }
  void mask_to(std::size_t end) {
    out_ += mask;
    at_ = end;
  }

  void word() {
    const std::size_t end = skip(at_, is_name_char);
    const std::string_view name = text_.substr(at_, end - at_);
    if (name.starts_with("eyJ") && jwt()) return;
    copy_to(end);
    if (ascii::equal(name, "--claims-challenge") || ascii::equal(name, "-ClaimsChallenge"))
      claims();
    else if (ascii::equal(name, "bearer") || ascii::equal(name, "basic"))
      credential(ascii::equal(name, "basic") ? 8 : 1);
    else if (is_secret_name(name))
      value();
  }

  // The base64 of `{"`: the first part of a token, which a dot or sheer length tells from a word.
  bool jwt() {
    const std::size_t end = skip(at_, [](char c) { return is_name_char(c) || c == '.'; });
    const std::string_view run = text_.substr(at_, end - at_);
    if (run.size() < 20 && run.find('.') == std::string_view::npos) return false;
    mask_to(end);
    return true;
  }

  // What a person is told to run for a claims challenge is of no use masked. It starts as tokens
  // do, and those have dots.
  void claims() {
    const std::size_t end = skip(skip(at_, is_blank), is_token_char);
    if (text_.substr(at_, end - at_).find('.') == std::string_view::npos) copy_to(end);
  }

  void credential(std::size_t shortest) {
    const std::size_t begin = skip(at_, is_blank);
    const std::size_t end = skip(begin, is_token_char);
    if (begin == at_ || end - begin < shortest ||
        is_ordinary_word(text_.substr(begin, end - begin)))
      return;
    copy_to(begin);
    mask_to(end);
  }

  // Behind a secret's name: `": "…"` of JSON (also of JSON inside a JSON string, where the quotes
  // carry backslashes) or `=…` of a form or connection string.
  void value() {
    std::size_t begin = skip(at_, [](char c) { return c == '\\'; });
    const bool quoted = is_quote(peek(begin));
    if (quoted) ++begin;
    begin = skip(begin, is_blank);
    const char separator = peek(begin);
    if (separator != '=' && !(separator == ':' && quoted)) return;
    begin = skip(begin + 1, is_blank);
    copy_to(begin);
    const std::size_t open = skip(begin, [](char c) { return c == '\\'; });
    if (is_quote(peek(open))) {
      copy_to(open + 1);
      mask_to(end_of_string(open + 1, text_[open], open - begin));
    } else if (peek(begin) == '{' || peek(begin) == '[') {
      mask_to(end_of_brackets(begin));
    } else {
      const std::size_t end = skip(begin, [json = separator == ':'](char c) {
        return !is_blank(c) && !is_quote(c) && c != '&' && c != ';' &&
               !(json && (c == ',' || c == '}' || c == ']'));
      });
      if (end != begin) mask_to(end);
    }
  }

  // A quote with `level` backslashes opened the string. One with k closes it unless the quotes'
  // own backslashes, k / (level + 1), are odd in number: then it is part of the content.
  std::size_t end_of_string(std::size_t from, char quote, std::size_t level) const {
    std::size_t backslashes = 0;
    for (std::size_t i = from; i < text_.size(); ++i) {
      if (text_[i] == '\\') {
        ++backslashes;
        continue;
      }
      if (text_[i] == quote && backslashes / (level + 1) % 2 == 0)
        return i - std::min(backslashes, level);
      backslashes = 0;
    }
    return text_.size();
  }

  // To the bracket that closes the one at `from`; brackets inside strings do not count.
  std::size_t end_of_brackets(std::size_t from) const {
    std::size_t depth = 0;
    for (std::size_t i = from; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"')
        i = end_of_string(i + 1, c, i > from && text_[i - 1] == '\\' ? 1 : 0);
      else if (c == '{' || c == '[')
        ++depth;
      else if ((c == '}' || c == ']') && --depth == 0)
        return i + 1;
    }
    return text_.size();
  }

  std::string_view text_;  // the caller's, for the time of one call
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string_view header(std::string_view name, std::string_view value) {
  return is_shown(shown_headers, name) || ascii::starts_with(name, shown_header_prefix) ? value
                                                                                        : mask;
}

std::string url(std::string_view url) {
  // A fragment is never sent, and is where implicit sign-in puts its tokens.
  url = url.substr(0, url.find('#'));
  const std::size_t query = std::min(url.find('?'), url.size());

  std::string result;
  const std::string_view before = url.substr(0, query);
  const std::size_t slashes = before.find("//");
  if (slashes == 0 || (slashes != std::string_view::npos && before[slashes - 1] == ':')) {
    const std::size_t authority = slashes + 2;
    const std::size_t path = std::min(before.find('/', authority), before.size());
    const std::size_t at = before.substr(0, path).rfind('@');
    result = before.substr(0, authority);
    result += before.substr(at != std::string_view::npos && at >= authority ? at + 1 : authority);
  } else {
    result = before;
  }

  // `;` separates parameters for some servers; a secret behind one must not pass as a part of the
  // value before it.
  for (std::size_t begin = query; begin < url.size();) {
    const std::size_t end = std::min(url.find_first_of("&;", begin + 1), url.size());
    const std::string_view parameter = url.substr(begin, end - begin);
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos ||
        is_shown(shown_parameters, parameter.substr(1, equals - 1)))
      result += parameter;
    else
      result.append(parameter.substr(0, equals + 1)).append(mask);
    begin = end;
  }
  return result;
}

std::string text(std::string_view text) { return TextRedactor(text).run(); }

}  // namespace akv::redact
