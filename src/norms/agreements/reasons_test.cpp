#include "norms/agreements/reasons.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "norms/agreements/calendar_check.hpp"
#include "norms/agreements/summary.hpp"
#include "norms/agreements/world_test.hpp"

using namespace rcms;
using namespace rcms::agreements;
using namespace rcms::agreements::tests;

namespace {

std::string read_whole(std::filesystem::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("why a file was refused is told by line and in plain words, without the folders of the server") {
  struct Row { char const* name; char const* message; int line; char const* place; char const* words; };
  Row const rows[] = {
      {"a contradiction", "/opt/rcms/data/agreements/ch-az.toml: in_force_until: 2016-01-01 lies before in_force_from", 0, "",
       "in_force_until: 2016-01-01 lies before in_force_from"},
      {"a missing clause", "/opt/rcms/data/agreements/ch-az.toml, line 32: rule accel_submit: no clause: give article", 32, "",
       "rule accel_submit: no clause: give article"},
      {"an unknown key",
       "/opt/rcms/data/agreements/ch-az.toml does not fit its schema:\n  line 31, rule[2]: Object contains a property that could "
       "not be validated using 'properties' or 'additionalProperties' constraints: 'days'.\n  line 19, rule: Failed to "
       "validate item #2 in array.\n  line 1, the file: Failed to validate against schema associated with property name 'rule'.",
       31, "rule[2]", "there is no key days"},
      {"a missing key", "/x/ch-az.toml does not fit its schema:\n  line 9, rule[0]: Missing required property 'key'.", 9,
       "rule[0]", "the key key is missing"},
      {"a number too small",
       "/x/ch-az.toml does not fit its schema:\n  line 9, rule[0].value: Expected number greater than or equal to 0.000000.", 9,
       "rule[0].value", "the number must be at least 0"},
      {"no TOML at all", "/x/ch-az.toml, line 7: not TOML: Error while parsing key-value pair", 7, "",
       "this line is no heading in brackets and no key = value"},
      {"a key that stands twice",
       "/x/ch-az.toml, line 7: not TOML: Error while parsing key-value pair: cannot redefine existing string 'code'", 7, "",
       "code stands there twice: keep one"},
      {"a failing example", "/x/ch-az.toml, line 210: example \"a\": the file says 2026-03-28, the rule gives 2026-03-27", 210,
       "", "example \"a\": the file says 2026-03-28, the rule gives 2026-03-27"},
  };
  for (auto const& row : rows) {
    CAPTURE(row.name);
    auto const told = tell_reasons("ch-az.toml", row.message);
    REQUIRE(told.size() == 1);
    CHECK(told[0].line == row.line);
    CHECK(told[0].place == row.place);
    CHECK(told[0].words == row.words);
    CHECK(told[0].words.find('/') == std::string::npos);
  }
}

TEST_CASE("whatever is wrong with a file of law, the jurist reads it in their language, with the place") {
  auto const& labels = world().labels;
  Sentences const sentences(labels, data / "languages/details.en.json");
  struct Row { char const* file; char const* find; char const* put; char const* said; };
  Row const rows[] = {
      {"agreements/ch-az.toml", "signed = 2016-10-10", "signed = 2016-1x-10", ":14: no existe ese día: escriba 2027-03-01"},
      {"agreements/ch-az.toml", "fictional = false", "fictional = no", ":10: el valor no está escrito como debe"},
      {"agreements/ch-az.toml", "cited = \"CH-AZ\"", "cited = \"CH-AZ", ":7: un texto no se cierra con su comilla"},
      {"agreements/ch-az.toml", "cited = \"CH-AZ\"", "cited = \"\xff\"", "el archivo no es texto en UTF-8"},
      {"agreements/ch-az.toml", "parties = [\"CHE\", \"AZE\"]", "parties = [\"CHE\" \"AZE\"]", ":12: una lista no se cierra"},
      {"agreements/ch-az.toml", "[[authority]]\n", "[[authority]\n", ":19: un encabezado va entre corchetes: [[rule]]"},
      {"agreements/ch-az.toml", "kind = \"binding\"", "kind \"binding\"", ":11: esta línea no es un encabezado"},
      {"agreements/ch-az.toml", "cited = \"CH-AZ\"", "agreement = \"CH-AZ\"", ":7: agreement está dos veces: deje una"},
      {"agreements/ch-az.toml", "value = 2\n", "value = -2\n", ":33: regla 1, value: el número debe ser al menos 0"},
      {"agreements/ch-az.toml", "value = 2\n", "value = \"2\"\n", ":33: regla 1, value: aquí corresponde otra clase de valor"},
      {"agreements/ch-az.toml", "value = 2\n", "days = 2\n", "regla 1: no existe la clave days"},
      {"agreements/ch-az.toml", "cited = \"CH-AZ\"", "", ": falta la clave cited"},
      {"agreements/ch-az.toml", "parties = [\"CHE\", \"AZE\"]", "parties = []", "parties: la lista necesita al menos 1"},
      {"agreements/ch-az.toml", "cited = \"CH-AZ\"", "cited = \"\"", "cited: el texto está vacío o es demasiado corto"},
      {"agreements/ch-az.toml", "in_force_from = 2017-04-01", "in_force_from = \"2017-02-31\"",
       "in_force_from: 2017-02-31 no es un día que exista"},
      {"agreements/ch-az.toml", "in_force_from = 2017-04-01", "in_force_from = 2015-04-01",
       "in_force_from: 2015-04-01 es anterior a signed"},
      {"agreements/ch-az.toml", "zone = \"Asia/Baku\"", "zone = \"Asia/Baki\"",
       "autoridad de AZE: no se conoce la zona Asia/Baki"},
      {"agreements/ch-az.toml", "article = \"art. 4(3)\"", "article = \"\"", "regla accel_submit: sin cláusula"},
      {"holidays/AZE.toml", "calendar = \"AZE\"", "calendar = \"AZ\"", "calendar: no está escrito como debe"},
      {"holidays/AZE.toml", "calendar = \"AZE\"", "calendar = \"ARM\"", "el calendario ARM está en un archivo de otro nombre"},
      {"holidays/AZE.toml", "day = 1\n", "day = 41\n", "festivo 1, day: el número puede ser como máximo 31"},
      {"holidays/AZE.toml", "month = 1\nday = 1\n", "month = 2\nday = 30\n", "festivo 1: un día fijo que ningún año tiene"},
  };
  auto const folder = std::filesystem::temp_directory_path() / "rcms-reasons-test";
  std::filesystem::create_directories(folder);
  for (auto const& row : rows) {
    auto text = read_whole(data / row.file);
    auto const at = text.find(row.find);
    REQUIRE_MESSAGE(at != std::string::npos, row.file << " has no " << row.find);
    text.replace(at, std::string_view(row.find).size(), row.put);
    auto const file = folder / std::filesystem::path(row.file).filename();
    std::ofstream(file) << text;
    CAPTURE(std::string(row.said));
    bool const holidays = std::string_view(row.file).starts_with("holidays");
    auto const messages = holidays ? check_calendar_file(file, data) : check_file(file, data, world().calendars);
    std::string said;
    for (auto const& message : messages) {
      for (auto const& reason : tell_reasons(file.filename().string(), message)) {
        CHECK_MESSAGE(sentences.knows(reason.words), reason.words);
        said += fmt::format(":{}: {}\n", reason.line, render_reason(labels, sentences, "es", reason));
      }
    }
    CHECK_MESSAGE(said.find(row.said) != std::string::npos, said);
  }
  std::filesystem::remove_all(folder);
}
