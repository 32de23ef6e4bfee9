#include "engines/matching/build.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "engines/matching/build_vocabulary.hpp"
#include "engines/matching/index.hpp"
#include "engines/matching/text_form.hpp"
#include "engines/matching/text_table.hpp"
#include "foundation/base/text.hpp"

namespace rcms::matching {

namespace {

constexpr std::size_t entries_of_a_bucket = 8;  // on average

/// Numbers of 63 bits that have been seen.
class NumberSet {
 public:
  void prefetch(std::uint64_t number) const { __builtin_prefetch(&slots_[start(slots_, number)]); }
  bool insert(std::uint64_t number) {
    if ((count_ + 1) * 2 > slots_.size()) grow();
    auto& slot = slots_[find(slots_, number)];
    if (slot != free) return false;
    slot = number;
    ++count_;
    return true;
  }

 private:
  static constexpr std::uint64_t free = ~std::uint64_t{0};
  static std::size_t start(std::vector<std::uint64_t> const& slots, std::uint64_t number) {
    return (number * 0x9E3779B97F4A7C15ULL >> 20) & (slots.size() - 1);
  }
  static std::size_t find(std::vector<std::uint64_t> const& slots, std::uint64_t number) {
    auto at = start(slots, number);
    while (slots[at] != free && slots[at] != number) at = (at + 1) & (slots.size() - 1);
    return at;
  }
  void grow() {
    std::vector<std::uint64_t> bigger(slots_.size() * 2, free);
    for (auto const number : slots_)
      if (number != free) bigger[find(bigger, number)] = number;
    slots_ = std::move(bigger);
  }
  std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024, free);
  std::size_t count_ = 0;
};

/// What is wrong with a row by itself.
Result<Birth> check_row(PersonRow const& row) {
  if (row.id.empty()) return refuse(Why::field_missing, "id", "every person needs an id");
  struct Named {
    std::string_view name;
    std::string_view text;
  };
  for (auto const& [name, text] :
       {Named{"id", row.id}, Named{"given", row.given}, Named{"surname1", row.surname1}, Named{"surname2", row.surname2},
        Named{"place", row.place}, Named{"father_given", row.father_given}, Named{"father_surnames", row.father_surnames},
        Named{"mother_given", row.mother_given}, Named{"mother_surnames", row.mother_surnames},
        Named{"document", row.document}}) {
    if (text.size() > longest_field)
      return refuse(Why::field_too_long, std::string(name),
                    fmt::format("{} has {} bytes, at most {}", name, text.size(), longest_field));
    if (!is_utf8(text)) return refuse(Why::field_invalid, std::string(name), fmt::format("{} is not UTF-8", name));
    if (text.find('\0') != std::string_view::npos)
      return refuse(Why::field_invalid, std::string(name), fmt::format("{} has a character 0", name));
  }
  auto const birth = Birth::parse(row.birth);
  if (!birth)
    return refuse(Why::field_invalid, "birth", fmt::format("'{}' is not a date; write yyyy-mm-dd or yyyy, {} to {}",
                                                           row.birth.substr(0, 20), first_year, first_year + years_count - 1));
  return *birth;
}

}  // namespace

struct Builder::State {
  BuildOptions options;
  unsigned threads = 1;
  std::vector<Record> records;
  std::vector<std::uint64_t> ids;
  std::vector<char> id_text;
  NumberSet known_ids;
  TextTable fields;
  TextTable places;
  std::vector<std::uint32_t> place_counts{0};
  std::vector<YearCounts> years = std::vector<YearCounts>(years_count);

  Result<void> add(PersonRow const& row, CheckedRows::Row const& checked);
  void add_id(std::string_view id);
  void tell(std::string_view step, std::uint64_t done, std::uint64_t of) const {
    if (options.progress) options.progress(step, done, of);
  }
  void write_keys(ImageWriter& writer, Vocabulary const& words);
};

Builder::Builder(BuildOptions options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->threads = state_->options.threads != 0 ? state_->options.threads : std::max(1U, std::thread::hardware_concurrency());
}
Builder::~Builder() = default;
std::uint32_t Builder::persons() const { return static_cast<std::uint32_t>(state_->records.size()); }

