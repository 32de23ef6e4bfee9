#include "capabilities/casework/import_sample.hpp"

#include <random>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "foundation/base/data_file.hpp"
#include "foundation/base/json_read.hpp"
#include "foundation/sheets/xlsx_writer.hpp"

namespace rcms::casework {

namespace {

namespace json = boost::json;

struct Weighted {
  std::string text;
  std::int64_t weight = 1;
};

/// Draws by weight; the generator is the standard's, the choice our own, so that every machine draws the same.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : generator_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return generator_() % limit; }
  std::string const& one_of(std::vector<Weighted> const& list) {
    std::int64_t total = 0;
    for (auto const& each : list) total += each.weight;
    auto left = static_cast<std::int64_t>(below(static_cast<std::uint64_t>(total)));
    for (auto const& each : list) {
      left -= each.weight;
      if (left < 0) return each.text;
    }
    return list.back().text;
  }

 private:
  std::mt19937_64 generator_;
};

std::vector<Weighted> weighted(json::value const& list, std::size_t text_at_index, std::size_t weight_at_index) {
  std::vector<Weighted> out;
  for (auto const& entry : list.as_array()) {
    auto const& pair = entry.as_array();
    out.push_back({std::string(pair.at(text_at_index).as_string()), pair.at(weight_at_index).to_number<std::int64_t>()});
  }
  return out;
}

struct Department {
  std::string name;
  std::vector<Weighted> municipalities;
};

struct Lists {
  std::vector<Weighted> female, male, surname;
  std::vector<Department> departments;
};

Lists read_lists(std::filesystem::path const& data) {
  auto const names = read_data_file(data / "codes/demo_names.toml", data / "schema/demo_names.schema.json");
  auto const places = read_data_file(data / "codes/demo_places.toml", data / "schema/demo_places.schema.json");
  auto const* latin = find_member(names, "latin");
  if (latin == nullptr) throw std::runtime_error("demo_names: there is no list of Latin names");
  Lists lists;
  lists.female = weighted(latin->at("female"), 0, 1);
  lists.male = weighted(latin->at("male"), 0, 1);
  lists.surname = weighted(latin->at("surname"), 0, 1);
  for (auto const& department : list_at(places, "department")) {
    lists.departments.push_back({text_at(department, "name"), weighted(department.at("municipalities"), 1, 2)});
  }
  return lists;
}

SamplePerson invent(Lists const& lists, Draw& draw) {
  static char const* const villages[] = {"Barrio El Centro", "Colonia Las Flores", "Aldea El Rincón",
                                         "Barrio San Juan",  "Caserío La Loma",    "Colonia Nueva"};
  constexpr int youngest_birth = 12'000;  // days since 1970: 2002-11-09
  constexpr int span_of_births = 13'000;
  SamplePerson person;
  bool const female = draw.below(100) < 27;
  person.sex = female ? "F" : "M";
  person.given_names = draw.one_of(female ? lists.female : lists.male);
  auto const fathers = draw.one_of(lists.surname);
  auto const mothers = draw.one_of(lists.surname);
  person.surname = fathers + " " + mothers;
  person.birth = Date::from_days(youngest_birth - static_cast<int>(draw.below(span_of_births)));
  auto const& born = lists.departments[draw.below(lists.departments.size())];
  auto const& lived = lists.departments[draw.below(lists.departments.size())];
  person.birth_place = draw.one_of(born.municipalities);
  person.department = lived.name;
  person.municipality = draw.one_of(lived.municipalities);
  person.village = villages[draw.below(std::size(villages))];
  person.father = draw.one_of(lists.male) + " " + fathers;
  person.mother = draw.one_of(lists.female) + " " + mothers;
  bool const passport = draw.below(3) == 0;
  person.document_type = passport ? "Passport" : draw.below(4) == 0 ? "Birth certificate" : "Identity card";
  person.document_number = passport
                               ? fmt::format("P{:07}", draw.below(10'000'000))
                               : fmt::format("{:04}-{:05}-{:04}", draw.below(10'000), draw.below(100'000), draw.below(10'000));
  return person;
}

std::vector<sheets::OutCell> cells_of(SamplePerson const& person, std::size_t number, Date today) {
  auto text = [](std::string value) { return sheets::OutCell{std::move(value)}; };
  return {text(fmt::format("XAR-{}-{:04}", today.year(), 4'000 + number)),
          text(person.surname),
          text(person.given_names),
          sheets::OutCell{person.birth},
          text(person.sex == "F" ? "Female" : "Male"),
          text("Utopia"),
          text(person.birth_place),
          text(person.father),
          text(person.mother),
          text(person.department),
          text(person.municipality),
          text(person.village),
          text(person.document_type),
          text(person.document_number),
          text(fmt::format("RD-{}/{}", 7'000 + number * 13, today.year())),
          sheets::OutCell{today.plus_days(-30 - static_cast<int>(number % 20))},
          text("")};
}

/// The kind of defect of a row; -1 when it has none.
int defect_of(SampleDefects defects, std::size_t number) {
  if (defects == SampleDefects::some) return number % 8 == 5 ? static_cast<int>(number / 8 % 5) : -1;
  if (defects == SampleDefects::few) return number == 11 ? 0 : number == 24 ? 1 : number == 33 ? 4 : -1;
  return -1;
}

void spoil(std::vector<sheets::OutCell>& cells, int defect, std::vector<sheets::OutCell> const& before) {
  switch (defect) {
    case 0: cells[3].value = std::string("30/02/1990"); break;
    case 1: cells[4].value = std::string("unclear"); break;
    case 2: cells[1].value = std::string(); cells[2].value = std::string(); break;
    case 3: cells[5].value = std::string("Atlantis"); break;
    default: cells = before; break;
  }
}

}  // namespace

std::vector<SamplePerson> invent_people(std::filesystem::path const& data, std::uint64_t seed, std::size_t count) {
  auto const lists = read_lists(data);
  Draw draw(seed);
  std::vector<SamplePerson> people;
  for (std::size_t i = 0; i < count; ++i) people.push_back(invent(lists, draw));
  return people;
}

Result<std::monostate> write_sample_applications(std::filesystem::path const& path, std::vector<SamplePerson> const& people,
                                                 Date today, SampleDefects defects) {
  sheets::XlsxWriter writer(path);
  writer.add_sheet({"Applications",
                    {{"Reference", 16},
                     {"Surname", 26},
                     {"Given names", 24},
                     {"Date of birth", 14},
                     {"Sex", 10},
                     {"Nationality", 14},
                     {"Place of birth", 20},
                     {"Father", 28},
                     {"Mother", 28},
                     {"Department", 20},
                     {"Municipality", 20},
                     {"Village", 22},
                     {"Document type", 18},
                     {"Document number", 20},
                     {"Return decision", 18},
                     {"Decision date", 14},
                     {"Remarks", 30}},
                    true});
  std::vector<sheets::OutCell> before;
  for (std::size_t i = 0; i < people.size(); ++i) {
    auto cells = cells_of(people[i], i, today);
    if (auto const defect = defect_of(defects, i); defect >= 0) spoil(cells, defect, before);
    writer.row(cells);
    before = std::move(cells);
  }
  return writer.finish();
}

}  // namespace rcms::casework
