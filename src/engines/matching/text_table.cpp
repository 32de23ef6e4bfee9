#include "engines/matching/text_table.hpp"

#include <stdexcept>

#include "engines/matching/record.hpp"
#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {
constexpr std::size_t longest_text = 0xFFFF'0000;  // numbers of characters have 32 bits
}

std::size_t TextTable::slot_of(std::string_view text, std::uint32_t hash) const {
  auto const mask = slots_.size() - 1;
  for (auto at = hash & mask;; at = (at + 1) & mask) {
    auto const& slot = slots_[at];
    if (slot.number_plus_one == 0) return at;
    if (slot.hash == hash && this->text(slot.number_plus_one - 1) == text) return at;
  }
}

std::uint32_t TextTable::hash(std::string_view text) { return static_cast<std::uint32_t>(hash_of(text)); }

void TextTable::prefetch_text(std::uint32_t hash) const {
  auto const& slot = slots_[hash & (slots_.size() - 1)];
  if (slot.number_plus_one == 0) return;
  __builtin_prefetch(&starts_[slot.number_plus_one - 1]);
}

std::uint32_t TextTable::number_of(std::string_view text, std::uint32_t hash) {
  auto const at = slot_of(text, hash);
  if (slots_[at].number_plus_one != 0) return slots_[at].number_plus_one - 1;
  if (text_.size() + text.size() > longest_text) throw std::length_error("more than 4 GB of different names");
  text_.insert(text_.end(), text.begin(), text.end());
  starts_.push_back(static_cast<std::uint32_t>(text_.size()));
  slots_[at] = {hash, size()};
  auto const number = size() - 1;
  if (std::size_t{size()} * 2 > slots_.size()) grow();
  return number;
}

std::uint32_t TextTable::find(std::string_view text) const {
  auto const& slot = slots_[slot_of(text, hash(text))];
  return slot.number_plus_one == 0 ? no_number : slot.number_plus_one - 1;
}

void TextTable::grow() {
  std::vector<Slot> bigger(slots_.size() * 2);
  for (auto const& slot : slots_) {
    if (slot.number_plus_one == 0) continue;
    auto at = slot.hash & (bigger.size() - 1);
    while (bigger[at].number_plus_one != 0) at = (at + 1) & (bigger.size() - 1);
    bigger[at] = slot;
  }
  slots_ = std::move(bigger);
}

}  // namespace rcms::matching
