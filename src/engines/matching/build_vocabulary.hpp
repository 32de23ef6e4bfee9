// The names of a registry: tokens of each field text, classes of tokens that sound alike, and the ways to those that are near.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engines/matching/build.hpp"
#include "engines/matching/image.hpp"
#include "engines/matching/index.hpp"
#include "engines/matching/text_table.hpp"

namespace rcms::matching {

class Vocabulary {
 public:
  Vocabulary(TextTable const& fields, TextTable const& places, std::vector<Record> const& records,
             std::vector<Alias> const& aliases);

  /// The hash of the sound of one of the first three names of a field; 0 when it has fewer.
  std::uint64_t sound_hash(std::uint32_t field, std::size_t number) const { return field_sounds_[field][number]; }
  void prefetch(std::uint32_t field) const { __builtin_prefetch(&field_sounds_[field]); }
  std::uint64_t place_hash(std::uint32_t place) const { return place_hashes_[place]; }
  std::uint64_t given_tokens() const { return given_tokens_; }
  std::uint64_t surname_tokens() const { return surname_tokens_; }

  void write(ImageWriter& writer) const;

 private:
  void read_fields(TextTable const& fields);
  void count(std::vector<Record> const& records);
  void add_aliases(std::vector<Alias> const& aliases);
  void make_near();
  void make_skeletons();
  std::vector<TokenFacts> facts() const;

  TextTable tokens_;
  TextTable sounds_;
  std::vector<std::uint32_t> field_token_starts_{0}, field_tokens_;
  std::vector<std::uint32_t> token_given_counts_, token_surname_counts_, token_classes_;
  std::vector<std::uint32_t> class_given_counts_, class_surname_counts_, class_token_starts_, class_tokens_;
  std::vector<std::uint64_t> class_hashes_, place_hashes_;
  std::vector<std::array<std::uint64_t, 3>> field_sounds_;  ///< OPTIMIZATION: one walk to memory instead of four
  std::vector<std::uint32_t> near_starts_, near_classes_, skeleton_starts_, skeleton_tokens_;
  std::vector<AliasPair> aliases_;
  std::uint64_t given_tokens_ = 0;
  std::uint64_t surname_tokens_ = 0;
};

}  // namespace rcms::matching
