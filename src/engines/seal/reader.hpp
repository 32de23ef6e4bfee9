// Takes bytes off the front of a barcode's content, never more than there are.
#pragma once

#include "engines/seal/encoding.hpp"

namespace rcms::seal {

class Reader {
 public:
  explicit Reader(ByteSpan bytes) : bytes_(bytes) {}
  std::size_t left() const { return bytes_.size() - at_; }
  std::size_t at() const { return at_; }
  ByteSpan rest() const { return bytes_.subspan(at_); }

  /// Empty, and nothing is taken, when fewer are left.
  std::optional<ByteSpan> take(std::size_t count) {
    if (count > left()) return std::nullopt;
    auto part = bytes_.subspan(at_, count);
    at_ += count;
    return part;
  }
  /// A DER length and so many bytes; empty when either is wrong.
  std::optional<ByteSpan> take_sized() {
    auto const field = decode_length(rest());
    if (!field || field->length > left() - field->size) return std::nullopt;
    at_ += field->size;
    return take(field->length);
  }

 private:
  ByteSpan bytes_;
  std::size_t at_ = 0;
};

}  // namespace rcms::seal
