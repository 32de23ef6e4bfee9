// The little of DER that certificates need. Strict: definite, minimal lengths; nothing is read beyond its parent.
#pragma once

#include <optional>

#include "engines/seal/encoding.hpp"

namespace rcms::seal::der {

struct Value {
  std::uint8_t tag = 0;
  ByteSpan content;
  ByteSpan whole;  ///< with tag and length
};

class Walk {
 public:
  explicit Walk(ByteSpan bytes) : rest_(bytes) {}

  bool is_done() const { return rest_.empty(); }
  std::uint8_t tag() const { return rest_.empty() ? 0 : rest_[0]; }

  std::optional<Value> take() {
    if (rest_.size() < 2) return std::nullopt;
    auto const length = decode_length(rest_.subspan(1));
    if (!length || length->length > rest_.size() - 1 - length->size) return std::nullopt;
    auto const size = 1 + length->size + length->length;
    Value const value{rest_[0], rest_.subspan(1 + length->size, length->length), rest_.first(size)};
    rest_ = rest_.subspan(size);
    return value;
  }

  /// Empty, and nothing is taken, when something else comes.
  std::optional<Value> take(std::uint8_t wanted) { return tag() == wanted ? take() : std::nullopt; }

 private:
  ByteSpan rest_;
};

}  // namespace rcms::seal::der
