#include "akv/mgmt/json/detail/sax.hpp"

namespace akv::json::detail {

void hide_if_huge(char* number, Token& token) {
  // Up to here RapidJSON follows, as long as there is no exponent: the largest double has 309
  // digits.
  constexpr std::size_t digits_that_fit = 300;
  std::size_t size = 0;
  bool exponent = false;
  for (;; ++size) {
    const char c = number[size];
    if (c == 'e' || c == 'E')
      exponent = true;
    else if ((c < '0' || c > '9') && c != '+' && c != '-' && c != '.')
      break;
  }
  if ((!exponent && size <= digits_that_fit) || !is_number({number, size})) return;
  token.huge.assign(number, size);
  std::memset(number, '0', size);
  number[1] = '.';
}

}  // namespace akv::json::detail
