/// JSON that a model carries without knowing it.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace akv::json {

class Document;

/// A member of any shape, as the text that was read: `Field<json::Raw> metadata`. Written back as
/// it is, so a text that is set by hand must be valid JSON.
struct Raw {
  std::string text = "null";

  static Raw from(const Document& value);
  Document parse() const;  ///< Throws FormatError if the text was set by hand and is no JSON.
};

/// The members of an object that its model does not know, in the order read. They are written back
/// behind the known ones, so that a newer service loses nothing to an older client. Costs one
/// pointer while there are none.
class Unknown {
 public:
  using Members = std::vector<std::pair<std::string, Raw>>;

  Unknown() = default;
  Unknown(Unknown&&) noexcept = default;
  Unknown& operator=(Unknown&&) noexcept = default;
  Unknown(const Unknown& other);
  Unknown& operator=(const Unknown& other);
  ~Unknown() = default;

  bool empty() const { return !members_ || members_->empty(); }
  std::size_t size() const { return members_ ? members_->size() : 0; }
  const Members::value_type* begin() const { return members_ ? members_->data() : nullptr; }
  const Members::value_type* end() const { return begin() + size(); }

  /// The member of that name, or nullptr. It lives until this object changes.
  const Raw* find(std::string_view name) const;
  /// Replaces the member of that name, or adds it at the end: to send what the model lacks.
  void set(std::string_view name, const Document& value);
  /// Adds a member and returns it; does not look for another of that name.
  Raw& add(std::string_view name);

 private:
  std::unique_ptr<Members> members_;
};

}  // namespace akv::json
