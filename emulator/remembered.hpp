/// What the store was asked lately.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>

namespace akv::emulator {

/// The answers to one kind of question, kept until anything in the database changes: every request
/// asks for its subscription, its group and its caller's roles, a poller for one resource, and few
/// requests change them. For one thread at a time, like the Store that it is a part of.
template <typename Answer>
class Remembered {
 public:
  /// All are forgotten together when they are larger than this, by `size_of(answer)` and their
  /// questions.
  static constexpr std::size_t most_bytes = std::size_t{8} << 20;

  /// What `read()` says where the answer is not known as of this version of the database. The
  /// reference lives until the next call.
  template <typename Read, typename SizeOf>
  const Answer& at(std::int64_t version, const std::string& question, const Read& read,
                   const SizeOf& size_of) {
    if (version != version_ || bytes_ > most_bytes) {
      known_.clear();
      bytes_ = 0;
      version_ = version;
    }
    const auto found = known_.find(question);
    if (found != known_.end()) return found->second;
    Answer answer = read();
    bytes_ += sizeof(Answer) + question.size() + size_of(answer);
    return known_.emplace(question, std::move(answer)).first->second;
  }

  std::size_t bytes() const { return bytes_; }

 private:
  std::int64_t version_ = -1;
  std::size_t bytes_ = 0;
  std::unordered_map<std::string, Answer> known_;  // asked by name only, never walked
};

}  // namespace akv::emulator
