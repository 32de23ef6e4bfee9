#include "engines/matching/build_vocabulary.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

struct Filed {
  std::uint64_t hash = 0;
  std::uint32_t number = 0;
};

/// Numbers in buckets by their hash, twice as many buckets as numbers, each number once in a bucket.
void put_in_buckets(std::vector<Filed> const& filed, std::vector<std::uint32_t>& starts, std::vector<std::uint32_t>& numbers) {
  auto const buckets = filed.size() / 2 + 1;
  starts.assign(buckets + 1, 0);
  for (auto const& one : filed) ++starts[bucket_of(one.hash, buckets) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  numbers.resize(filed.size());
  auto next = starts;
  for (auto const& one : filed) numbers[next[bucket_of(one.hash, buckets)]++] = one.number;
}

/// Token number 0 is the empty text of the table and stands for nothing.
constexpr std::uint32_t first_token = 1;

}  // namespace

Vocabulary::Vocabulary(TextTable const& fields, TextTable const& places, std::vector<Record> const& records,
                       std::vector<Alias> const& aliases) {
  read_fields(fields);
  count(records);
  place_hashes_.assign(places.size(), 0);
  for (std::uint32_t place = 1; place < places.size(); ++place) {
    auto const tokens = tokens_of(places.text(place), FieldKind::place);
    if (!tokens.empty()) place_hashes_[place] = hash_of(tokens.front(), sound_seed);
  }
  add_aliases(aliases);
  make_near();
  make_skeletons();
}

void Vocabulary::read_fields(TextTable const& fields) {
  token_classes_.push_back(0);
  for (std::uint32_t field = 0; field < fields.size(); ++field) {
    for (auto const& token : tokens_of(fields.text(field), FieldKind::surname)) {
      auto const number = tokens_.number_of(token);
      if (number == token_classes_.size()) token_classes_.push_back(sounds_.number_of(sound_of(token)));
      field_tokens_.push_back(number);
    }
    field_token_starts_.push_back(static_cast<std::uint32_t>(field_tokens_.size()));
  }
  class_hashes_.resize(sounds_.size());
  for (std::uint32_t number = 0; number < sounds_.size(); ++number)
    class_hashes_[number] = number == 0 ? 0 : hash_of(sounds_.text(number), sound_seed);
  field_sounds_.resize(fields.size());
  for (std::uint32_t field = 0; field < fields.size(); ++field) {
    auto const first = field_token_starts_[field];
    auto const count = std::min<std::uint32_t>(field_token_starts_[field + 1] - first, 3);
    for (std::uint32_t at = 0; at < count; ++at)
      field_sounds_[field][at] = class_hashes_[token_classes_[field_tokens_[first + at]]];
  }
}

void Vocabulary::count(std::vector<Record> const& records) {
  // First how often each text stands in each place, then the tokens of the texts.
  auto const fields = field_token_starts_.size() - 1;
  std::vector<std::uint32_t> givens(fields), surnames(fields);
  for (auto const& record : records) {
    ++givens[record.given];
    ++surnames[record.surname1];
    ++surnames[record.surname2];
  }
  token_given_counts_.assign(tokens_.size(), 0);
  token_surname_counts_.assign(tokens_.size(), 0);
  for (std::size_t field = 1; field < fields; ++field) {
    for (auto at = field_token_starts_[field]; at < field_token_starts_[field + 1]; ++at) {
      token_given_counts_[field_tokens_[at]] += givens[field];
      token_surname_counts_[field_tokens_[at]] += surnames[field];
      given_tokens_ += givens[field];
      surname_tokens_ += surnames[field];
    }
  }
  auto const classes = sounds_.size();
  class_given_counts_.assign(classes, 0);
  class_surname_counts_.assign(classes, 0);
  class_token_starts_.assign(classes + 1, 0);
  for (std::uint32_t token = first_token; token < tokens_.size(); ++token) {
    class_given_counts_[token_classes_[token]] += token_given_counts_[token];
    class_surname_counts_[token_classes_[token]] += token_surname_counts_[token];
    ++class_token_starts_[token_classes_[token] + 1];
  }
  std::partial_sum(class_token_starts_.begin(), class_token_starts_.end(), class_token_starts_.begin());
  class_tokens_.resize(tokens_.size() - first_token);
  auto next = class_token_starts_;
  for (std::uint32_t token = first_token; token < tokens_.size(); ++token) class_tokens_[next[token_classes_[token]]++] = token;
}

