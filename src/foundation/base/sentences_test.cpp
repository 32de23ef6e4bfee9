// A refusal reaches a person in their language.
#include "foundation/base/sentences.hpp"

#include <doctest/doctest.h>

using namespace rcms;

namespace {

std::filesystem::path const folder = RCMS_SOURCE_DIR "/data/languages";

struct Spoken {
  Labels labels = Labels::load(folder);
  Sentences sentences{labels, folder / "details.en.json"};
};

}  // namespace

TEST_CASE("a sentence is said in the language of the person, with what it was about") {
  Spoken const spoken;
  struct Row {
    char const* english;
    char const* spanish;
  };
  Row const rows[] = {
      {"lies in the future", "Está en el futuro."},
      {"At most 20971520 bytes are possible.", "Como máximo son posibles 20971520 bytes."},
      {"The file has 7 bytes; at most 5 are accepted.", "El archivo tiene 7 bytes; se aceptan 5 como máximo."},
      {"XAR-UTO is not between XAR and ARC in this direction", "XAR-UTO no rige entre XAR y ARC en este sentido."},
      {"\"asylum\" must not leave the State", "\"asylum\" no debe salir del Estado."},
      {"No lo conoce ninguna etiqueta.", "No lo conoce ninguna etiqueta."},
      {"", ""},
  };
  for (auto const& row : rows) {
    CAPTURE(row.english);
    CHECK(spoken.sentences.say("es", row.english) == row.spanish);
    CHECK(spoken.sentences.say("en", row.english) == row.english);
  }
}

TEST_CASE("a code in a sentence is said as its word, in every language") {
  Spoken const spoken;
  struct Row {
    char const* written;
    char const* english;
    char const* spanish;
  };
  Row const rows[] = {
      {"release must be done by another person than create",
       "\u201cRelease and send\u201d must be done by another person than \u201cOpen a case\u201d",
       "«Liberar y enviar» lo debe hacer una persona distinta de la que hizo «Abrir un caso»."},
      {"withdraw does nothing in the state closed", "\u201cWithdraw\u201d does nothing in the state \u201cClosed\u201d",
       "«Retirar» no tiene efecto en el estado «Cerrado»."},
      {"needs case.transfer", "needs \u201cPlan a transfer and record the departure\u201d", nullptr},
      {"a thing must be done by another person than nobody", "a thing must be done by another person than nobody",
       "«a thing» lo debe hacer una persona distinta de la que hizo «nobody»."},
  };
  for (auto const& row : rows) {
    CAPTURE(row.written);
    CHECK(spoken.sentences.say("en", row.written) == row.english);
    if (row.spanish != nullptr) CHECK(spoken.sentences.say("es", row.written) == row.spanish);
  }
  auto const spanish = spoken.sentences.say("es", "G03 must be decided by another person than create");
  CHECK(spanish.find("G03") == std::string::npos);
  CHECK(spanish.find("create") == std::string::npos);
  auto const open = spoken.sentences.say("es", "open: G02 too_old, G03 failed");
  CHECK(open.find("No superada") != std::string::npos);
  CHECK(open.find("G0") == std::string::npos);
}

TEST_CASE("an argument is never empty, and a sentence that goes on is another sentence") {
  Spoken const spoken;
  CHECK(spoken.sentences.knows("wait 5 seconds and try again"));
  CHECK_FALSE(spoken.sentences.knows("wait  seconds and try again"));
  CHECK_FALSE(spoken.sentences.knows("lies in the future or not"));
  CHECK_FALSE(spoken.sentences.knows("is longer than 5 characters; shorten it now"));
}
