// Tables of any size are read by many threads as by one, invented registries are the same every time, and weights that were
// altered, or did worse, are not taken.
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "capabilities/registry/generated.hpp"
#include "capabilities/registry/reading.hpp"
#include "capabilities/registry/weights_file.hpp"

using namespace rcms;
using namespace rcms::registry;

namespace {

class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("rcms-tables-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path put(std::string const& name, std::string const& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string text_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// What a table becomes: how many persons, and the defects.
struct Taken {
  Result<void> read;
  std::uint32_t persons = 0;
  Reading reading;
};

Taken take(std::filesystem::path const& file) {
  matching::Builder builder({});
  Taken taken;
  PersonRows rows(builder, taken.reading);
  taken.read = read_persons(file, rows, taken.reading);
  taken.persons = builder.persons();
  return taken;
}

std::string line_of(std::string const& id, std::string const& birth = "1990-02-28") {
  return id + "\tANA\tLOPEZ\tYAC\t" + birth + "\tF\t0901\t\t\t\t\t\n";
}

WeightsFile some_weights() {
  WeightsFile file;
  file.weights = matching::default_weights();
  file.weights.m[0][1] = 654'321;
  file.source = {"by hand 1", "queries.tsv", "decisions.tsv", 1000, 7, 500, 400, 120, 9, true};
  file.held_out.before.asked = file.held_out.before.there = file.held_out.before.first = 120;
  file.held_out.after = file.held_out.before;
  file.held_out.outcome = matching::Comparable::better_or_equal;
  return file;
}

}  // namespace

TEST_CASE("a table larger than what is read at once is taken in its order, with each defect at its line") {
  Folder const folder;
  std::string text = "\xEF\xBB\xBF";
  constexpr std::uint32_t lines = 60'000;  // several pieces
  for (std::uint32_t number = 1; number <= lines; ++number) {
    if (number == 30'000) text += "too\tfew\n";
    else if (number == 30'001) text += line_of("P1");
    else if (number == 45'000) text += "\r\n";
    else if (number == 50'000) text += line_of("D", "31/12/1990");
    else text += line_of("P" + std::to_string(number));
  }
  text += "LAST\tANA" + std::string(10, '\t');  // without an end of line
  auto const taken = take(folder.put("many.tsv", text));
  REQUIRE(taken.read);
  CHECK(taken.persons == lines - 4 + 1);
  REQUIRE(taken.reading.defects.size() == 3);
  CHECK(taken.reading.defects[0].line == 30'000);
  CHECK(taken.reading.defects[1] == LineDefect{30'001, "there is already a person with the id P1"});
  CHECK(taken.reading.defects[2].line == 50'000);
  CHECK(taken.reading.left_out == 3);
}

TEST_CASE("a line longer than all that is read at once costs itself and not its neighbours") {
  Folder const folder;
  auto const taken = take(folder.put("long.tsv", line_of("1") + std::string(3 << 20, 'X') + "\n" + line_of("3")));
  REQUIRE(taken.read);
  CHECK(taken.persons == 2);
  REQUIRE(taken.reading.defects.size() == 1);
  CHECK(taken.reading.defects[0].line == 2);
  CHECK(take(folder.path() / "none.tsv").read.error().why == Why::unavailable);
  CHECK(take(folder.put("empty.tsv", "")).persons == 0);
}

TEST_CASE("a date in three forms is taken where it is certain and told where it is not") {
  Folder const folder;
  auto const taken = take(folder.put(
      "dates.tsv", line_of("1", "1990-02-28") + line_of("2", "19900228") + line_of("3", "28/02/1990") + line_of("4", "1990") +
                       line_of("5", "02.28.1990") + line_of("6", "1990-02")));
  CHECK(taken.persons == 4);
  REQUIRE(taken.reading.defects.size() == 2);
  CHECK(taken.reading.defects[0].line == 3);
  CHECK(taken.reading.defects[0].what.find("write yyyy-mm-dd") != std::string::npos);
  CHECK(taken.reading.defects[1].line == 5);
}

TEST_CASE("questions, decisions and tables with a heading come through one reader") {
  Folder const folder;
  Reading reading;
  std::vector<AskedRow> asked;
  auto const keep = [&](std::vector<AskedRow>& rows) { asked.insert(asked.end(), rows.begin(), rows.end()); };
  REQUIRE(read_questions(folder.put("q.tsv", "q1\t77\tlight\t1\tANA\tLOPEZ" + std::string(8, '\t') + "\nq2\n"), reading, keep));
  REQUIRE(read_questions(folder.put("q.csv", "Query ID,given names,true id,profile\nq3,ROSA,0,absent\n"), reading, keep));
  REQUIRE(asked.size() == 2);
  CHECK(asked[0].truth == "77");
  CHECK(asked[0].profile == "light");
  CHECK(asked[1].id == "q3");
  CHECK(asked[1].query.given == "ROSA");
  CHECK(asked[1].truth.empty());
  CHECK(reading.left_out == 1);
  auto const decisions = read_decisions(folder.put("d.tsv", "q1\t77\nq2\t0\tmore\t\r\nq3\n"), reading);
  REQUIRE(decisions);
  REQUIRE(decisions->size() == 2);
  CHECK((*decisions)[0].person == "77");
  CHECK((*decisions)[1].person.empty());
  CHECK(reading.left_out == 2);
  auto const wrong = read_decisions(folder.put("d.csv", "who,whom\n1,2\n"), reading);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().field == "query");
}

TEST_CASE("an invented registry is the same every time, in several scripts, and all of it can be taken") {
  Folder const folder;
  auto const sources = read_sources(std::filesystem::path(RCMS_SOURCE_DIR) / "data");
  GenerateOptions options;
  options.folder = folder.path() / "one";
  options.persons = 3'000;
  options.questions = 200;
  options.rare_names = 500;
  options.twice_in_1000 = 50;
  options.other_script_percent = 20;
  auto const made = generate_registry(sources, options);
  REQUIRE(made);
  CHECK(made->persons >= 3'000);
  CHECK(made->questions == 200);
  CHECK(made->twice > 50);
  auto const taken = take(options.folder / "persons.tsv");
  CHECK(taken.persons == made->persons);
  CHECK(taken.reading.left_out == 0);
  auto again = options;
  again.folder = folder.path() / "two";
  REQUIRE(generate_registry(sources, again));
  for (auto const* name : {"persons.tsv", "queries.tsv", "duplicates.tsv"})
    CHECK(text_of(options.folder / name) == text_of(again.folder / name));
  again.seed = 2;
  REQUIRE(generate_registry(sources, again));
  CHECK(text_of(options.folder / "persons.tsv") != text_of(again.folder / "persons.tsv"));
  again.folder = folder.put("file", "") / "below";
  CHECK(generate_registry(sources, again).error().why == Why::unavailable);
}

TEST_CASE("weights come back as they were written, and the same ones have the same version") {
  Folder const folder;
  auto file = some_weights();
  REQUIRE(write_weights(folder.path() / "w.json", file));
  CHECK(file.weights.version.starts_with("learnt "));
  auto const read = read_weights(folder.path() / "w.json");
  REQUIRE(read);
  CHECK(read->weights.version == file.weights.version);
  CHECK(read->weights.m == file.weights.m);
  CHECK(read->weights.relative == file.weights.relative);
  CHECK(read->source.decisions == "decisions.tsv");
  CHECK(read->held_out.after.first == 120);
  auto same = some_weights();
  CHECK(render_weights(same) == text_of(folder.path() / "w.json"));
  CHECK(may_be_in_force(*read));
  CHECK(read_weights(folder.path() / "none.json").error().why == Why::not_found);
  CHECK(write_weights(folder.path() / "no" / "w.json", file).error().why == Why::unavailable);
}

TEST_CASE("weights that were altered, cut, incomplete or worse are refused with what to do") {
  auto file = some_weights();
  auto const text = render_weights(file);
  auto const replaced = [&](std::string const& what, std::string const& by) {
    auto other = text;
    other.replace(other.find(what), what.size(), by);
    return parse_weights(other);
  };
  for (std::size_t length = 0; length + 2 < text.size(); length += 97) CHECK_FALSE(parse_weights(text.substr(0, length)));
  CHECK(replaced("654321", "654322").error().why == Why::does_not_verify);
  CHECK(replaced("654321", "1654321").error().why == Why::malformed);
  CHECK(replaced("654321", "0").error().why == Why::malformed);
  CHECK(replaced("\"same_person\"", "\"same\"").error().detail.find("make it again") != std::string::npos);
  CHECK(replaced("\"rounds\":9", "\"rounds\":8").error().why == Why::does_not_verify);
  CHECK(replaced("rcms weights 1", "rcms weights 2").error().why == Why::malformed);
  auto worse = some_weights();
  worse.held_out.after.proposed_wrongly = 1;
  auto const parsed = parse_weights(render_weights(worse));
  REQUIRE_FALSE(parsed);  // the outcome that it tells is not that of its figures
  worse.held_out.outcome = compare_measured(worse.held_out.before, worse.held_out.after);
  auto const honest = parse_weights(render_weights(worse));
  REQUIRE(honest);
  CHECK(may_be_in_force(*honest).error().why == Why::wrong_step);
  auto few = some_weights();
  few.held_out = {};
  auto const uncompared = parse_weights(render_weights(few));
  REQUIRE(uncompared);
  CHECK(may_be_in_force(*uncompared).error().detail.find("more decisions") != std::string::npos);
}