void Builder::State::add_id(std::string_view id) {
  auto const number = packed(id);
  if (number != 0 && unpacked(number) == id) {
    ids.push_back(number);
    return;
  }
  ids.push_back(id_in_text | id_text.size());
  id_text.insert(id_text.end(), id.begin(), id.end());
  id_text.push_back('\0');
}

Result<void> Builder::State::add(PersonRow const& row, CheckedRows::Row const& checked) {
  auto const birth = checked.birth;
  if (records.size() >= 0xF000'0000) return refuse(Why::limit_reached, "id", "an index holds 4,026,531,840 persons");
  if (!known_ids.insert(checked.id))
    return refuse(Why::already_exists, "id", fmt::format("there is already a person with the id {}", row.id));
  Record record;
  record.given = fields.number_of(row.given, checked.fields[0]);
  record.surname1 = fields.number_of(row.surname1, checked.fields[1]);
  record.surname2 = fields.number_of(row.surname2, checked.fields[2]);
  record.father_given = fields.number_of(row.father_given, checked.fields[3]);
  record.father_surnames = fields.number_of(row.father_surnames, checked.fields[4]);
  record.mother_given = fields.number_of(row.mother_given, checked.fields[5]);
  record.mother_surnames = fields.number_of(row.mother_surnames, checked.fields[6]);
  record.place = places.number_of(row.place);
  if (record.place == place_counts.size()) place_counts.push_back(0);
  ++place_counts[record.place];
  auto const document = packed(row.document);
  record.document_high = static_cast<std::uint32_t>(document >> 32);
  record.document_low = static_cast<std::uint32_t>(document);
  record.birth_days = birth.days;
  record.birth_precision = birth.precision;
  record.sex = sex_of(row.sex);
  if (birth.precision != Precision::unknown) {
    auto& year = years[static_cast<std::size_t>(birth.year() - first_year)];
    ++year.persons;
    if (birth.month() == 1 && birth.day() == 1) ++year.new_years_day;
  }
  records.push_back(record);
  add_id(row.id);
  return {};
}

CheckedRows check_rows(std::span<PersonRow const> rows) {
  CheckedRows checked;
  checked.rows.reserve(rows.size());
  for (auto const& row : rows) {
    auto& one = checked.rows.emplace_back();
    auto birth = check_row(row);
    if (!birth) {
      one.is_refused = true;
      checked.refused.push_back(std::move(birth.error()));
      continue;
    }
    one.birth = *birth;
    one.id = hash_of(row.id) >> 1;
    one.fields = {TextTable::hash(row.given),          TextTable::hash(row.surname1),     TextTable::hash(row.surname2),
                  TextTable::hash(row.father_given),   TextTable::hash(row.father_surnames), TextTable::hash(row.mother_given),
                  TextTable::hash(row.mother_surnames)};
  }
  return checked;
}

Result<void> Builder::add(PersonRow const& row) {
  std::vector<Result<void>> refused;
  add(std::span(&row, 1), refused);
  return std::move(refused.front());
}

void Builder::add(std::span<PersonRow const> rows, std::vector<Result<void>>& refused) { add(rows, check_rows(rows), refused); }

void Builder::add(std::span<PersonRow const> rows, CheckedRows const& checked, std::vector<Result<void>>& refused) {
  auto& state = *state_;
  refused.assign(rows.size(), {});
  std::size_t next_refused = 0;
  // OPTIMIZATION: memory is asked for the names of the rows that follow before each is looked up.
  constexpr std::size_t far = 24, near = 12;
  auto const prefetch_slots = [&](std::size_t at) {
    if (at >= rows.size()) return;
    state.known_ids.prefetch(checked.rows[at].id);
    for (auto const hash : checked.rows[at].fields) state.fields.prefetch_slot(hash);
  };
  auto const prefetch_texts = [&](std::size_t at) {
    if (at >= rows.size()) return;
    for (auto const hash : checked.rows[at].fields) state.fields.prefetch_text(hash);
  };
  for (std::size_t at = 0; at < far; ++at) prefetch_slots(at);
  for (std::size_t at = 0; at < near; ++at) prefetch_texts(at);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    prefetch_slots(at + far);
    prefetch_texts(at + near);
    auto const& one = checked.rows[at];
    if (one.is_refused) refused[at] = tl::unexpected(checked.refused[next_refused++]);
    else refused[at] = state.add(rows[at], one);
  }
}

