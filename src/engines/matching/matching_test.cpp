// What the engine promises, name by name and file by file.
#include <algorithm>
#include <fstream>
#include <thread>

#include <doctest/doctest.h>

#include "engines/matching/bits.hpp"
#include "engines/matching/near_names.hpp"
#include "engines/matching/rows.hpp"
#include "engines/matching/text_form.hpp"
#include "engines/matching/world_test.hpp"

using namespace rcms;
using namespace rcms::matching;

namespace {

std::string tokens(std::string_view field) {
  std::string all;
  for (auto const& token : tokens_of(field, FieldKind::surname)) all += (all.empty() ? "" : "|") + token;
  return all;
}

Rule likeness_of(std::string const& asked, std::string const& known, std::vector<Alias> aliases = {}) {
  TemporaryFile file;
  BuildOptions options;
  options.aliases = std::move(aliases);
  Invented person;
  person.id = "1";
  person.given = known;
  Invented other;
  other.id = "2";
  other.given = asked;
  auto const index = build_index({person, other}, file.path(), options);
  auto const token = index.tokens(index.record(0).given)[0];
  return likeness(index, ask_name(index, tokens_of(asked, FieldKind::given).front(), Near::all), token);
}

Invented juana() {
  return {"7",    "JUANA MARIA", "LOPEZ",     "IXCOY", "1988-04-09", "F",
          "0901", "PEDRO",       "LOPEZ TUM", "ANA",   "IXCOY BATZ", "2504881230901"};
}

}  // namespace

