// Bytes to be hashed, made so that no two different lists of fields give the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "foundation/base/hash.hpp"

namespace rcms::ledger {

/// Each field is preceded by its length (8 bytes, most significant first); `domain` says what kind of thing is hashed.
class HashInput {
 public:
  explicit HashInput(std::string_view domain) { text(domain); }

  HashInput& text(std::string_view field) {
    add(field.size());
    input_.append(field);
    return *this;
  }
  HashInput& bytes(Bytes const& field) { return text(as_text(field)); }
  HashInput& number(std::int64_t field) {
    add(8);
    add(static_cast<std::uint64_t>(field));
    return *this;
  }
  Bytes digest() const { return sha256(input_); }

 private:
  void add(std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) input_ += static_cast<char>(number >> shift & 0xff);
  }

  std::string input_;
};

}  // namespace rcms::ledger