// ---- keys

namespace {

/// The entries of one key: where each bucket starts, and what is in it.
struct KeyLists {
  std::vector<std::uint32_t> starts;
  std::vector<std::uint32_t> entries;
};

/// An entry before it has its place.
struct Placed {
  std::uint32_t bucket = 0;
  std::uint32_t entry = 0;
};

/// OPTIMIZATION: entries are first put together by ranges of buckets that fit into the cache, then into their buckets. The order
/// within a bucket stays that of the persons.
KeyLists lists_of(std::vector<std::uint64_t>&& hashes, std::vector<std::uint8_t> const& counts, std::uint32_t id_bits) {
  constexpr std::uint32_t range_bits = 14;
  KeyLists lists;
  auto const buckets = hashes.size() / entries_of_a_bucket + 1;
  std::vector<std::size_t> range_starts((buckets >> range_bits) + 2, 0);
  for (auto const hash : hashes) ++range_starts[(bucket_of(hash, buckets) >> range_bits) + 1];
  std::partial_sum(range_starts.begin(), range_starts.end(), range_starts.begin());
  std::vector<Placed> placed(hashes.size());
  auto next_of_range = range_starts;
  std::size_t at = 0;
  for (std::uint32_t person = 0; person < counts.size(); ++person) {
    for (std::uint8_t of = 0; of < counts[person]; ++of, ++at) {
      auto const hash = hashes[at];
      auto const mark = id_bits == 32 ? 0 : static_cast<std::uint32_t>(hash) >> id_bits << id_bits;
      auto const bucket = bucket_of(hash, buckets);
      placed[next_of_range[bucket >> range_bits]++] = {bucket, person | mark};
    }
  }
  hashes = {};
  lists.starts.assign(buckets + 1, 0);
  lists.entries.resize(placed.size());
  std::vector<std::uint32_t> next(std::size_t{1} << range_bits);
  for (std::size_t range = 0; range + 1 < range_starts.size(); ++range) {
    auto const of_range = std::span(placed).subspan(range_starts[range], range_starts[range + 1] - range_starts[range]);
    auto const first_bucket = range << range_bits;
    auto const count = std::min<std::size_t>(next.size(), buckets - std::min(buckets, first_bucket));
    std::fill(next.begin(), next.end(), 0);
    for (auto const& one : of_range) ++next[one.bucket - first_bucket];
    auto start = static_cast<std::uint32_t>(range_starts[range]);
    for (std::size_t bucket = 0; bucket < count; ++bucket) {
      lists.starts[first_bucket + bucket] = start;
      start += std::exchange(next[bucket], start);
    }
    for (auto const& one : of_range) lists.entries[next[one.bucket - first_bucket]++] = one.entry;
  }
  lists.starts[buckets] = static_cast<std::uint32_t>(placed.size());
  return lists;
}

std::uint32_t bits_for(std::size_t persons) {
  std::uint32_t bits = 1;
  while (bits < 32 && (std::uint64_t{1} << bits) < persons) ++bits;
  return bits;
}

// What a key is made of.
constexpr unsigned of_given = 1, of_surnames = 2, of_mother = 4, of_father = 8, of_place = 16;
constexpr std::array<unsigned, keys_count> needs{of_given | of_surnames,
                                                 of_given | of_surnames,
                                                 of_surnames,
                                                 of_given,
                                                 of_surnames,
                                                 of_given | of_surnames,
                                                 of_given | of_surnames | of_place,
                                                 of_given | of_mother,
                                                 of_given | of_father,
                                                 0,
                                                 of_surnames | of_mother | of_father};

/// OPTIMIZATION: only what the key needs; each name is a walk to memory far away.
KeyParts parts_of(Key key, Record const& record, Vocabulary const& words) {
  auto const sound = [&](std::uint32_t field, std::size_t number) { return words.sound_hash(field, number); };
  auto const needed = needs[static_cast<std::size_t>(key)];
  KeyParts parts;
  if ((needed & of_given) != 0)
    for (std::size_t at = 0; at < parts.given.size(); ++at) parts.given[at] = sound(record.given, at);
  if ((needed & of_surnames) != 0) {
    parts.surname1 = sound(record.surname1, 0);
    parts.surname2 = record.surname2 != 0 ? sound(record.surname2, 0) : sound(record.surname1, 1);
  }
  if ((needed & of_father) != 0) {
    parts.father_given = sound(record.father_given, 0);
    parts.father_surname = sound(record.father_surnames, 0);
  }
  if ((needed & of_mother) != 0) {
    parts.mother_given = sound(record.mother_given, 0);
    parts.mother_surname = sound(record.mother_surnames, 0);
  }
  if ((needed & of_place) != 0) parts.place = words.place_hash(record.place);
  parts.document = record.document();
  parts.birth = record.birth();
  return parts;
}

void prefetch_parts(Key key, Record const& record, Vocabulary const& words) {
  auto const needed = needs[static_cast<std::size_t>(key)];
  if ((needed & of_given) != 0) words.prefetch(record.given);
  if ((needed & of_surnames) != 0) {
    words.prefetch(record.surname1);
    words.prefetch(record.surname2);
  }
  if ((needed & of_father) != 0) {
    words.prefetch(record.father_given);
    words.prefetch(record.father_surnames);
  }
  if ((needed & of_mother) != 0) {
    words.prefetch(record.mother_given);
    words.prefetch(record.mother_surnames);
  }
}

}  // namespace

