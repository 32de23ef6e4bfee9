#include "engines/matching/near_names.hpp"

#include <algorithm>
#include <bit>

#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

constexpr std::size_t most_read_of_a_bucket = 64;
constexpr std::size_t most_read_of_a_skeleton = 16;
constexpr std::size_t shortest_with_two_letters = 6;

/// Each letter that is inserted, left out or replaced changes at most two bits.
bool may_be_near(std::uint32_t letters, std::uint32_t others, int most) { return std::popcount(letters ^ others) <= 2 * most; }

struct Found {
  std::uint32_t number = 0;  ///< of the class
  int cost = 0;
  std::uint64_t common = 0;
};

std::uint64_t common_of(Counts const& counts) { return std::uint64_t{counts.given} + counts.surname; }

void add_counts(Counts& to, Counts const& more) {
  to.given += more.given;
  to.surname += more.surname;
}

bool is_known(std::vector<Found> const& found, std::uint32_t number) {
  return std::any_of(found.begin(), found.end(), [&](Found const& one) { return one.number == number; });
}

/// How many letters of a sound may be wrong.
int most_letters_of(std::size_t length) { return length >= shortest_with_two_letters ? 2 : length >= 3 ? 1 : 0; }

}  // namespace

AskedName ask_name(Index const& index, std::string text, Near near) {
  AskedName asked;
  asked.text = std::move(text);
  asked.sound = sound_of(asked.text);
  asked.skeleton = skeleton_of(asked.text);
  asked.sound_hash = hash_of(asked.sound, sound_seed);
  asked.letters = letters_of(asked.sound);
  asked.skeleton_mark = asked.skeleton.empty() ? 0 : skeleton_mark(asked.skeleton);
  asked.is_unvowelled = is_unvowelled(asked.text);
  asked.is_near_known = near == Near::all;
  std::vector<Found> found;
  auto const consider = [&](std::uint32_t number, int most) {
    auto const sound = index.class_sound(number);
    if (!may_be_near(asked.letters, letters_of(sound), most) || is_known(found, number)) return;
    int const apart = letters_apart(asked.sound, sound, most);
    if (apart > most) return;
    auto const counts = index.class_counts(number);
    if (apart == 0) asked.sound_class = number;
    if (apart == 1) add_counts(asked.near, counts);
    if (apart == 2) add_counts(asked.far, counts);
    found.push_back({number, apart * 10, common_of(counts)});
  };
  int const most = near == Near::only_itself ? 0 : most_letters_of(asked.sound.size());
  auto const look = [&](std::uint64_t hash) {
    auto const numbers = index.near_classes(hash);
    for (auto const number : numbers.first(std::min(numbers.size(), most_read_of_a_bucket))) consider(number, most);
  };
  look(asked.sound_hash);
  if (most > 0) {
    std::string shorter;
    for (std::size_t left_out = 0; left_out < asked.sound.size(); ++left_out) {
      shorter.assign(asked.sound, 0, left_out);
      shorter.append(asked.sound, left_out + 1);
      look(hash_of(shorter, sound_seed));
    }
  }
  if (asked.sound_class != no_number) {
    for (auto const token : index.class_tokens(asked.sound_class))
      if (index.token_text(token) == asked.text) asked.token = token;
  }
  if (asked.token != no_number) {
    for (auto const& alias : index.aliases(asked.token)) {
      asked.aliases.push_back(alias.to);
      auto const number = index.token_class(alias.to);
      if (!is_known(found, number)) found.push_back({number, 5, common_of(index.class_counts(number))});
    }
  }
  if (near == Near::all && (asked.skeleton.size() >= 3 || is_unvowelled(asked.text))) {
    auto const tokens = index.skeleton_tokens(hash_of(asked.skeleton, skeleton_seed));
    for (auto const token : tokens.first(std::min(tokens.size(), most_read_of_a_skeleton))) {
      auto const number = index.token_class(token);
      if (is_known(found, number) || skeleton_of(index.token_text(token)) != asked.skeleton) continue;
      bool const other_script = is_unvowelled(asked.text) != is_unvowelled(index.token_text(token));
      auto const counts = index.class_counts(number);
      if (!other_script) add_counts(asked.far, counts);
      found.push_back({number, other_script ? 4 : 22, common_of(counts)});
    }
  }
  std::sort(found.begin(), found.end(), [&](Found const& left, Found const& right) {
    if (left.cost != right.cost) return left.cost < right.cost;
    if (left.common != right.common) return left.common > right.common;
    return index.class_sound(left.number) < index.class_sound(right.number);
  });
  for (auto const& one : found) {
    if (asked.variants_count == most_variants) break;
    asked.variants[asked.variants_count++] = {hash_of(index.class_sound(one.number), sound_seed), one.cost,
                                                index.class_counts(one.number)};
  }
  return asked;
}

