#include "norms/safeguards/word_scan.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "foundation/base/labels.hpp"

using namespace rcms;
using namespace rcms::safeguards;

namespace {

std::filesystem::path const data = std::filesystem::path(RCMS_SOURCE_DIR) / "data";

WordList const& words() {
  static WordList const loaded = load_word_list(data);
  return loaded;
}

}  // namespace

TEST_CASE("what must not leave is found with its place (worked case 11)") {
  struct Row { char const* name; char const* text; std::size_t at; char const* found; char const* category; };
  Row const rows[] = {
      {"in a sentence", "His asylum rejected 2019", 4, "asylum", "asylum"},
      {"in a file name", "asyl_anhoerung.pdf", 0, "asyl", "asylum"},
      {"within a German word", "Bundesasylzentrum", 0, "Bundesasylzentrum", "asylum"},
      {"in capitals with accents", "SOLICITUD DE ASÍLO", 13, "ASÍLO", "asylum"},
      {"decomposed accent", "Su asi\xCC\x81lo", 3, "asi\xCC\x81lo", "asylum"},
      {"phrase over a line end", "protección\n internacional", 0, "protección\n internacional", "asylum"},
      {"letters spaced", "the a s y l u m file", 4, "a s y l u m", "asylum"},
      {"soft hyphen", "as\xC2\xADylum", 0, "as\xC2\xADylum", "asylum"},
      {"beginning of a word", "fue perseguido", 4, "perseguido", "persecution"},
      {"Arabic", "طلب اللجوء", 7, "اللجوء", "asylum"},
      {"place", "held in the removal centre X", 12, "removal centre", "detention"},
      {"crime", "antecedentes penales: ninguno", 0, "antecedentes penales", "crime"},
      {"health", "VIH positivo", 0, "VIH", "health"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const hits = scan_free_text(words(), row.text);
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].at == row.at);
    CHECK(hits[0].text == row.found);
    CHECK(hits[0].category == row.category);
  }
}

TEST_CASE("a compound is found by its beginning and after known parts") {
  for (char const* guilty : {"Asylantrag", "asylanhoerung.pdf", "ASYLVERFAHREN", "Asylbewerber", "Asylzentrum Bern", "Asylum",
                             "Bundesasylzentrum", "bundes-asylzentrum.jpg", "Kirchenasyl", "Folgeasylantrag", "2019_Asylgesuch",
                             "Bootsflüchtling", "Kriegsfluechtlinge"}) {
    CAPTURE(guilty);
    CHECK(scan_free_text(words(), guilty).size() == 1);
    CHECK(scan_any_text(words(), guilty).size() == 1);
  }
}

TEST_CASE("no person is held back for the letters of a name") {
  for (char const* name :
       {"Basylio", "Basylio Refugio Torre", "Vasyl", "Vasylenko", "Wasyl Kasylow", "Asylbek", "Asylbekov", "Asylkhan Asylzhanova",
        "María del Refugio Santos", "Casylda", "Thasyla", "Gaylord", "Asilah", "Consilio"}) {
    CAPTURE(name);
    CHECK(scan_name(words(), name).empty());
    CHECK(scan_any_text(words(), name).empty());
    CHECK(scan_free_text(words(), name).empty());
  }
  // A given name that is also the word: a name field lets it pass, a free text does not.
  auto const content = boost::json::parse(R"({"A_person":{"given_names":"Asyl","relatives":[{"name":"Asyl","place":"Asyl Nord"}]},
    "F_other":{"observations":"Asyl"}})");
  auto const hits = scan_content(words(), content, {"F_other.observations"});
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].path == "A_person.relatives[0].place");
  CHECK(hits[1].path == "F_other.observations");
}

TEST_CASE("harmless text stays harmless") {
  for (char const* text :
       {"Basilio Asilva de la Torre", "He came by train in 2019 with his passport.", "Llegó a la estación de autobuses",
        "a b c d e f", "", "protección civil", "the centre of the town", "Convento de Santa Ana"}) {
    CAPTURE(text);
    CHECK(scan_free_text(words(), text).empty());
  }
  CHECK(scan_any_text(words(), "Christian Gay").empty());  // a name
  CHECK(scan_any_text(words(), "Asylum Street").size() == 1);
}