void Builder::State::write_keys(ImageWriter& writer, Vocabulary const& words) {
  auto const id_bits = bits_for(records.size());
  std::atomic<std::uint32_t> next{0};
  std::mutex lock;
  std::condition_variable written;
  std::uint32_t turn = 0;
  auto const work = [&] {
    for (auto number = next++; number < keys_count; number = next++) {
      auto const key = static_cast<Key>(number);
      std::vector<std::uint64_t> hashes;
      std::vector<std::uint8_t> counts(records.size());
      hashes.reserve(records.size() * 2);
      std::array<std::uint64_t, most_hashes_of_a_key> of_person{};
      constexpr std::size_t far = 16;
      for (std::size_t person = 0; person < records.size(); ++person) {
        if (person + far < records.size()) prefetch_parts(key, records[person + far], words);
        auto const count = hashes_of(key, parts_of(key, records[person], words), of_person);
        counts[person] = static_cast<std::uint8_t>(count);
        hashes.insert(hashes.end(), of_person.begin(), of_person.begin() + static_cast<std::ptrdiff_t>(count));
      }
      auto const lists = lists_of(std::move(hashes), counts, id_bits);
      // One after the other, so that the file is always the same.
      std::unique_lock guard(lock);
      written.wait(guard, [&] { return turn == number; });
      writer.add(Section::key_starts, lists.starts, number);
      writer.add(Section::key_entries, lists.entries, number);
      ++turn;
      tell("keys", turn, keys_count);
      written.notify_all();
    }
  };
  std::vector<std::thread> others;
  for (unsigned other = 1; other < std::min<unsigned>(threads, keys_count); ++other) others.emplace_back(work);
  work();
  for (auto& other : others) other.join();
}

Result<void> Builder::finish(std::filesystem::path const& path) {
  auto& state = *state_;
  auto writer = ImageWriter::create(path);
  if (!writer) return tl::unexpected(writer.error());
  state.known_ids = {};
  state.tell("names", 0, 1);
  Vocabulary const words(state.fields, state.places, state.records, state.options.aliases);
  state.tell("names", 1, 1);
  Meta const meta{persons(), bits_for(state.records.size()), words.given_tokens(), words.surname_tokens()};
  writer->add(Section::meta, std::span<Meta const>(&meta, 1));
  writer->add(Section::records, state.records);
  writer->add(Section::ids, state.ids);
  writer->add(Section::id_text, state.id_text);
  writer->add(Section::field_text_starts, state.fields.starts());
  writer->add(Section::field_text, state.fields.all_text());
  writer->add(Section::place_text_starts, state.places.starts());
  writer->add(Section::place_text, state.places.all_text());
  writer->add(Section::place_counts, state.place_counts);
  writer->add(Section::year_counts, state.years);
  words.write(*writer);
  state.write_keys(*writer, words);
  return writer->finish();
}

}  // namespace rcms::matching
