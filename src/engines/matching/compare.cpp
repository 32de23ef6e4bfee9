#include "engines/matching/compare.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engines/matching/bits.hpp"
#include "engines/matching/text_form.hpp"

namespace rcms::matching {

namespace {

constexpr MilliBits most_bits_of_a_place = 7'000;
constexpr MilliBits bits_of_a_name_more = -700;  // one side has a name that the other has not
constexpr std::uint32_t numbers_of_documents = 1'000'000'000;

std::size_t at(Part part) { return static_cast<std::size_t>(part); }
std::size_t at(Rule rule) { return static_cast<std::size_t>(rule); }

bool agrees(Rule rule) { return rule != Rule::not_compared && rule != Rule::differs; }

/// Of two rules for the names of one field the weaker is told.
Rule weaker(Rule left, Rule right) { return at(left) > at(right) ? left : right; }

}  // namespace

// ---- the question

AskedName const& NameMemory::ask(Index const& index, std::string text, Near near) {
  auto& names = near == Near::all ? near_names_ : exact_names_;
  auto const known = names.find(text);
  if (known != names.end()) return known->second;
  if (names.size() >= most_kept) names.clear();
  auto asked = ask_name(index, text, near);
  return names.emplace(std::move(text), std::move(asked)).first->second;
}

Result<Asked> prepare(Index const& index, Query const& query, NameMemory& memory) {
  Asked asked;
  auto const add = [&](std::string const& text, Near near) -> Asked::Range {
    Asked::Range range{static_cast<std::uint8_t>(asked.names.size()), 0};
    for (auto& token : tokens_of(text, FieldKind::surname)) {
      auto parts = near == Near::all ? split_joined(index, token) : std::vector<std::string>();
      if (parts.empty()) parts.push_back(std::move(token));
      for (auto& part : parts) asked.names.push_back(memory.ask(index, std::move(part), near));
      range.count = static_cast<std::uint8_t>(range.count + parts.size());
    }
    return range;
  };
  for (auto const* text : {&query.given, &query.surname1, &query.surname2, &query.place, &query.father_given,
                           &query.father_surnames, &query.mother_given, &query.mother_surnames, &query.document}) {
    if (text->size() > longest_field)
      return refuse(Why::field_too_long, "query", fmt::format("a field has {} bytes, at most {}", text->size(), longest_field));
  }
  auto const birth = Birth::parse(query.birth);
  if (!birth) return refuse(Why::field_invalid, "birth", fmt::format("'{}' is not a date", query.birth.substr(0, 20)));
  asked.birth = *birth;
  asked.birth_parts = birth->parts();
  asked.given = add(query.given, Near::all);
  asked.surnames = add(query.surname1, Near::all);
  // The first name of each of the two surnames, or the first two of one that was not divided.
  if (!query.surname2.empty() && asked.surnames.count > 1) {
    asked.names.resize(asked.surnames.first + 1U);
    asked.surnames.count = 1;
  }
  auto const second = add(query.surname2, Near::all);
  asked.surnames.count = static_cast<std::uint8_t>(std::min(2, asked.surnames.count + second.count));
  asked.father_given = add(query.father_given, Near::only_itself);
  asked.father_surnames = add(query.father_surnames, Near::only_itself);
  asked.mother_given = add(query.mother_given, Near::only_itself);
  asked.mother_surnames = add(query.mother_surnames, Near::only_itself);
  asked.sex = sex_of(query.sex);
  auto const place = tokens_of(query.place, FieldKind::place);
  if (!place.empty()) asked.place = place.front();
  asked.document = packed(query.document);
  asked.document_text = unpacked(asked.document);
  return asked;
}

// ---- names

ComparerMemory::ComparerMemory(Index const& index) {
  round = 1;
  auto const persons = std::max<std::uint64_t>(index.persons(), 1);
  for (int year = 0; year < years_count; ++year) {
    auto const born = std::max<std::uint64_t>(index.year_counts(first_year + year).persons, 1);
    year_chances[static_cast<std::size_t>(year)] = log2_ratio(persons, born);
  }
}

Comparer::Comparer(Index const& index, Asked const& asked, WeightBits const& weights, ComparerMemory& memory)
    : index_(index), asked_(asked), weights_(weights), memory_(memory) {
  if (++memory_.round == 0) memory_ = ComparerMemory(index);
}

NameMatch Comparer::match_name(std::uint8_t asked, std::uint32_t token, Role role) {
  auto const key = (std::uint64_t{asked} << 40) | (static_cast<std::uint64_t>(role) << 33) | token;
  auto& slot = memory_.names[(key * 0x9E3779B97F4A7C15ULL) >> 52 & (ComparerMemory::names_count - 1)];
  if (slot.round == memory_.round && slot.key == key) return slot.match;
  auto const& name = asked_.names[asked];
  auto const count = [&](Counts const& counts) -> std::uint64_t { return role == Role::given ? counts.given : counts.surname; };
  NameMatch match;
  match.rule = likeness(index_, name, token);
  std::uint64_t as_common = count(index_.token_counts(token));
  if (match.rule == Rule::same_sound || match.rule == Rule::other_script)
    as_common = count(index_.class_counts(index_.token_class(token)));
  auto const all = std::max<std::uint64_t>(role == Role::given ? index_.meta().persons : index_.meta().surname_tokens, 1);
  // Where the neighbourhood was not looked up it counts as one of ordinary size.
  auto const near = name.is_near_known ? count(name.near) : all / 2'000;
  auto const far = name.is_near_known ? count(name.far) * 2 : all / 400;
  if (match.rule == Rule::one_letter) as_common += near;
  if (match.rule == Rule::two_letters) as_common += near + far;
  if (match.rule == Rule::initial) as_common = all / 16;
  as_common = std::clamp<std::uint64_t>(as_common, 1, all);
  if (match.rule != Rule::differs) {
    match.one_in = static_cast<std::uint32_t>(std::min<std::uint64_t>((all + as_common / 2) / as_common, 0xFFFFFFFF));
    match.chance = log2_ratio(all, as_common);
  }
  slot = {key, memory_.round, match};
  return match;
}

NamesMatch Comparer::match_names(Asked::Range range, std::uint32_t field, Role role) {
  if (range.count == 0 || field == 0) return {};
  auto const key = (std::uint64_t{range.first} << 48) | (std::uint64_t{range.count} << 40) |
                   (static_cast<std::uint64_t>(role) << 33) | field;
  auto& slot = memory_.fields[(key * 0x9E3779B97F4A7C15ULL) >> 53 & (ComparerMemory::fields_count - 1)];
  if (slot.round != memory_.round || slot.key != key) slot = {key, memory_.round, match_all_names(range, field, role)};
  return slot.match;
}

NamesMatch Comparer::match_all_names(Asked::Range range, std::uint32_t field, Role role) {
  NamesMatch result;
  auto const tokens = index_.tokens(field);
  if (range.count == 0 || tokens.empty()) return result;
  result.rule = Rule::same;
  std::uint32_t taken = 0;
  int not_found = 0;
  for (std::uint8_t number = 0; number < range.count; ++number) {
    NameMatch best;
    std::size_t best_at = 0;
    for (std::size_t other = 0; other < tokens.size() && other < most_tokens; ++other) {
      if ((taken >> other & 1) != 0) continue;
      auto const match = match_name(static_cast<std::uint8_t>(range.first + number), tokens[other], role);
      if (match.rule == Rule::differs) continue;
      if (best.rule == Rule::differs || match.rule < best.rule) {
        best = match;
        best_at = other;
      }
    }
    if (best.rule == Rule::differs) {
      ++not_found;
      continue;
    }
    taken |= 1U << best_at;
    ++result.agreeing;
    result.rule = weaker(result.rule, best.rule);
    // What is more alike than a whole name counts as its rule says, relative to the same.
    result.chance += best.chance;
    auto const together = std::uint64_t{std::max(result.one_in, 1U)} * std::max(best.one_in, 1U);
    result.one_in = static_cast<std::uint32_t>(std::min<std::uint64_t>(together, 0xFFFFFFFF));
  }
  int const left_over = static_cast<int>(std::min(tokens.size(), most_tokens)) - result.agreeing;
  if (result.agreeing == 0) {
    result.rule = Rule::differs;
  } else if (not_found > 0 && left_over > 0) {
    result.rule = Rule::one_of_several;
  } else if (not_found > 0 || left_over > 0) {
    result.chance += bits_of_a_name_more * std::min(2, std::max(not_found, left_over));
    if (at(result.rule) < at(Rule::some_names)) result.rule = Rule::some_names;
  }
  return result;
}

/// Agreement never speaks against somebody, and against a relative never more than against a stranger.
Reason Comparer::weigh(Part part, Rule rule, MilliBits chance, std::uint32_t one_in) const {
  Reason reason;
  reason.part = part;
  reason.rule = rule;
  reason.one_in = one_in;
  reason.bits = weights_.m[at(part)][at(rule)] + chance;
  reason.against_relative = weights_.relative[at(part)][at(rule)];
  if (rule != Rule::differs && rule != Rule::one_of_several && rule != Rule::near_year) {
    reason.bits = std::max(reason.bits, 0);
    reason.against_relative = std::max(reason.against_relative, 0);
  }
  reason.against_relative = std::min(reason.against_relative, std::max(reason.bits, 0));
  return reason;
}

void Comparer::compare_given(Record const& record, Comparison& result) {
  auto const match = match_names(asked_.given, record.given, Role::given);
  if (match.rule == Rule::not_compared) return;
  result.reasons[at(Part::given)] = weigh(Part::given, match.rule, match.chance, match.one_in);
}

void Comparer::compare_surnames(Record const& record, Comparison& result) {
  auto const asked = asked_.surnames;
  if (asked.count == 0) return;
  auto const first = index_.tokens(record.surname1);
  auto const second = index_.tokens(record.surname2);
  std::array<std::uint32_t, 2> tokens{no_number, no_number};
  if (!first.empty()) tokens[0] = first[0];
  if (!second.empty()) tokens[1] = second[0];
  else if (first.size() > 1) tokens[1] = first[1];
  if (tokens[0] == no_number) std::swap(tokens[0], tokens[1]);
  if (tokens[0] == no_number) return;
  auto const match = [&](int of_asked, int of_person) {
    auto const token = tokens[static_cast<std::size_t>(of_person)];
    if (of_asked >= asked.count || token == no_number) return NameMatch{Rule::not_compared, 0, 0};
    return match_name(static_cast<std::uint8_t>(asked.first + of_asked), token, Role::surname);
  };
  auto const weighed = [&](Part part, NameMatch const& one) {
    return one.rule == Rule::not_compared ? Reason{part, Rule::not_compared, 0, 0, 0}
                                          : weigh(part, one.rule, one.chance, one.one_in);
  };
  auto const straight1 = weighed(Part::surname1, match(0, 0));
  auto const straight2 = weighed(Part::surname2, match(1, 1));
  auto exchange1 = match(0, 1);
  auto exchange2 = match(1, 0);
  result.reasons[at(Part::surname1)] = straight1;
  result.reasons[at(Part::surname2)] = straight2;
  if (!agrees(exchange1.rule) && !agrees(exchange2.rule)) return;
  // Exchanged costs once, however many surnames stand in the other's place.
  auto const penalty = weights_.m[at(Part::surname1)][at(Rule::exchanged)];
  auto first_bits = weighed(Part::surname1, exchange1);
  auto second_bits = weighed(Part::surname2, exchange2);
  for (auto* reason : {&first_bits, &second_bits})
    if (agrees(reason->rule)) reason->rule = Rule::exchanged;
  auto const straight = straight1.bits + straight2.bits;
  if (first_bits.bits + second_bits.bits + penalty <= straight) return;
  (agrees(first_bits.rule) ? first_bits : second_bits).bits += penalty;
  result.reasons[at(Part::surname1)] = first_bits;
  result.reasons[at(Part::surname2)] = second_bits;
}

/// The given name stands where the surname should, or the other way round; the one that does not agree still differs.
void Comparer::compare_exchanged_names(Record const& record, Comparison& result) {
  if (result.reasons[at(Part::given)].rule != Rule::differs || result.reasons[at(Part::surname1)].rule != Rule::differs) return;
  if (asked_.given.count == 0 || asked_.surnames.count == 0) return;
  auto const as_surname = index_.tokens(record.surname1);
  if (as_surname.empty()) return;
  auto const surname = match_name(asked_.given.first, as_surname[0], Role::surname);
  auto const given = match_names({asked_.surnames.first, 1}, record.given, Role::given);
  if (agrees(given.rule)) result.reasons[at(Part::given)] = weigh(Part::given, Rule::exchanged, given.chance, given.one_in);
  if (agrees(surname.rule))
    result.reasons[at(Part::surname1)] = weigh(Part::surname1, Rule::exchanged, surname.chance, surname.one_in);
}

// ---- everything else

void Comparer::compare_birth(Record const& record, Comparison& result) const {
  auto const asked = asked_.birth;
  auto const known = record.birth();
  if (asked.precision == Precision::unknown || known.precision == Precision::unknown) return;
  auto const [asked_year, asked_month, asked_day] = asked_.birth_parts;
  auto const [known_year, known_month, known_day] = known.parts();
  int const years_apart = asked_year > known_year ? asked_year - known_year : known_year - asked_year;
  auto const counts = index_.year_counts(known_year);
  auto const persons = std::max<std::uint64_t>(index_.persons(), 1);
  auto const of_year = std::max<std::uint64_t>(counts.persons, 1);
  auto const year_chance = memory_.year_chances[static_cast<std::size_t>(known_year - first_year)];
  auto const one_in_year = static_cast<std::uint32_t>(persons / of_year);
  auto& reason = result.reasons[at(Part::birth)];
  auto const set = [&](Rule rule, MilliBits chance, std::uint32_t one_in) { reason = weigh(Part::birth, rule, chance, one_in); };
  bool const both_days = asked.precision == Precision::day && known.precision == Precision::day;
  auto const is_new_year = [](int month, int day) { return month == 1 && day == 1; };
  if (both_days && asked.days == known.days) {
    auto const same_day =
        is_new_year(known_month, known_day) ? std::max<std::uint64_t>(counts.new_years_day, 1) : (of_year + 364) / 365;
    set(Rule::same, log2_ratio(persons, same_day), static_cast<std::uint32_t>(persons / same_day));
    return;
  }
  bool const one_is_estimated = !both_days || is_new_year(asked_month, asked_day) || is_new_year(known_month, known_day);
  if (one_is_estimated) {
    bool const both_months = asked.precision >= Precision::month && known.precision >= Precision::month && !both_days;
    if (years_apart == 0 && both_months && asked_month == known_month)
      set(Rule::part_of_date, year_chance + 8'500, one_in_year * 12);
    else if (years_apart == 0) set(Rule::estimated, year_chance, one_in_year);
    else if (years_apart <= 2) set(Rule::near_year, year_chance + 500, 0);
    else set(Rule::differs, 0, 0);
    return;
  }
  constexpr MilliBits log2_of_day = 8'512;  // 1 in 365
  if (years_apart == 0 && asked_month == known_day && asked_day == known_month) {
    set(Rule::day_month, year_chance + log2_of_day, one_in_year);
  } else if (years_apart == 0 && (asked_month == known_month || asked_day == known_day)) {
    set(Rule::part_of_date, year_chance + (asked_month == known_month ? 3'585 : 4'907), one_in_year * 12);
  } else if (asked_month == known_month && asked_day == known_day) {
    set(Rule::part_of_date, years_apart <= 10 || years_apart % 10 == 0 ? log2_of_day : log2_of_day - 3'000, 365);
  } else if (years_apart <= 2) {
    set(Rule::near_year, year_chance - (years_apart == 0 ? 0 : 2'000), 0);
  } else {
    set(Rule::differs, 0, 0);
  }
}

void Comparer::compare_sex(Record const& record, Comparison& result) const {
  if (asked_.sex == Sex::unknown || record.sex == Sex::unknown) return;
  auto& reason = result.reasons[at(Part::sex)];
  if (asked_.sex != record.sex) {
    reason = weigh(Part::sex, Rule::differs, 1'000, 0);
  } else if (agrees(result.reasons[at(Part::given)].rule)) {
    // The name has said it.
    reason = {Part::sex, Rule::already_counted, 0, 0, 0};
  } else {
    reason = weigh(Part::sex, Rule::same, 1'000, 2);
  }
}

Rule Comparer::match_place(std::uint32_t place) const {
  auto const known = tokens_of(index_.place_text(place), FieldKind::place);
  auto const text = known.empty() ? std::string() : known.front();
  if (text == asked_.place) return Rule::same;
  bool const is_code = std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (is_code) return text.size() >= 4 && text.substr(0, 2) == asked_.place.substr(0, 2) ? Rule::same_region : Rule::differs;
  auto const apart = text.size() >= 5 ? letters_apart(text, asked_.place, 2) : 3;
  return apart == 1 ? Rule::one_letter : apart == 2 ? Rule::two_letters : Rule::differs;
}

Reason Comparer::weigh_place(std::uint32_t place) const {
  auto const rule = match_place(place);
  auto const persons = std::max<std::uint64_t>(index_.persons(), 1);
  auto const here = std::max<std::uint64_t>(index_.persons_of_place(place), 1);
  auto chance = std::min(log2_ratio(persons, here), most_bits_of_a_place);
  if (rule == Rule::same_region) chance = 3'200;
  if (rule == Rule::differs) chance = 0;
  return weigh(Part::place, rule, chance, rule == Rule::same ? static_cast<std::uint32_t>(persons / here) : 0);
}

void Comparer::compare_place(Record const& record, Comparison& result) {
  if (asked_.place.empty() || record.place == 0) return;
  auto& slot = memory_.places[record.place % memory_.places.size()];
  if (slot.round != memory_.round || slot.place != record.place)
    slot = {record.place, memory_.round, weigh_place(record.place)};
  result.reasons[at(Part::place)] = slot.reason;
}

void Comparer::compare_parent(Part given, Part surnames, Record const& record, Comparison& result) {
  bool const father = given == Part::father_given;
  auto const match = match_names(father ? asked_.father_given : asked_.mother_given,
                                 father ? record.father_given : record.mother_given, Role::given);
  if (match.rule != Rule::not_compared) result.reasons[at(given)] = weigh(given, match.rule, match.chance, match.one_in);
  auto const asked = father ? asked_.father_surnames : asked_.mother_surnames;
  auto const tokens = index_.tokens(father ? record.father_surnames : record.mother_surnames);
  if (asked.count == 0 || tokens.empty()) return;
  auto const first = match_name(asked.first, tokens[0], Role::surname);
  auto const& own = result.reasons[at(father ? Part::surname1 : Part::surname2)];
  // A child has the father's first surname and the mother's: when the child's agrees, the parent's says nothing new.
  auto const own_field = father ? record.surname1 : record.surname2;
  auto const own_tokens = index_.tokens(own_field);
  bool const follows =
      agrees(own.rule) && !own_tokens.empty() && index_.token_class(own_tokens[0]) == index_.token_class(tokens[0]);
  MilliBits chance = 0;
  Rule rule = first.rule;
  std::uint32_t one_in = 0;
  if (agrees(first.rule) && !follows) {
    chance = first.chance;
    one_in = first.one_in;
  }
  if (agrees(first.rule) && asked.count > 1 && tokens.size() > 1) {
    auto const second = match_name(static_cast<std::uint8_t>(asked.first + 1), tokens[1], Role::surname);
    if (agrees(second.rule)) {
      chance += second.chance;
      one_in = std::max(one_in, 1U) * std::max(second.one_in, 1U);
    }
  }
  if (agrees(first.rule) && chance == 0) {
    result.reasons[at(surnames)] = {surnames, Rule::already_counted, 0, 0, 0};
    return;
  }
  result.reasons[at(surnames)] = weigh(surnames, rule, chance, one_in);
}

void Comparer::compare_document(Record const& record, Comparison& result) const {
  auto const known = record.document();
  if (asked_.document == 0 || known == 0) return;
  Rule rule = Rule::differs;
  if (known == asked_.document) rule = Rule::same;
  else if (!asked_.document_text.empty() && asked_.document_text.size() >= 6 &&
           letters_apart(asked_.document_text, unpacked(known), 1) == 1)
    rule = Rule::one_letter;
  auto const numbers = std::max<std::uint64_t>(numbers_of_documents, std::uint64_t{index_.persons()} * 8);
  MilliBits chance = 0;
  if (rule == Rule::same) chance = log2_ratio(numbers, 1);
  if (rule == Rule::one_letter) chance = log2_ratio(numbers, 130);
  result.reasons[at(Part::document)] = weigh(Part::document, rule, chance, 0);
}

bool Comparer::compare(std::uint32_t position, Comparison& result, MilliBits wanted, MilliBits rest) {
  constexpr MilliBits most_of_sex = 1'000;
  auto const& record = index_.record(position);
  for (std::size_t part = 0; part < parts_count; ++part) result.reasons[part] = Reason{static_cast<Part>(part)};
  compare_birth(record, result);
  compare_surnames(record, result);
  compare_given(record, result);
  compare_exchanged_names(record, result);
  // OPTIMIZATION: four in five of thousands of namesakes go here, before their parents are read.
  auto reached = rest + most_of_sex;
  for (auto const part : {Part::birth, Part::surname1, Part::surname2, Part::given}) reached += result.reasons[at(part)].bits;
  if (reached < wanted) return false;
  compare_sex(record, result);
  compare_place(record, result);
  compare_parent(Part::father_given, Part::father_surnames, record, result);
  compare_parent(Part::mother_given, Part::mother_surnames, record, result);
  compare_document(record, result);
  result.random_bits = 0;
  result.relative_bits = 0;
  for (auto const& reason : result.reasons) {
    result.random_bits += reason.bits;
    result.relative_bits += reason.against_relative;
  }
  return true;
}

}  // namespace rcms::matching
