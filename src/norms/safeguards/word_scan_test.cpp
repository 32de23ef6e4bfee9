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
  for (auto const& term : words()) CHECK_MESSAGE(labels.has("gates.word." + term.category), term.category);
  CHECK(labels.text("en", "gates.word_found",
                    {{"text", "asylum"}, {"category", "Asylum or protection"}, {"place", "Observations"}}) ==
        "“asylum” must not leave (Asylum or protection). Remove it from Observations.");
}
