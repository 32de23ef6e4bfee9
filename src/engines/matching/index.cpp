#include "engines/matching/index.hpp"

#include <algorithm>

namespace rcms::matching {

namespace {


/// Starts of `count` texts or lists in something of `size`: ascending, the last is the end.
bool are_starts(std::span<std::uint32_t const> starts, std::size_t count, std::size_t size) {
  return starts.size() == count + 1 && starts.back() == size && std::is_sorted(starts.begin(), starts.end());
}

bool are_below(std::span<std::uint32_t const> numbers, std::size_t end) {
  return std::all_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) { return number < end; });
}

}  // namespace

Index::Index(Image image) : image_(std::move(image)) {
  auto const numbers = [&](Section section, std::uint32_t number = 0) { return image_.section<std::uint32_t>(section, number); };
  auto const meta = image_.section<Meta>(Section::meta);
  static constexpr Meta nobody;
  meta_ = meta.size() == 1 ? meta.data() : &nobody;
  position_mask_ = meta_->id_bits >= 32 ? 0xFFFFFFFF : (std::uint32_t{1} << meta_->id_bits) - 1;
  records_ = image_.section<Record>(Section::records);
  ids_ = image_.section<std::uint64_t>(Section::ids);
  id_text_ = image_.section<char>(Section::id_text);
  field_token_starts_ = numbers(Section::field_token_starts);
  field_tokens_ = numbers(Section::field_tokens);
  field_text_starts_ = numbers(Section::field_text_starts);
  field_text_ = image_.section<char>(Section::field_text);
  token_text_starts_ = numbers(Section::token_text_starts);
  token_text_ = image_.section<char>(Section::token_text);
  token_given_counts_ = numbers(Section::token_given_counts);
  token_surname_counts_ = numbers(Section::token_surname_counts);
  token_facts_ = image_.section<TokenFacts>(Section::token_facts);
  class_text_starts_ = numbers(Section::class_text_starts);
  class_text_ = image_.section<char>(Section::class_text);
  class_given_counts_ = numbers(Section::class_given_counts);
  class_surname_counts_ = numbers(Section::class_surname_counts);
  class_token_starts_ = numbers(Section::class_token_starts);
  class_tokens_ = numbers(Section::class_tokens);
  near_starts_ = numbers(Section::near_starts);
  near_classes_ = numbers(Section::near_classes);
  skeleton_starts_ = numbers(Section::skeleton_starts);
  skeleton_tokens_ = numbers(Section::skeleton_tokens);
  aliases_ = image_.section<AliasPair>(Section::aliases);
  place_text_starts_ = numbers(Section::place_text_starts);
  place_text_ = image_.section<char>(Section::place_text);
  place_counts_ = numbers(Section::place_counts);
  year_counts_ = image_.section<YearCounts>(Section::year_counts);
  for (std::uint32_t key = 0; key < keys_count; ++key) {
    key_starts_[key] = numbers(Section::key_starts, key);
    key_entries_[key] = numbers(Section::key_entries, key);
  }
}

// The checksums have shown that the image is as it was written; this shows that it was written as an index. What grows with
// the persons (records, entries of keys) is not read through here.
bool Index::fits() const {
  auto const persons = meta_->persons;
  auto const fields = field_text_starts_.empty() ? 0 : field_text_starts_.size() - 1;
  auto const tokens = token_facts_.size();
  auto const classes = class_given_counts_.size();
  bool fit = records_.size() == persons && ids_.size() == persons && meta_->id_bits <= 32 &&
             (meta_->id_bits == 32 || persons <= (std::uint64_t{1} << meta_->id_bits));
  fit = fit && fields > 0 && are_starts(field_text_starts_, fields, field_text_.size()) &&
        are_starts(field_token_starts_, fields, field_tokens_.size()) && are_below(field_tokens_, tokens);
  fit = fit && are_starts(token_text_starts_, tokens, token_text_.size()) && token_given_counts_.size() == tokens &&
        token_surname_counts_.size() == tokens;
  for (auto const& facts : token_facts_) fit = fit && facts.sound_class < classes;
  fit = fit && are_starts(class_text_starts_, classes, class_text_.size()) && class_surname_counts_.size() == classes &&
        are_starts(class_token_starts_, classes, class_tokens_.size()) && are_below(class_tokens_, tokens);
  fit = fit && !near_starts_.empty() && are_starts(near_starts_, near_starts_.size() - 1, near_classes_.size()) &&
        are_below(near_classes_, classes);
  fit = fit && !skeleton_starts_.empty() && are_starts(skeleton_starts_, skeleton_starts_.size() - 1, skeleton_tokens_.size()) &&
        are_below(skeleton_tokens_, tokens);
  fit = fit && !place_counts_.empty() && are_starts(place_text_starts_, place_counts_.size(), place_text_.size()) &&
        year_counts_.size() == years_count;
  for (auto const& alias : aliases_) fit = fit && alias.from < tokens && alias.to < tokens;
  for (std::size_t key = 0; key < keys_count; ++key)
    fit = fit && !key_starts_[key].empty() && are_starts(key_starts_[key], key_starts_[key].size() - 1, key_entries_[key].size());
  return fit;
}

Result<Index> Index::open(std::filesystem::path const& path) {
  auto image = Image::open(path);
  if (!image) return tl::unexpected(image.error());
  Index index(std::move(*image));
  if (!index.fits()) return refuse(Why::does_not_verify, path.string(), path.string() + " is not an index; build it again");
  return index;
}

std::string Index::id(std::uint32_t position) const {
  auto const value = ids_[position];
  if ((value & id_in_text) == 0) return unpacked(value);
  auto const start = static_cast<std::size_t>(value & ~id_in_text);
  if (start >= id_text_.size()) return {};
  auto const rest = id_text_.subspan(start);
  return {rest.begin(), std::find(rest.begin(), rest.end(), '\0')};
}

std::span<AliasPair const> Index::aliases(std::uint32_t token) const {
  auto const [first, last] =
      std::equal_range(aliases_.begin(), aliases_.end(), AliasPair{token, 0},
                       [](AliasPair const& left, AliasPair const& right) { return left.from < right.from; });
  return aliases_.subspan(static_cast<std::size_t>(first - aliases_.begin()), static_cast<std::size_t>(last - first));
}

std::uint64_t Index::bytes_of_keys() const {
  std::uint64_t bytes = 0;
  for (std::size_t key = 0; key < keys_count; ++key) bytes += key_starts_[key].size_bytes() + key_entries_[key].size_bytes();
  return bytes;
}

}  // namespace rcms::matching
