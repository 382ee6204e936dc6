/// What looks like a secret: a manifest has no place for one, and no message shows it.
#pragma once
#include <string>
#include <string_view>

namespace akv::manifest {

/// Whether a key of this name would hold a secret: `value`, `password`, `clientSecret`,
/// `connectionString`, … without case, `_` and `-`.
bool names_a_secret(std::string_view key);

/// Whether the text itself looks like one: what the redactor masks in it, a key in PEM form, a
/// client secret of Microsoft Entra ID, or 20 and more letters and digits in a row that mix upper
/// case, lower case and digits. A password that is a word cannot be told from text.
bool looks_like_secret(std::string_view text);

}  // namespace akv::manifest