TEST_CASE("every language finds its words in any spelling, and lets harmless ones pass") {
  struct Row { char const* language; char const* text; char const* category; };  // no category: harmless
  Row const rows[] = {
      {"en", "Asylum-seekers' hostel", "asylum"},
      {"en", "RefugeeStatus2019.pdf", "asylum"},
      {"en", "he claimed asy-\nlum in 2019", "asylum"},
      {"en", "they were persecuted", "persecution"},
      {"en", "his sexual  orientation", "orientation"},
      {"en", "a criminal\nrecord", "crime"},
      {"en", "persons of ethnic origin", "belief"},
      {"en", "member of the sewing circle", ""},
      {"en", "Cristian Gaylord of Asilomar", ""},
      {"en", "protection of the car against rain", ""},
      {"es", "SOLICITUD_DE_ASILO.PDF", "asylum"},
      {"es", "solicitudAsilo2019.pdf", "asylum"},
      {"es", "dos asilos", "asylum"},
      {"es", "solicitó refugio en 2018", "asylum"},
      {"es", "fue torturada", "persecution"},
      {"es", "iglesia evangélica", "belief"},
      {"es", "Asilo de Ancianos San Vicente", ""},
      {"es", "barrio El Refugio, casa 4", ""},
      {"es", "estación de policía de tránsito", ""},
      {"es", "Protección Civil de Puerto Claro", ""},
      {"fr", "DEMANDE D’ASILE", "asylum"},
      {"fr", "réfugiée reconnue", "asylum"},
      {"fr", "protection\u00A0subsidiaire", "asylum"},
      {"fr", "casier judiciaire vierge", "crime"},
      {"fr", "centre d'hébergement de Lyon", "detention"},
      {"fr", "condamné à six mois", "crime"},
      {"fr", "asile de nuit", ""},
      {"fr", "la traite des vaches", ""},
      {"fr", "centre d'appel", ""},
      {"de", "Asylgesuch abgelehnt", "asylum"},
      {"de", "FLÜCHTLINGSAUSWEIS", "asylum"},
      {"de", "subsidiärer Schutz", "asylum"},
      {"de", "vorläufig auf-\ngenommen", "asylum"},
      {"de", "wurde verurteilt", "crime"},
      {"de", "in Ausschaffungshaft", "detention"},
      {"de", "Schutzhülle des Passes", ""},
      {"de", "Strafzettel", ""},
      {"de", "Christstollen und Religionsstrasse", ""},
      {"ar", "طَلَبُ اللُّجُوءِ", "asylum"},
      {"ar", "طلب اللجـــوء", "asylum"},
      {"ar", "وباللجوء", "asylum"},
      {"ar", "للاجئين", "asylum"},
      {"ar", "لاجىء", "asylum"},
      {"ar", "لاجئة", "asylum"},
      {"ar", "واللاجئون", "asylum"},
      {"ar", "ﻻﺟﺊ", "asylum"},
      {"ar", "الحماية الدولية", "asylum"},
      {"ar", "الحمايه الدوليه", "asylum"},
      {"ar", "ألإضطهاد", "persecution"},
      {"ar", "السوابق الجنائية", "crime"},
      {"ar", "الديانة", "belief"},
      {"ar", "بالانتحار", "health"},
      {"ar", "الجنسية والهوية", ""},
      {"ar", "نور الدين بن صلاح الدين", ""},
      {"ar", "لجنة الحماية المدنية", ""},
      {"ar", "مركز الشرطة في مدينة العين", ""},
      {"ar", "لأجل الجواز", ""},
      {"bn", "শরণার্থী শিবির", "asylum"},
      {"bn", "শরনার্থি", "asylum"},
      {"bn", "শরণার্\u200Dথীদের", "asylum"},
      {"bn", "শরণার্\u200Cথী", "asylum"},
      {"bn", "রাজনৈতিক আশ্রয়", "asylum"},
      {"bn", "রাজনৈতিক আশ্র\u09DFের আবেদন", "asylum"},
      {"bn", "আশ্রয়প্রার্থীর", "asylum"},
      {"bn", "তিনি আশ্রয়ে আছেন", "asylum"},
      {"bn", "অাশ্রয় চেয়েছেন", "asylum"},
      {"bn", "নির্যাতিত", "persecution"},
      {"bn", "মানব পাচারের শিকার", "persecution"},
      {"bn", "ধর্মের কারণে", "belief"},
      {"bn", "কারাদন্ড", "crime"},
      {"bn", "ঘূর্ণিঝড় আশ্রয়কেন্দ্র", ""},
      {"bn", "ঘূর্ণিঝড় আশ্রয় কেন্দ্রের পাশে", ""},
      {"bn", "আশ্রয়ণ প্রকল্প", ""},
      {"bn", "শরণখোলা, বাগেরহাট", ""},
      {"bn", "ধর্মপাশা উপজেলা", ""},
      {"bn", "ধর্মঘটের দিন", ""},
      {"bn", "পাসপোর্ট নম্বর", ""},
  };
  std::map<std::string, std::pair<int, int>> counted;
  for (auto const& row : rows) {
    std::string const text = row.text;
    CAPTURE(text);
    auto const hits = scan_free_text(words(), text);
    std::string const category = row.category;
    if (category.empty()) {
      CHECK(hits.empty());
      ++counted[row.language].second;
      continue;
    }
    CHECK(hits.size() == 1);
    if (hits.empty()) continue;
    CHECK(hits[0].category == category);
    CHECK(text.substr(hits[0].at, hits[0].size) == hits[0].text);
    ++counted[row.language].first;
  }
  CHECK(counted.size() == 6);
  for (auto const& [language, count] : counted) {
    CAPTURE(language);
    CHECK(count.first >= 5);
    CHECK(count.second >= 3);
  }
}

