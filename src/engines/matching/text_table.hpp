// Texts that occur often, each kept once and numbered in the order of their first occurrence.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace rcms::matching {

class TextTable {
 public:
  /// The empty text has the number 0.
  TextTable() { number_of({}); }

  /// The number of a text; a new one when it has not been seen.
  std::uint32_t number_of(std::string_view text) { return number_of(text, hash(text)); }

  // For many texts at once, so that memory is asked for all of them before the first is compared: first `hash` and
  // `prefetch_slot` of each, then `prefetch_text`, then `number_of`.
  static std::uint32_t hash(std::string_view text);
  void prefetch_slot(std::uint32_t hash) const { __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]); }
  void prefetch_text(std::uint32_t hash) const;
  std::uint32_t number_of(std::string_view text, std::uint32_t hash);
  /// The number of a text, or `no_number`.
  std::uint32_t find(std::string_view text) const;

  std::uint32_t size() const { return static_cast<std::uint32_t>(starts_.size() - 1); }
  std::string_view text(std::uint32_t number) const {
    return {text_.data() + starts_[number], starts_[number + 1] - starts_[number]};
  }
  std::vector<std::uint32_t> const& starts() const { return starts_; }
  std::vector<char> const& all_text() const { return text_; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number_plus_one = 0;  ///< 0 is free
  };
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::vector<std::uint32_t> starts_{0};
  std::vector<char> text_;
};

}  // namespace rcms::matching