TEST_CASE("logarithms are whole numbers and right to a thousandth of a bit") {
  CHECK(log2_ratio(1, 1) == 0);
  CHECK(log2_ratio(8, 1) == 3000);
  CHECK(log2_ratio(1, 8) == -3000);
  CHECK(log2_ratio(3, 1) == 1584);
  CHECK(log2_ratio(1, 1'000'000) == -19931);
  CHECK(log2_ratio(0xFFFFFFFFFFFFFFFF, 1) == 63999);
  CHECK(exp2_q32(0) == std::uint64_t{1} << 32);
  CHECK(exp2_q32(-1000) == std::uint64_t{1} << 31);
  CHECK(exp2_q32(-40'000) == 0);
  for (int bits = -30'000; bits < 0; bits += 77) {
    auto const value = exp2_q32(bits);
    REQUIRE(value > 0);
    CHECK(std::abs(log2_ratio(value, std::uint64_t{1} << 32) - bits) <= (bits < -20'000 ? 330 : 3));
  }
  CHECK(log2_sum(0, 0) == 1000);
  CHECK(log2_sum(10'000, -30'000) == 10'000);
}

TEST_CASE("a field becomes names without particles, honorifics and marks, in capital letters") {
  CHECK(tokens("García Pérez") == "GARCIA|PEREZ");
  CHECK(tokens("de la Cruz") == "CRUZ");
  CHECK(tokens("DEL VALLE Y LA TORRE") == "VALLE|TORRE");
  CHECK(tokens("Ma. Guadalupe") == "MA|GUADALUPE");
  CHECK(tokens("O'Brien-Smith") == "OBRIEN|SMITH");
  CHECK(tokens("Sra. Núñez") == "NUNEZ");
  CHECK(tokens("LA") == "LA");
  CHECK(tokens("  ").empty());
  CHECK(tokens("Иванов") == "IVANOV");
  CHECK(tokens("محمد") == "mhmd");
  CHECK(tokens("রহমান") == "RAHAMAN");
  CHECK(tokens(std::string(5000, 'A')).size() == longest_token);
}

TEST_CASE("names that sound alike have one sound") {
  struct Row {
    char const* left;
    char const* right;
  };
  for (auto const& [left, right] :
       {Row{"VASQUEZ", "BASKES"}, Row{"HERNANDEZ", "ERNANDES"}, Row{"YESSENIA", "LLESENIA"}, Row{"JIMENEZ", "GIMENES"},
        Row{"XIMENA", "JIMENA"}, Row{"QUISPE", "KISPE"}, Row{"PHILIP", "FILIP"}, Row{"CANPOS", "CAMPOS"}}) {
    CAPTURE(left);
    CHECK(sound_of(left) == sound_of(right));
  }
  CHECK(sound_of("MARIO") != sound_of("MARIA"));
  CHECK(sound_of("DELGADO") != sound_of("SALGADO"));
}

TEST_CASE("names of two scripts meet in their consonants") {
  struct Row {
    char const* latin;
    char const* original;
  };
  for (auto const& [latin, original] :
       {Row{"MUHAMMAD", "محمد"}, Row{"MOHAMED", "محمد"}, Row{"HUSSEIN", "حسين"}, Row{"KHALID", "خالد"}, Row{"YOUSEF", "يوسف"},
        Row{"RAHMAN", "রহমান"}, Row{"IVANOV", "Иванов"}}) {
    CAPTURE(latin);
    CHECK(skeleton_of(latin) == skeleton_of(tokens(original)));
    CHECK_FALSE(skeleton_of(latin).empty());
  }
}

TEST_CASE("the rule that makes two names alike is told") {
  CHECK(likeness_of("GARCIA", "GARCIA") == Rule::same);
  CHECK(likeness_of("VICTOR", "BICTOR") == Rule::same_sound);
  CHECK(likeness_of("GUSTAVO", "GUSTABO") == Rule::same_sound);
  CHECK(likeness_of("GUSTAVO", "GUSTARO") == Rule::one_letter);
  CHECK(likeness_of("GUSTAVO", "GUTSAVO") == Rule::one_letter);
  CHECK(likeness_of("GUADALUPE", "GUDALPE") == Rule::two_letters);
  CHECK(likeness_of("MOHAMMED", "MUHAMMAD") == Rule::two_letters);
  CHECK(likeness_of("MUHAMMAD", "محمد") == Rule::other_script);
  CHECK(likeness_of("J", "JUAN") == Rule::initial);
  CHECK(likeness_of("MA", "MARIA", {{"MA", "MARIA"}}) == Rule::known_alias);
  CHECK(likeness_of("DELACRUZ", "CRUZ", {{"DELACRUZ", "CRUZ"}}) == Rule::known_alias);
  CHECK(likeness_of("PEDRO", "JUAN") == Rule::differs);
  CHECK(likeness_of("ANA", "EVA") == Rule::differs);
}

TEST_CASE("letters apart count an exchange of neighbours once") {
  CHECK(letters_apart("GARCIA", "GARCIA", 2) == 0);
  CHECK(letters_apart("GARCIA", "GRACIA", 2) == 1);
  CHECK(letters_apart("GARCIA", "GARCA", 2) == 1);
  CHECK(letters_apart("GARCIA", "GARZIAS", 2) == 2);
  CHECK(letters_apart("GARCIA", "LOPEZ", 2) == 3);
  CHECK(letters_apart("", "AB", 2) == 2);
  CHECK(letters_apart("CA", "ABC", 3) == 3);  // no letter is touched twice
}

TEST_CASE("dates are read in their forms and refused outside them") {
  CHECK(Birth::parse("1990-02-28")->day() == 28);
  CHECK(Birth::parse("19900228") == Birth::parse("1990-02-28"));
  CHECK(Birth::parse("1990")->precision == Precision::year);
  CHECK(Birth::parse("1990-02")->precision == Precision::month);
  CHECK(Birth::parse("")->precision == Precision::unknown);
  for (auto const* wrong :
       {"1990-02-30", "1990-13-01", "28.02.1990", "90-02-28", "1879-12-31", "2059-01-01", "199", "1990-2-8", "abcd"}) {
    CAPTURE(wrong);
    CHECK_FALSE(Birth::parse(wrong));
  }
  for (int year = first_year; year < first_year + years_count; ++year) {
    auto const last = Birth::parse(std::to_string(year) + "-12-31");
    REQUIRE(last);
    CHECK(last->year() == year);
    CHECK(last->month() == 12);
    CHECK(last->day() == 31);
  }
}

TEST_CASE("ids come back as they were given") {
  std::vector<Invented> people;
  for (auto const* id : {"7", "007", "A-1", "ñandú", "ABCDEFGHIJKL", "ABCDEFGHIJKLM", "abc", "0012345678901", "00000000000000000",
                         "123456789012345678"}) {
    auto person = juana();
    person.id = id;
    people.push_back(person);
  }
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  for (std::uint32_t at = 0; at < people.size(); ++at) CHECK(index.id(at) == people[at].id);
}

TEST_CASE("a row that cannot be taken names its field, and the good ones are kept") {
  Builder builder({});
  auto good = juana();
  REQUIRE(builder.add(good.row()));
  auto const why = [&](auto change) {
    auto person = juana();
    person.id = "8";
    change(person);
    auto const taken = builder.add(person.row());
    REQUIRE_FALSE(taken);
    return std::string(name_of(taken.error().why)) + " " + taken.error().field;
  };
  CHECK(why([](Invented& person) { person.id = "7"; }) == "already_exists id");
  CHECK(why([](Invented& person) { person.id.clear(); }) == "field_missing id");
  CHECK(why([](Invented& person) { person.birth = "31/12/1990"; }) == "field_invalid birth");
  CHECK(why([](Invented& person) { person.given = std::string(10'000, 'X'); }) == "field_too_long given");
  CHECK(why([](Invented& person) { person.surname1 = "GARC\xCD" "A"; }) == "field_invalid surname1");
  CHECK(builder.persons() == 1);
  CHECK(parse_person_line("1\tANA").error().detail.find("2 columns and needs 12") != std::string::npos);
  CHECK(parse_person_line(std::string(5000, 'x')).error().why == Why::too_large);
  CHECK(parse_person_line("1\ta\tb\tc\td\te\tf\tg\th\ti\tj\tk\r")->document == "k");
  CHECK(parse_question_line("q\t0\tclean\t0\tANA\tLOPEZ\t\t1990\tF\t\t\t\t\t")->query.birth == "1990");
}

TEST_CASE("an index that was cut or altered anywhere is refused, and the old one stays when a new one cannot be written") {
  TemporaryFile file;
  auto const people = invent_registry(1, 40);
  build_index(people, file.path());
  std::string whole;
  {
    std::ifstream in(file.path(), std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(in), {});
  }
  auto const open_with = [&](std::string const& bytes) {
    TemporaryFile damaged;
    std::ofstream(damaged.path(), std::ios::binary) << bytes;
    auto const opened = Index::open(damaged.path());
    return opened ? Why::unavailable : opened.error().why;
  };
  for (std::size_t length = 0; length < whole.size(); length += whole.size() / 97 + 1) {
    CAPTURE(length);
    CHECK(open_with(whole.substr(0, length)) == Why::does_not_verify);
  }
  std::size_t refused = 0, altered = 0;
  for (std::size_t at = 0; at < whole.size(); at += 211) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x20);
    ++altered;
    // The room between sections belongs to none of them; a bit there changes nothing.
    if (open_with(bytes) == Why::does_not_verify) ++refused;
  }
  CHECK(refused * 100 >= altered * 60);
  auto other_version = whole;
  other_version[8] = 99;
  CHECK(open_with(other_version) == Why::does_not_verify);
  CHECK(Index::open("/nowhere/at/all").error().why == Why::not_found);
  auto builder = Builder({});
  CHECK(builder.finish("/nowhere/at/all").error().why == Why::unavailable);
  CHECK(Index::open(file.path()));
}

TEST_CASE("the same rows give the same bytes, however many threads work") {
  auto const people = invent_registry(2, 300);
  std::vector<std::string> bytes;
  for (unsigned threads : {1U, 2U, 5U}) {
    TemporaryFile file;
    BuildOptions options;
    options.threads = threads;
    build_index(people, file.path(), options);
    std::ifstream in(file.path(), std::ios::binary);
    bytes.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  CHECK(bytes[0] == bytes[1]);
  CHECK(bytes[0] == bytes[2]);
}

TEST_CASE("rows taken many at once are the same index, and each that is refused says why") {
  auto people = invent_registry(2, 300);
  TemporaryFile one_by_one, at_once;
  build_index(people, one_by_one.path());
  std::vector<PersonRow> rows;
  for (auto const& person : people) rows.push_back(person.row());
  auto wrong = juana();
  wrong.birth = "yesterday";
  rows.insert(rows.begin() + 7, wrong.row());
  rows.push_back(people[3].row());
  Builder builder({});
  std::vector<Result<void>> refused;
  builder.add(std::span<PersonRow const>(rows).first(100), refused);
  REQUIRE(refused.size() == 100);
  for (std::size_t at = 0; at < refused.size(); ++at) CHECK(refused[at].has_value() == (at != 7));
  CHECK(refused[7].error().field == "birth");
  builder.add(std::span<PersonRow const>(rows).subspan(100), refused);
  CHECK(refused.back().error().why == Why::already_exists);
  CHECK(builder.persons() == people.size());
  REQUIRE(builder.finish(at_once.path()));
  auto const bytes_of = [](std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  CHECK(bytes_of(one_by_one.path()) == bytes_of(at_once.path()));
}

TEST_CASE("the brother is never taken for the person who is not there") {
  TemporaryFile file;
  auto people = invent_registry(3, 3000);
  auto sister = juana();
  sister.id = "8";
  sister.given = "ROSA ELENA";
  sister.birth = "1990-11-30";
  people.push_back(sister);
  auto const index = build_index(people, file.path());
  auto const answer = Searcher(index).search(juana().query());
  REQUIRE(answer);
  REQUIRE_FALSE(answer->candidates.empty());
  auto const& first = answer->candidates.front();
  CHECK(first.id == "8");
  CHECK(first.may_be_relative);
  CHECK(first.band != Band::proposed);
  CHECK(first.reasons.front().bits < 0);  // what speaks against stands first
  // With the person there, the person is found and the sister stays behind.
  people.push_back(juana());
  TemporaryFile with;
  auto const both = build_index(people, with.path());
  auto const found = Searcher(both).search(juana().query());
  REQUIRE(found);
  CHECK(found->candidates.front().id == "7");
  CHECK(found->band == Band::proposed);
  CHECK(found->margin > 3000);
}

TEST_CASE("namesakes lower each other's confidence") {
  auto people = invent_registry(4, 2000);
  people.push_back(juana());
  auto namesake = juana();
  namesake.id = "9";
  people.push_back(namesake);
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  auto const answer = Searcher(index).search(juana().query());
  REQUIRE(answer);
  CHECK(answer->band == Band::to_review);
  CHECK(answer->margin == 0);
  CHECK(answer->candidates[0].posterior_ppm <= 500'000);
  CHECK(answer->candidates[0].id == "7");  // equal ones in the order of their ids
}

TEST_CASE("what was written differently is found, and the rule is named") {
  auto people = invent_registry(5, 2000);
  people.push_back(juana());
  TemporaryFile file;
  BuildOptions options;
  options.aliases = {{"MA", "MARIA"}};
  auto const index = build_index(people, file.path(), options);
  Searcher searcher(index);
  auto const rule_of = [&](auto change, Part part) {
    auto query = juana().query();
    change(query);
    auto const answer = searcher.search(query);
    REQUIRE(answer);
    REQUIRE_FALSE(answer->candidates.empty());
    CHECK(answer->candidates.front().id == "7");
    for (auto const& reason : answer->candidates.front().reasons)
      if (reason.part == part) return reason.rule;
    return Rule::not_compared;
  };
  CHECK(rule_of([](Query& q) { q.birth = "1988-09-04"; }, Part::birth) == Rule::day_month);
  CHECK(rule_of([](Query& q) { q.birth = "1988-01-01"; }, Part::birth) == Rule::estimated);
  CHECK(rule_of([](Query& q) { q.birth = "1988"; }, Part::birth) == Rule::estimated);
  CHECK(rule_of([](Query& q) { q.birth = "1989-04-09"; }, Part::birth) == Rule::part_of_date);
  CHECK(rule_of([](Query& q) { q.birth.clear(); }, Part::birth) == Rule::not_compared);
  CHECK(rule_of([](Query& q) { std::swap(q.surname1, q.surname2); }, Part::surname1) == Rule::exchanged);
  CHECK(rule_of([](Query& q) { q.surname1 = "LOPEZ IXCOY"; q.surname2.clear(); }, Part::surname2) == Rule::same);
  CHECK(rule_of([](Query& q) { q.surname2.clear(); }, Part::surname2) == Rule::not_compared);
  CHECK(rule_of([](Query& q) { q.given = "JUANA"; }, Part::given) == Rule::some_names);
  CHECK(rule_of([](Query& q) { q.given = "GUANA MARIA"; }, Part::given) == Rule::one_letter);
  CHECK(rule_of([](Query& q) { std::swap(q.given, q.surname1); q.surname2.clear(); }, Part::given) == Rule::exchanged);
  CHECK(rule_of(
            [](Query& q) {
              q.document = "2504881230910";
              q.birth.clear();
              q.surname1.clear();
            },
            Part::document) == Rule::one_letter);
  CHECK(rule_of([](Query& q) { q.surname2 = "YXCOI"; }, Part::surname2) == Rule::same_sound);
  CHECK(rule_of([](Query& q) { q.sex = "U"; }, Part::sex) == Rule::not_compared);
}

TEST_CASE("a question without anything to search by, or with a date that is none, is refused") {
  TemporaryFile file;
  auto const index = build_index(invent_registry(6, 30), file.path());
  Searcher searcher(index);
  CHECK(searcher.search({}).error().why == Why::field_missing);
  Query query;
  query.given = "ANA";
  query.birth = "31.12.1990";
  CHECK(searcher.search(query).error().field == "birth");
  query.birth.clear();
  query.given = std::string(400, 'A');
  CHECK(searcher.search(query).error().why == Why::field_too_long);
  TemporaryFile empty;
  auto const nobody = build_index({}, empty.path());
  query.given = "ANA";
  auto const answer = Searcher(nobody).search(query);
  REQUIRE(answer);
  CHECK(answer->candidates.empty());
  CHECK(answer->band == Band::not_found);
}

TEST_CASE("a thousand persons of one name are not read to the end, and the answer says so") {
  std::vector<Invented> people;
  for (int number = 0; number < 3000; ++number) {
    auto person = juana();
    person.id = "N" + std::to_string(number);
    people.push_back(person);
  }
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  SearchOptions options;
  options.most_compared = 500;
  auto const answer = Searcher(index).search(juana().query(), options);
  REQUIRE(answer);
  CHECK(answer->truncated);
  CHECK(answer->looked_at == 500);
  CHECK(answer->band != Band::proposed);
}

TEST_CASE("when all have the name that was asked, nobody is compared in vain and the answer asks for more") {
  std::vector<Invented> people;
  for (int number = 0; number < 3000; ++number) {
    auto person = juana();
    person.id = "N" + std::to_string(number);
    people.push_back(person);
  }
  TemporaryFile file;
  auto const index = build_index(people, file.path());
  SearchOptions options;
  options.scan_when_unsure_up_to = 0;
  Query query;
  query.given = "JUANA";
  query.surname1 = "LOPEZ";
  auto const answer = Searcher(index).search(query, options);
  REQUIRE(answer);
  CHECK(answer->truncated);
  CHECK(answer->band == Band::not_found);
  query.surname1 = "QUISPE";
  auto const nobody = Searcher(index).search(query, options);
  REQUIRE(nobody);
  CHECK_FALSE(nobody->truncated);
}