TEST_CASE("every language has its words in every category, and no term is caught by none of the ways to write it") {
  std::map<std::string, std::set<std::string>> categories;
  for (auto const& term : words().terms) {
    categories[term.language].insert(term.category);
    std::string text;
    for (auto const& form : term.forms) text += form + " ";
    CAPTURE(text);
    CHECK_FALSE(scan_free_text(words(), text).empty());
  }
  for (char const* language : {"en", "es", "fr", "de", "ar", "bn"}) {
    for (char const* category : {"asylum", "persecution", "belief", "orientation", "crime", "detention", "health"}) {
      CAPTURE(language);
      CAPTURE(category);
      CHECK(categories[language].contains(category));
    }
  }
}

TEST_CASE("a long document is scanned in no time to speak of") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "palabra cualquiera ومدينة শহরের ";
  text += "asilo";
  CHECK(scan_free_text(words(), text).size() == 1);
}

TEST_CASE("all of what leaves is scanned, names with the strict list only") {
  auto const content = boost::json::parse(R"({"A_person":{"given_names":"Christian","other_names":["Refugee Joe"]},
    "F_other":{"observations":"is Christian"},"C_special":{"state_of_health":"HIV","protection_security":"HIV"}})");
  auto const hits =
      scan_content(words(), content, {"F_other.observations", "C_special.state_of_health", "C_special.protection_security"});
  REQUIRE(hits.size() == 3);
  CHECK(hits[0].path == "A_person.other_names[0]");
  CHECK(hits[1].path == "F_other.observations");
  CHECK(hits[2].path == "C_special.protection_security");
}

TEST_CASE("a word put into any text is found, and hits stand where they say") {
  CHECK(rc::check("found wherever it stands", [](std::string const& before, std::string const& after) {
    std::string const text = before + " asylum " + after;
    auto const hits = scan_free_text(words(), text);
    bool found = false;
    for (auto const& hit : hits) {
      RC_ASSERT(text.substr(hit.at, hit.size) == hit.text);
      found = found || hit.text.find("asylum") != std::string::npos;
    }
    RC_ASSERT(found);
  }));
}

TEST_CASE("every category of words has a label") {
  auto const labels = Labels::load(data / "languages");
  for (auto const& term : words().terms) CHECK_MESSAGE(labels.has("gates.word." + term.category), term.category);
  CHECK(labels.text("en", "gates.word_found",
                    {{"text", "asylum"}, {"category", "Asylum or protection"}, {"place", "Observations"}}) ==
        "“asylum” must not leave (Asylum or protection). Remove it from Observations.");
}
