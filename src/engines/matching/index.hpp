// The index of a registry: immutable, read where it lies in memory, shared by any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "engines/matching/image.hpp"
#include "engines/matching/record.hpp"

namespace rcms::matching {

/// Set in a stored id: the rest is its place in the text of ids; else the id is packed in the number itself.
inline constexpr std::uint64_t id_in_text = std::uint64_t{1} << 63;

/// How often something stands in the registry.
struct Counts {
  std::uint32_t given = 0;
  std::uint32_t surname = 0;
};

struct Meta {
  std::uint32_t persons = 0;
  std::uint32_t id_bits = 0;  ///< of an entry of a key; the other bits are part of its hash
  std::uint64_t given_tokens = 0;    ///< all given names of all persons
  std::uint64_t surname_tokens = 0;
};

/// Two names that stand for each other: numbers of tokens, both directions are kept.
struct AliasPair {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// What tells two names apart without reading their letters.
struct TokenFacts {
  std::uint32_t sound_class = 0;
  std::uint32_t letters = 0;   ///< of the sound, one bit each
  std::uint32_t skeleton = 0;  ///< part of the hash of the skeleton, 0 for none
  std::uint8_t length = 0;
  std::uint8_t sound_length = 0;
  std::uint8_t first = 0;
  std::uint8_t is_unvowelled = 0;
};
static_assert(sizeof(TokenFacts) == 16);

struct YearCounts {
  std::uint32_t persons = 0;
  std::uint32_t new_years_day = 0;  ///< of these, born on 1 January
};

/// Opened from a file; see `Builder` for how it is made.
class Index {
 public:
  /// Refuses: as `Image::open`, and does_not_verify when the sections do not fit together.
  static Result<Index> open(std::filesystem::path const& path);

  Meta const& meta() const { return *meta_; }
  std::uint32_t persons() const { return meta_->persons; }
  std::uint64_t bytes() const { return image_.bytes(); }
  Record const& record(std::uint32_t position) const { return records_[position]; }
  std::string id(std::uint32_t position) const;

  /// Ask memory for a person who will be compared soon: first for the record, then for where its names begin, then for these.
  void prefetch_record(std::uint32_t position) const {
    auto const* const first = reinterpret_cast<char const*>(&records_[position]);
    __builtin_prefetch(first);
    __builtin_prefetch(first + sizeof(Record) - 1);
  }
  void prefetch_starts(std::uint32_t position) const {
    for (auto const field : fields_of(records_[position])) __builtin_prefetch(&field_token_starts_[field]);
  }
  void prefetch_names(std::uint32_t position) const {
    for (auto const field : fields_of(records_[position])) __builtin_prefetch(field_tokens_.data() + field_token_starts_[field]);
  }

  /// The tokens of a field text; empty for 0.
  std::span<std::uint32_t const> tokens(std::uint32_t field) const {
    return field_tokens_.subspan(field_token_starts_[field], field_token_starts_[field + 1] - field_token_starts_[field]);
  }
  /// As it stands in the registry.
  std::string_view field_text(std::uint32_t field) const { return text_at(field_text_starts_, field_text_, field); }

  std::uint32_t token_count() const { return static_cast<std::uint32_t>(token_facts_.size()); }
  std::string_view token_text(std::uint32_t token) const { return text_at(token_text_starts_, token_text_, token); }
  Counts token_counts(std::uint32_t token) const { return {token_given_counts_[token], token_surname_counts_[token]}; }
  /// The class of a token: all tokens that sound alike.
  std::uint32_t token_class(std::uint32_t token) const { return token_facts_[token].sound_class; }
  TokenFacts const& token_facts(std::uint32_t token) const { return token_facts_[token]; }

  std::uint32_t class_count() const { return static_cast<std::uint32_t>(class_given_counts_.size()); }
  std::string_view class_sound(std::uint32_t number) const { return text_at(class_text_starts_, class_text_, number); }
  Counts class_counts(std::uint32_t number) const { return {class_given_counts_[number], class_surname_counts_[number]}; }
  std::span<std::uint32_t const> class_tokens(std::uint32_t number) const {
    return class_tokens_.subspan(class_token_starts_[number], class_token_starts_[number + 1] - class_token_starts_[number]);
  }

  /// Classes of which a sound with one letter left out, or none, may have this hash.
  std::span<std::uint32_t const> near_classes(std::uint64_t hash) const { return bucket(near_starts_, near_classes_, hash); }
  /// Tokens whose skeleton may have this hash.
  std::span<std::uint32_t const> skeleton_tokens(std::uint64_t hash) const {
    return bucket(skeleton_starts_, skeleton_tokens_, hash);
  }
  std::span<AliasPair const> aliases(std::uint32_t token) const;