std::vector<std::string> split_joined(Index const& index, std::string const& name) {
  constexpr std::size_t shortest_part = 3;
  if (name.size() < 2 * shortest_part || is_unvowelled(name)) return {};
  auto const common = [&](std::string_view text) -> std::uint64_t {
    auto const sound = sound_of(text);
    auto const numbers = index.near_classes(hash_of(sound, sound_seed));
    for (auto const number : numbers.first(std::min(numbers.size(), most_read_of_a_bucket))) {
      if (index.class_sound(number) != sound) continue;
      for (auto const token : index.class_tokens(number))
        if (index.token_text(token) == text) return common_of(index.token_counts(token));
    }
    return 0;
  };
  if (common(name) > 0) return {};
  std::uint64_t best = 0;
  std::size_t best_at = 0;
  for (std::size_t at = shortest_part; at + shortest_part <= name.size(); ++at) {
    auto const left = common(std::string_view(name).substr(0, at));
    auto const right = left == 0 ? 0 : common(std::string_view(name).substr(at));
    if (std::min(left, right) > best) {
      best = std::min(left, right);
      best_at = at;
    }
  }
  // One who has such a name by chance is no reason to divide another.
  if (best < 2) return {};
  return {name.substr(0, best_at), name.substr(best_at)};
}

Rule likeness(Index const& index, AskedName const& asked, std::uint32_t token) {
  if (token == asked.token) return Rule::same;
  // OPTIMIZATION: most names have nothing in common; the facts of a name tell so without its letters.
  auto const& facts = index.token_facts(token);
  if (asked.sound_class != no_number && facts.sound_class == asked.sound_class)
    return index.token_text(token) == asked.text ? Rule::same : Rule::same_sound;
  if (!asked.aliases.empty() && std::find(asked.aliases.begin(), asked.aliases.end(), token) != asked.aliases.end())
    return Rule::known_alias;
  if (asked.text.size() == 1 || facts.length == 1)
    return static_cast<std::uint8_t>(asked.text.front()) == facts.first ? Rule::initial : Rule::differs;
  bool const other_script = asked.is_unvowelled != (facts.is_unvowelled != 0);
  auto const shorter = std::min<std::size_t>(facts.sound_length, asked.sound.size());
  if (!other_script) {
    int const most = most_letters_of(shorter);
    auto const longer = std::max<std::size_t>(facts.sound_length, asked.sound.size());
    if (longer - shorter <= static_cast<std::size_t>(most) && may_be_near(asked.letters, facts.letters, most)) {
      int const apart = letters_apart(asked.sound, index.class_sound(facts.sound_class), most);
      if (apart == 0) return Rule::same_sound;
      if (apart <= most) return apart == 1 ? Rule::one_letter : Rule::two_letters;
    }
  }
  if (asked.skeleton_mark != 0 && facts.skeleton == asked.skeleton_mark && asked.skeleton.size() >= (other_script ? 2U : 3U) &&
      skeleton_of(index.token_text(token)) == asked.skeleton)
    return other_script ? Rule::other_script : Rule::two_letters;
  if (other_script) return Rule::differs;
  // Cut off: GUADAL for GUADALUPE.
  if (shorter >= 4 && ((asked.letters & facts.letters) == asked.letters || (asked.letters & facts.letters) == facts.letters)) {
    auto const sound = index.class_sound(facts.sound_class);
    if (asked.sound.starts_with(sound) || sound.starts_with(asked.sound)) return Rule::two_letters;
  }
  return Rule::differs;
}

}  // namespace rcms::matching
