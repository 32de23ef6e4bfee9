#include "foundation/base/text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace rcms;

TEST_CASE("names are searched without marks, case and punctuation") {
  struct Row { char const* name; char const* text; char const* form; };
  Row const rows[] = {
      {"marks and signs", "Núñez-O'Hara", "NUNEZ O HARA"},
      {"composed and decomposed are one", "Jose\xCC\x81", "JOSE"},
      {"stroke", "Łukasz Søren", "LUKASZ SOREN"},
      {"sharp s", "Weiß", "WEISS"},
      {"dotless i", "Işık", "ISIK"},
      {"Arabic loses its vowel points", "مُحَمَّد", "محمد"},
      {"Bengali keeps its vowel signs", "রহিমা", "রহিমা"},
      {"outer and inner space", "  a \t b  ", "A B"},
      {"nothing but signs", "-- ' --", ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    CHECK(search_form(row.text) == row.form);
  }
}

TEST_CASE("plain ASCII is treated as by ICU") {
  // A letter beyond ASCII at the end leads the same text through ICU.
  CHECK(rc::check("tidied and searched", [](std::vector<std::uint8_t> const& bytes) {
    std::string text;
    for (auto const byte : bytes) text += static_cast<char>(byte & 0x7F);
    RC_ASSERT(tidy_text(text + "x") + "é" == tidy_text(text + "xé"));
    RC_ASSERT(search_form(text + "x") + "E" == search_form(text + "xé"));
    RC_ASSERT(is_utf8(text));
  }));
}

TEST_CASE("control characters are found, joiners and line feeds are not") {
  CHECK(has_control_characters("a\x01" "b"));
  CHECK(has_control_characters("a\xC2\x85" "b"));           // C1
  CHECK(has_control_characters("a\xE2\x80\xAE" "b"));       // right-to-left override
  CHECK(has_control_characters("a\xEE\x80\x80" "b"));       // private use
  CHECK(has_control_characters("a\xFF"));                   // not UTF-8
  CHECK(has_control_characters(std::string_view("a\0b", 3)));
  CHECK_FALSE(has_control_characters("two\nlines\tand a tab"));
  CHECK_FALSE(has_control_characters("می\xE2\x80\x8C" "خواهم"));  // zero width non-joiner
}

TEST_CASE("text is tidied to NFC with single spaces") {
  CHECK(tidy_text("  Jose\xCC\x81 \xC2\xA0\n P\xC3\xA9rez ") == "José Pérez");
  CHECK(tidy_text(" \t ") == "");
}

TEST_CASE("words are found where they stand") {
  auto const words = words_of("die asyl_anhörung2.pdf\xC2\xAD!");
  REQUIRE(words.size() == 4);
  CHECK(words[1].form == "ASYL");
  CHECK(words[1].at == 4);
  CHECK(words[1].size == 4);
  CHECK(words[2].form == "ANHORUNG2");
  CHECK(words[3].form == "PDF");
  CHECK(words_of("as\xC2\xADylum").front().form == "ASYLUM");  // soft hyphen
  CHECK(words_of("").empty());
}

TEST_CASE("lengths count code points and a cut never splits one") {
  CHECK(length_of("Núñez") == 5);
  CHECK(cut("Núñez", 2) == "Nú");
  CHECK(cut("ab", 9) == "ab");
  CHECK(cut("", 3) == "");
}

TEST_CASE("Latin script is told from others") {
  CHECK(is_latin("Núñez, 12"));
  CHECK_FALSE(is_latin("Иванов"));
  CHECK_FALSE(is_latin("Ivaнov"));
  CHECK(is_latin("12-34"));
}

TEST_CASE("split and join undo each other") {
  CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(rc::check("join(split(text)) is the text",
                  [](std::string const& text) { RC_ASSERT(join(split(text, ','), ",") == text); }));
  CHECK(lower_ascii("ÁBc") == "Ábc");
  CHECK(upper_ascii("áBc") == "áBC");
}

TEST_CASE("capitals keep their marks, in every script that has capitals") {
  struct Row { char const* text; char const* capitals; };
  for (auto const& row : {Row{"García Sánchez", "GARCÍA SÁNCHEZ"}, Row{"Núñez-O'Hara", "NÚÑEZ-O'HARA"}, Row{"Groß", "GROSS"},
                          Row{"Ożóg", "OŻÓG"}, Row{"Иванов", "ИВАНОВ"}, Row{"নুনিয়েস", "নুনিয়েস"},
                          Row{"a\xCC\x81", "A\xCC\x81"}, Row{"", ""}}) {
    CAPTURE(row.text);
    CHECK(upper_text(row.text) == row.capitals);
  }
}

TEST_CASE("tidied text stays as it is when tidied again, whatever bytes come in") {
  CHECK(rc::check("tidy is idempotent", [](std::string const& bytes) {
    auto const once = tidy_text(bytes);
    RC_ASSERT(tidy_text(once) == once);
    RC_ASSERT(is_utf8(once));
    auto const form = search_form(bytes);
    RC_ASSERT(is_utf8(form));
    RC_ASSERT(search_form(form) == form);
  }));
}