  std::uint32_t place_count() const { return static_cast<std::uint32_t>(place_counts_.size()); }
  std::string_view place_text(std::uint32_t place) const { return text_at(place_text_starts_, place_text_, place); }
  std::uint32_t persons_of_place(std::uint32_t place) const { return place_counts_[place]; }
  YearCounts year_counts(int year) const { return year_counts_[static_cast<std::size_t>(year - first_year)]; }

  /// Entries filed under a hash, with others that share its bucket; `position_of` tells which are meant.
  std::span<std::uint32_t const> entries(Key key, std::uint64_t hash) const {
    auto const at = static_cast<std::size_t>(key);
    return bucket(key_starts_[at], key_entries_[at], hash);
  }
  /// Ask memory for what `entries` will read, first for the bucket, then for what is in it.
  void prefetch_bucket(Key key, std::uint64_t hash) const {
    auto const& starts = key_starts_[static_cast<std::size_t>(key)];
    if (starts.size() > 1) __builtin_prefetch(&starts[((hash >> 32) * (starts.size() - 1)) >> 32]);
  }
  void prefetch_entries(Key key, std::uint64_t hash) const {
    auto const found = entries(key, hash);
    if (!found.empty()) __builtin_prefetch(found.data());
  }
  /// The part of a hash that an entry carries, in its place.
  std::uint32_t mark_of(std::uint64_t hash) const {
    return meta_->id_bits == 32 ? 0 : static_cast<std::uint32_t>(hash & 0xFFFFFFFF) >> meta_->id_bits << meta_->id_bits;
  }
  bool is_marked(std::uint32_t entry, std::uint32_t mark) const { return (entry & ~position_mask_) == mark; }
  std::uint32_t position_of(std::uint32_t entry) const { return entry & position_mask_; }

  /// Bytes of each group of sections, for the bench.
  std::uint64_t bytes_of_keys() const;

 private:
  explicit Index(Image image);
  bool fits() const;

  static std::array<std::uint32_t, 7> fields_of(Record const& record) {
    return {record.given,           record.surname1,     record.surname2,       record.father_given,
            record.father_surnames, record.mother_given, record.mother_surnames};
  }
  static std::string_view text_at(std::span<std::uint32_t const> starts, std::span<char const> text, std::uint32_t number) {
    return {text.data() + starts[number], starts[number + 1] - starts[number]};
  }
  static std::span<std::uint32_t const> bucket(std::span<std::uint32_t const> starts, std::span<std::uint32_t const> entries,
                                               std::uint64_t hash) {
    if (starts.size() < 2) return {};
    auto const number = static_cast<std::uint32_t>(((hash >> 32) * (starts.size() - 1)) >> 32);
    return entries.subspan(starts[number], starts[number + 1] - starts[number]);
  }

  Image image_;
  Meta const* meta_ = nullptr;
  std::uint32_t position_mask_ = 0;
  std::span<Record const> records_;
  std::span<std::uint64_t const> ids_;
  std::span<char const> id_text_;
  std::span<std::uint32_t const> field_token_starts_, field_tokens_, field_text_starts_;
  std::span<char const> field_text_;
  std::span<std::uint32_t const> token_text_starts_;
  std::span<char const> token_text_;
  std::span<std::uint32_t const> token_given_counts_, token_surname_counts_;
  std::span<TokenFacts const> token_facts_;
  std::span<std::uint32_t const> class_text_starts_;
  std::span<char const> class_text_;
  std::span<std::uint32_t const> class_given_counts_, class_surname_counts_, class_token_starts_, class_tokens_;
  std::span<std::uint32_t const> near_starts_, near_classes_, skeleton_starts_, skeleton_tokens_;
  std::span<AliasPair const> aliases_;
  std::span<std::uint32_t const> place_text_starts_;
  std::span<char const> place_text_;
  std::span<std::uint32_t const> place_counts_;
  std::span<YearCounts const> year_counts_;
  std::array<std::span<std::uint32_t const>, keys_count> key_starts_, key_entries_;
};

/// Which bucket of `buckets` a hash belongs to.
inline std::uint32_t bucket_of(std::uint64_t hash, std::uint64_t buckets) {
  return static_cast<std::uint32_t>(((hash >> 32) * buckets) >> 32);
}

/// Seeds that keep hashes of different things apart.
inline constexpr std::uint64_t sound_seed = 0x5011ULL;
inline constexpr std::uint64_t skeleton_seed = 0x5E1EULL;

}  // namespace rcms::matching