void Vocabulary::add_aliases(std::vector<Alias> const& aliases) {
  auto const add = [&](std::string const& from, std::string const& to) {
    auto const left = tokens_.find(from);
    auto const right = tokens_.find(to);
    if (left == no_number || right == no_number || left == right || left == 0 || right == 0) return;
    aliases_.push_back({left, right});
    aliases_.push_back({right, left});
  };
  for (auto const& alias : aliases) {
    auto const from = tokens_of(alias.from, FieldKind::given);
    auto const to = tokens_of(alias.to, FieldKind::given);
    if (from.size() == 1 && to.size() == 1) add(from.front(), to.front());
  }
  // A particle that was written as part of the name: DELACRUZ is DE LA CRUZ when CRUZ is the more common name.
  for (std::uint32_t token = first_token; token < tokens_.size(); ++token) {
    auto const text = tokens_.text(token);
    for (std::string_view const prefix : {"DELA", "DELOS", "DELAS", "DEL", "DE", "AL", "EL"}) {
      if (!text.starts_with(prefix) || text.size() < prefix.size() + 4) continue;
      auto const rest = tokens_.find(text.substr(prefix.size()));
      if (rest == no_number) continue;
      auto const common = [&](std::uint32_t one) { return token_given_counts_[one] + token_surname_counts_[one]; };
      if (common(rest) > common(token)) add(std::string(text), std::string(tokens_.text(rest)));
    }
  }
  auto const less = [](AliasPair const& left, AliasPair const& right) {
    return left.from != right.from ? left.from < right.from : left.to < right.to;
  };
  std::sort(aliases_.begin(), aliases_.end(), less);
  aliases_.erase(
      std::unique(aliases_.begin(), aliases_.end(),
                  [](AliasPair const& left, AliasPair const& right) { return left.from == right.from && left.to == right.to; }),
      aliases_.end());
}

void Vocabulary::make_near() {
  std::vector<Filed> filed;
  std::string shorter;
  // The sounds as they are stand first, so that whoever reads only some of a bucket has them.
  for (std::uint32_t number = 1; number < sounds_.size(); ++number) filed.push_back({class_hashes_[number], number});
  for (std::uint32_t number = 1; number < sounds_.size(); ++number) {
    auto const sound = sounds_.text(number);
    if (sound.size() < 3) continue;
    for (std::size_t left_out = 0; left_out < sound.size(); ++left_out) {
      // Of a doubled letter either may go: the same text.
      if (left_out > 0 && sound[left_out] == sound[left_out - 1]) continue;
      shorter.assign(sound.substr(0, left_out));
      shorter += sound.substr(left_out + 1);
      filed.push_back({hash_of(shorter, sound_seed), number});
    }
  }
  put_in_buckets(filed, near_starts_, near_classes_);
}

void Vocabulary::make_skeletons() {
  std::vector<Filed> filed;
  for (std::uint32_t token = first_token; token < tokens_.size(); ++token) {
    auto const skeleton = skeleton_of(tokens_.text(token));
    if (!skeleton.empty()) filed.push_back({hash_of(skeleton, skeleton_seed), token});
  }
  // The most common first, so that whoever reads only some reads these.
  std::stable_sort(filed.begin(), filed.end(), [&](Filed const& left, Filed const& right) {
    return token_given_counts_[left.number] + token_surname_counts_[left.number] >
           token_given_counts_[right.number] + token_surname_counts_[right.number];
  });
  put_in_buckets(filed, skeleton_starts_, skeleton_tokens_);
}

std::vector<TokenFacts> Vocabulary::facts() const {
  std::vector<TokenFacts> all(tokens_.size());
  for (std::uint32_t token = first_token; token < tokens_.size(); ++token) {
    auto const text = tokens_.text(token);
    auto const sound = sounds_.text(token_classes_[token]);
    auto const skeleton = skeleton_of(text);
    all[token] = {token_classes_[token],
                  letters_of(sound),
                  skeleton.empty() ? 0 : skeleton_mark(skeleton),
                  static_cast<std::uint8_t>(text.size()),
                  static_cast<std::uint8_t>(sound.size()),
                  static_cast<std::uint8_t>(text.front()),
                  is_unvowelled(text) ? std::uint8_t{1} : std::uint8_t{0}};
  }
  return all;
}

void Vocabulary::write(ImageWriter& writer) const {
  writer.add(Section::field_token_starts, field_token_starts_);
  writer.add(Section::field_tokens, field_tokens_);
  writer.add(Section::token_text_starts, tokens_.starts());
  writer.add(Section::token_text, tokens_.all_text());
  writer.add(Section::token_given_counts, token_given_counts_);
  writer.add(Section::token_surname_counts, token_surname_counts_);
  writer.add(Section::token_facts, facts());
  writer.add(Section::class_text_starts, sounds_.starts());
  writer.add(Section::class_text, sounds_.all_text());
  writer.add(Section::class_given_counts, class_given_counts_);
  writer.add(Section::class_surname_counts, class_surname_counts_);
  writer.add(Section::class_token_starts, class_token_starts_);
  writer.add(Section::class_tokens, class_tokens_);
  writer.add(Section::near_starts, near_starts_);
  writer.add(Section::near_classes, near_classes_);
  writer.add(Section::skeleton_starts, skeleton_starts_);
  writer.add(Section::skeleton_tokens, skeleton_tokens_);
  writer.add(Section::aliases, aliases_);
}

}  // namespace rcms::matching
