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
