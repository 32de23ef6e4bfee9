// Properties of reading and building, truncation, options of transliteration, and refusals.
#include <algorithm>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "engines/mrz/check_digit.hpp"
#include "engines/mrz/names.hpp"
#include "engines/mrz/reading.hpp"
#include "engines/mrz/transliteration.hpp"
#include "engines/mrz/writing.hpp"

namespace rcms::mrz {
namespace {

Transliteration const& tables() {
  static auto const loaded = Transliteration::load(RCMS_SOURCE_DIR "/data");
  return loaded;
}

Document specimen(Format format = Format::td2) {
  Document document;
  document.format = format;
  document.document_code = format == Format::td1 ? "I" : format == Format::td2 ? "PU" : format == Format::td3 ? "PE" : "V";
  document.issuing_state = "UTO";
  document.document_number = "E1234567";
  document.nationality = "UTO";
  document.date_of_birth = "900101";
  document.sex = 'F';
  document.date_of_expiry = "270131";
  document.primary_identifier = "RAHMAN";
  document.secondary_identifier = "AMINA";
  return document;
}

rc::Gen<std::string> words(std::string const& alphabet, int most_words, int most_letters) {
  auto word = rc::gen::mapcat(rc::gen::inRange(1, most_letters + 1), [alphabet](int letters) {
    return rc::gen::container<std::string>(static_cast<std::size_t>(letters), rc::gen::elementOf(alphabet));
  });
  return rc::gen::mapcat(rc::gen::inRange(1, most_words + 1), [word](int count) {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(static_cast<std::size_t>(count), word),
                        [](auto const& parts) {
                          std::string text;
                          for (auto const& part : parts) text += (text.empty() ? "" : " ") + part;
                          return text;
                        });
  });
}

std::string const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

std::string printed_expiry(int days) { return mrz_date(Date::from_days(11000 + days)); }

TEST_CASE("what is built reads back as the same document in every format") {
  bool held = rc::check([] {
    auto format = *rc::gen::elementOf(std::vector<Format>{Format::td1, Format::td2, Format::td3, Format::mrv_a, Format::mrv_b});
    auto document = specimen(format);
    document.document_number = *words(letters + "0123456789", 1, format == Format::td1 ? 22 : format == Format::td2 ? 14 : 9);
    document.primary_identifier = *words(letters, 2, 6);
    document.secondary_identifier = *words(letters, 2, 5);
    document.sex = *rc::gen::element('M', 'F', '<');
    document.date_of_expiry = printed_expiry(*rc::gen::inRange(0, 20000));
    document.date_of_birth = *rc::gen::element<std::string>("900101", "9001<<", "90<<<<", "<<<<<<", "000229");
    auto lines = build_mrz(document);
    RC_ASSERT(lines.has_value());
    std::vector<std::string_view> views(lines->begin(), lines->end());
    auto reading = parse_mrz(std::span<std::string_view const>(views));
    RC_ASSERT(reading.is_valid());
    RC_ASSERT(*reading.document == document);
  });
  CHECK(held);
}

TEST_CASE("any single digit that is misread is noticed where a check digit covers it") {
  bool held = rc::check([] {
    auto format = *rc::gen::elementOf(std::vector<Format>{Format::td1, Format::td2, Format::td3});
    auto lines = *build_mrz(specimen(format));
    auto& line = format == Format::td1 ? lines[0] : lines[1];
    std::vector<std::size_t> digits;
    for (std::size_t i = 5; i < line.size(); ++i) {
      bool nationality = format != Format::td1 && i >= 10 && i < 13;
      if (is_digit(line[i]) && !nationality) digits.push_back(i);
    }
    if (format != Format::td1) digits.insert(digits.end(), {0, 1, 2});
    auto at = *rc::gen::elementOf(digits);
    char other = *rc::gen::suchThat(rc::gen::inRange('0', ':'), [&](char c) { return c != line[at]; });
    bool letter_of_same_value = is_letter(line[at]) && (line[at] - 'A') % 10 == other - '0';
    RC_PRE(!letter_of_same_value);
    line[at] = other;
    std::vector<std::string_view> views(lines.begin(), lines.end());
    RC_ASSERT(!parse_mrz(std::span<std::string_view const>(views)).is_valid());
  });
  CHECK(held);
}

TEST_CASE("a name field has its exact width, is never shortened when it fits, and else ends in a letter") {
  bool held = rc::check([] {
    auto primary = *words(letters, 6, 14);
    auto secondary = *rc::gen::oneOf(rc::gen::just(std::string()), words(letters, 6, 14));
    int columns = *rc::gen::element(30, 31, 39);
    auto field = name_field(primary, secondary, columns);
    RC_ASSERT(field.has_value());
    RC_ASSERT(field->size() == static_cast<std::size_t>(columns));
    std::string full = primary + (secondary.empty() ? "" : "<<" + secondary);
    std::replace(full.begin(), full.end(), ' ', '<');
    if (full.size() <= field->size()) {
      RC_ASSERT(field->substr(0, full.size()) == full);
      RC_ASSERT(field->find_first_not_of('<', full.size()) == std::string::npos);
    } else {
      RC_ASSERT(is_letter(field->back()));
      RC_ASSERT(secondary.empty() == (field->find("<<") == std::string::npos));
      RC_ASSERT((*field)[0] == primary[0]);
    }
  });
  CHECK(held);
}

/// The components of one half of a name field.
std::vector<std::string> components(std::string_view half) {
  std::vector<std::string> parts(1);
  for (char const c : half) {
    if (c != '<') {
      parts.back() += c;
    } else if (!parts.back().empty()) {
      parts.emplace_back();
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

/// Every printed component is a beginning of a component of the whole name, in their order.
bool are_beginnings(std::vector<std::string> const& printed, std::vector<std::string> const& whole) {
  std::size_t at = 0;
  for (auto const& part : printed) {
    while (at < whole.size() && whole[at].compare(0, part.size(), part) != 0) ++at;
    if (at++ == whole.size()) return false;
  }
  return true;
}

/// A name of random letters of a script; marks and apostrophes stand within words.
std::string name_in(std::vector<std::string> const& alphabet) {
  std::string name;
  for (int word = 0, words = *rc::gen::inRange(1, 7); word < words; ++word) {
    if (word > 0) name += *rc::gen::element<std::string>(" ", "-", ", ");
    for (int letter = 0, many = *rc::gen::inRange(1, 14); letter < many; ++letter) name += *rc::gen::elementOf(alphabet);
  }
  return name;
}

TEST_CASE("a name of any script with a table is written or shortened lawfully in every format, and reads back") {
  struct Script {
    char const* language;
    std::vector<std::string> alphabet;
  };
  std::vector<Script> const scripts{
      {"", {"a", "É", "ñ", "Å", "ö", "ß", "Ł", "ș", "ễ", "Ø", "İ", "ı", "ǆ", "’", "'", "z"}},
      {"ru", {"А", "щ", "Ъ", "ё", "й", "ж", "Я", "ю", "б", "ы"}},
      {"uk", {"Ї", "є", "Г", "ґ", "и", "й", "Ю", "я", "’", "щ"}},
      {"sr", {"Ђ", "ћ", "Х", "ц", "Ч", "ш", "љ", "њ", "џ"}},
      {"mk", {"Ѓ", "ќ", "Ѕ", "Х", "ц", "Џ", "а"}},
      {"bg", {"Щ", "ъ", "Ю", "ж", "ц"}},
      {"ar", {"ا", "ب", "ة", "ّ", "ع", "ض", "ء", "ـ", "ي", "ى", "ه"}},
      {"fa", {"پ", "چ", "ژ", "گ", "ک", "ی", "\u200c", "ر"}},
  };
  for (auto const& script : scripts) {
    CAPTURE(script.language);
    bool held = rc::check([&] {
      TransliterationOptions options;
      options.language = script.language;
      auto const primary = tables().name(name_in(script.alphabet), options);
      auto const secondary = tables().name(name_in(script.alphabet), options);
      RC_PRE(primary.has_value() && secondary.has_value());
      auto document = specimen(*rc::gen::element(Format::td1, Format::td2, Format::td3, Format::mrv_a, Format::mrv_b));
      document.primary_identifier = primary->name;
      document.secondary_identifier = secondary->name;
      auto const lines = build_mrz(document);
      auto const whole = primary->name + "<<" + secondary->name;
      auto const columns = static_cast<std::size_t>(shape_of(document.format).columns) - (document.format == Format::td1 ? 0 : 5);
      RC_ASSERT(lines.has_value());
      auto const field = document.format == Format::td1 ? (*lines)[2] : (*lines)[0].substr(5);
      RC_ASSERT(field.size() == columns);
      std::vector<std::string_view> const views(lines->begin(), lines->end());
      RC_ASSERT(parse_mrz(std::span<std::string_view const>(views)).is_valid());
      if (whole.size() <= columns) {
        RC_ASSERT(field == whole + std::string(columns - whole.size(), '<'));
        return;
      }
      RC_ASSERT(is_letter(field.back()));
      auto const gap = field.find("<<");
      RC_ASSERT(gap != std::string::npos);
      auto const first = components(field.substr(0, gap));
      auto const second = components(field.substr(gap));
      RC_ASSERT(!first.empty());
      RC_ASSERT(!second.empty());
      RC_ASSERT(are_beginnings(first, components(primary->name)));
      RC_ASSERT(are_beginnings(second, components(secondary->name)));
    });
    CHECK(held);
  }
}

TEST_CASE("a long number reads back with its check digit, and any wrong digit of it is noticed") {
  bool held = rc::check([] {
    auto const format = *rc::gen::element(Format::td1, Format::td2);
    auto document = specimen(format);
    auto const size = *rc::gen::inRange<std::size_t>(10, format == Format::td1 ? 23 : 15);
    document.document_number = *rc::gen::container<std::string>(size, rc::gen::elementOf(letters + "0123456789"));
    auto const room = (format == Format::td1 ? 15U : 7U) - (size - 9 + 2);
    if (room > 0) {
      auto const used = *rc::gen::inRange<std::size_t>(0, room + 1);
      document.optional_data_1 = *rc::gen::container<std::string>(used, rc::gen::elementOf(letters));
    }
    auto const lines = build_mrz(document);
    RC_ASSERT(lines.has_value());
    std::vector<std::string_view> views(lines->begin(), lines->end());
    auto const reading = parse_mrz(std::span<std::string_view const>(views));
    RC_ASSERT(reading.is_valid());
    RC_ASSERT(reading.is_long_number);
    RC_ASSERT(!reading.printed.document_number.has_value());
    RC_ASSERT(*reading.document == document);
    auto damaged = *lines;
    auto& line = format == Format::td1 ? damaged[0] : damaged[1];
    auto const start = format == Format::td1 ? 15U : 28U;
    auto& letter = line[start + *rc::gen::inRange<std::size_t>(0, size - 9)];
    letter = letter == '3' || letter == 'D' || letter == 'N' || letter == 'X' ? '4' : '3';
    std::vector<std::string_view> const other(damaged.begin(), damaged.end());
    RC_ASSERT(!parse_mrz(std::span<std::string_view const>(other)).is_valid());
  });
  CHECK(held);
}

TEST_CASE("each syntax check fails alone when only it is broken") {
  struct Row {
    char const* name;
    std::vector<std::string> lines;
    std::vector<Check> failed;
  };
  std::string const names = "PUUTORAHMAN<<AMINA<<<<<<<<<<<<<<<<<<";
  auto const second = [](std::string birth, char sex, std::string expiry) {
    std::string line = "E1234567<";
    line += check_digit("E1234567<");
    line += "UTO" + birth + check_digit(birth) + sex + expiry + check_digit(expiry) + "<<<<<<<";
    std::string_view const view = line;
    return line + CheckSum().add(view.substr(0, 10)).add(view.substr(13, 7)).add(view.substr(21)).digit();
  };
  for (auto const& row : {
           Row{"good", {names, second("900101", 'F', "270131")}, {}},
           Row{"birth on 30 February", {names, second("900230", 'F', "270131")}, {Check::date_of_birth_format}},
           Row{"29 February of a year without", {names, second("910229", 'F', "270131")}, {Check::date_of_birth_format}},
           Row{"half an unknown month", {names, second("90<101", 'F', "270131")}, {Check::date_of_birth_format}},
           Row{"unknown year", {names, second("<<0101", 'F', "270131")}, {}},
           Row{"all unknown", {names, second("<<<<<<", '<', "270131")}, {}},
           Row{"expiry in month 13", {names, second("900101", 'F', "271331")}, {Check::date_of_expiry_format}},
           Row{"expiry on day 0", {names, second("900101", 'F', "270100")}, {Check::date_of_expiry_format}},
           Row{"sex X", {names, second("900101", 'X', "270131")}, {Check::sex_code}},
           Row{"digit in the name",
               {"PUUTORAHM4N<<AMINA<<<<<<<<<<<<<<<<<<", second("900101", 'F', "270131")},
               {Check::name_charset}},
           Row{"small letter", {"PUUTOrAHMAN<<AMINA<<<<<<<<<<<<<<<<<<", second("900101", 'F', "270131")}, {Check::charset}},
           Row{"letter beyond ASCII",
               {"PUUTORÄHMAN<<AMINA<<<<<<<<<<<<<<<<<<", second("900101", 'F', "270131")},
               {Check::charset}},
           Row{"short and strange", {"PUUTOR HMAN", second("900101", 'F', "270131")}, {Check::length, Check::charset}},
           Row{"one line", {names}, {Check::length}},
           Row{"lines of different length", {names + "<", second("900101", 'F', "270131")}, {Check::length}},
           Row{"four lines", {names, names, names, names}, {Check::length}},
       }) {
    CAPTURE(row.name);
    std::vector<std::string_view> const views(row.lines.begin(), row.lines.end());
    CHECK(parse_mrz(std::span<std::string_view const>(views)).failed == row.failed);
  }
}

TEST_CASE("a name of single letters that cannot end in a letter is refused and not cut wrongly") {
  auto field = name_field("A B C D", "", 6);
  REQUIRE(!field.has_value());
  CHECK(field.error().why == Why::field_too_long);
}

TEST_CASE("what cannot stand in a zone is refused with the name of the field") {
  struct Row {
    char const* name;
    char const* field;
    Why why;
    void (*change)(Document&);
  };
  for (auto const& row : {
           Row{"no number", "document_number", Why::field_missing, [](Document& d) { d.document_number.clear(); }},
           Row{"number too long for TD2", "document_number", Why::field_too_long,
               [](Document& d) { d.document_number = "E12345678901234"; }},
           Row{"lower case number", "document_number", Why::field_invalid, [](Document& d) { d.document_number = "e1"; }},
           Row{"filler in a long number", "document_number", Why::field_invalid,
               [](Document& d) { d.document_number = "E1234567<901"; }},
           Row{"literal X as sex", "sex_code", Why::field_invalid, [](Document& d) { d.sex = 'X'; }},
           Row{"month 13", "date_of_birth_format", Why::field_invalid, [](Document& d) { d.date_of_birth = "901301"; }},
           Row{"unknown expiry", "date_of_expiry_format", Why::field_invalid, [](Document& d) { d.date_of_expiry = "27<<<<"; }},
           Row{"digit in the name", "primary_identifier", Why::field_invalid,
               [](Document& d) { d.primary_identifier = "RAHMAN2"; }},
           Row{"visa code on a document", "document_code", Why::field_invalid, [](Document& d) { d.document_code = "V"; }},
           Row{"optional data too long", "optional_data_1", Why::field_too_long,
               [](Document& d) { d.optional_data_1 = "12345678"; }},
       }) {
    CAPTURE(row.name);
    auto document = specimen();
    row.change(document);
    auto lines = build_mrz(document);
    REQUIRE(!lines.has_value());
    CHECK(lines.error().field == row.field);
    CHECK(lines.error().why == row.why);
  }
}

TEST_CASE("text is read with its line ends, and text beyond the limit is refused") {
  auto lines = *build_mrz(specimen());
  CHECK(parse_mrz("\r\n  " + lines[0] + "  \r\n" + lines[1] + "\r\n\n").is_valid());
  CHECK(parse_mrz(std::string(5000, '\n') + lines[0] + "\n" + lines[1]).failed == std::vector{Check::length});
  CHECK(parse_mrz("").failed == std::vector{Check::length});
}

TEST_CASE("dates of the zone become days, with the century that makes sense") {
  auto document = specimen();
  CHECK(expiry_of(document) == Date(2027, 1, 31));
  CHECK(birth_of(document, Date(2026, 11, 22)) == PartialDate{1990, 1, 1});
  document.date_of_birth = "2612<<";
  CHECK(birth_of(document, Date(2026, 11, 22)) == PartialDate{1926, 12, 0});
  document.date_of_birth = "<<0512";
  CHECK(!birth_of(document, Date(2026, 11, 22)).has_value());
  CHECK(mrz_date(PartialDate{1990, 5, 0}) == "9005<<");
  CHECK(mrz_sex("X") == '<');
}

TEST_CASE("the issuer's options decide the five letters, and only forms of the table are taken") {
  struct Row {
    char const* input;
    LatinOptions options;
    char const* expected;
  };
  LatinOptions plain{"A", "A", "N", "O", "U"};
  LatinOptions marked{"AE", "AA", "NXX", "OE", "UXX"};
  for (auto const& row : {Row{"Müñoz-Åkerblöm Ängel", plain, "MUNOZ<AKERBLOM<ANGEL"},
                          Row{"Müñoz-Åkerblöm Ängel", marked, "MUXXNXXOZ<AAKERBLOEM<AENGEL"},
                          Row{"Mu\u0308ller", plain, "MULLER"}}) {
    TransliterationOptions options;
    options.latin = row.options;
    CHECK(tables().name(row.input, options)->name == row.expected);
  }
  LatinOptions wrong;
  wrong.u_diaeresis = "Y";
  CHECK(tables().check_options(wrong).error().why == Why::field_invalid);
}

TEST_CASE("comparing looks at all lawful forms of a name") {
  auto forms = tables().forms("Müller");
  REQUIRE(forms.has_value());
  CHECK(*forms == std::vector<std::string>{"MUELLER", "MUXXLLER", "MULLER"});
  CHECK(tables().forms("Äåñöü")->size() <= 64);
  CHECK(tables().forms("Smith")->size() == 1);
}

TEST_CASE("Vietnamese marks go, Arabic presentation follows the table, extensions are told") {
  CHECK(tables().name("Nguyễn Thị Bích Ngọc")->name == "NGUYEN<THI<BICH<NGOC");
  CHECK(tables().name("Đặng Văn Lâm")->name == "DANG<VAN<LAM");
  auto schwa = tables().name("Əliyev");
  CHECK(schwa->name == "ELIYEV");
  CHECK(schwa->extensions == std::vector<std::string>{"Ə"});
  CHECK(tables().name("Núñez")->extensions.empty());
}

TEST_CASE("a script without a table is refused and a Latin form is asked for") {
  for (auto const* name : {"রহমান", "राम", "გიორგი", "አማኑኤል", "李小龍", "Αθηνά", "Ṣọlá2"}) {
    CAPTURE(name);
    auto written = tables().name(name);
    REQUIRE(!written.has_value());
    CHECK(written.error().why == Why::field_invalid);
    CHECK(written.error().field == "name");
  }
  CHECK(tables().name("রহমান").error().detail.find("Latin letters") != std::string::npos);
  CHECK(tables().name("\xff\xfe").error().why == Why::malformed);
  CHECK(tables().name("'’").error().why == Why::field_missing);
  CHECK(tables().name(std::string(400, 'A')).error().why == Why::field_too_long);
}

}  // namespace
}  // namespace rcms::mrz
