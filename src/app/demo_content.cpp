#include "app/demo_content.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "foundation/base/text.hpp"

namespace rcms::app {

namespace json = boost::json;

namespace {

struct CyrillicName {
  char const* original;
  char const* latin;
};
constexpr CyrillicName cyrillic_given[] = {{"Иван", "Ivan"}, {"Олег", "Oleg"}, {"Марина", "Marina"}, {"Вера", "Vera"}};
constexpr CyrillicName cyrillic_surname[] = {
    {"Лаврин", "Lavrin"}, {"Томенко", "Tomenko"}, {"Дорин", "Dorin"}, {"Селен", "Selen"}};

/// One in four of those whom no registry knows writes in Cyrillic.
void name_in_cyrillic(DemoApplicant& one, registry::Dice& dice) {
  bool const female = one.citizen.sex == "F";
  auto const& given = cyrillic_given[(female ? 2 : 0) + dice.below(2)];
  auto const& surname = cyrillic_surname[dice.below(std::size(cyrillic_surname))];
  one.given = given.latin;
  one.surnames = surname.latin;
  one.original_name = std::string(given.original) + " " + surname.original;
}

registry::Place const& place_of(registry::Sources const& sources, std::string const& code) {
  auto const found =
      std::find_if(sources.places.begin(), sources.places.end(), [&](auto const& place) { return place.code == code; });
  return found == sources.places.end() ? sources.places.front() : *found;
}

bool is_child(DemoApplicant const& one, Date on) { return one.citizen.birth.plus_months(18 * 12) > on; }

DemoPaper paper_of(std::string kind, DemoApplicant const& one, Date begins_on, registry::Dice& dice) {
  DemoPaper paper;
  bool const is_picture = kind != "birth_certificate";
  paper.name = kind + (is_picture ? ".jpg" : ".pdf");
  paper.number = one.paper_person().document;
  if (kind == "passport") paper.number = fmt::format("P{:07}", one.seed % 10'000'000);
  if (kind == "birth_certificate") paper.number = fmt::format("{}-{:05}", one.citizen.birth.year(), one.seed % 100'000);
  auto const years = dice.between(1, 9);
  paper.issued_on =
      kind == "birth_certificate" ? one.citizen.birth.plus_days(dice.between(3, 40)) : begins_on.plus_months(-12 * years - 1);
  if (paper.issued_on < one.citizen.birth) paper.issued_on = one.citizen.birth.plus_days(30);
  paper.expires_on = paper.issued_on.plus_months(120);
  paper.kind = std::move(kind);
  return paper;
}

PaperKind drawing_of(std::string const& kind) {
  if (kind == "passport") return PaperKind::passport_page;
  return kind == "birth_certificate" ? PaperKind::birth_certificate : PaperKind::identity_card;
}

Bytes draw(DemoCase const& one, DemoPaper const& paper) {
  if (!paper.has_file) return {};
  auto const person = one.applicant.paper_person();
  if (paper.kind == "birth_certificate")
    return draw_paper_pdf(PaperKind::birth_certificate, person, paper.issued_on, paper.expires_on);
  return draw_paper_picture(drawing_of(paper.kind), person, paper.issued_on, paper.expires_on);
}

void add_person(json::object& content, DemoCase const& one, registry::Sources const& sources) {
  auto const& who = one.applicant;
  json::object person{{"surname", who.surnames}, {"given_names", who.given}, {"dob", who.birth}, {"sex", who.citizen.sex},
                      {"nationality", one.third_country ? "RUR" : "UTO"}, {"language", one.language}};
  if (!who.original_name.empty()) {
    auto const words = split(who.original_name, ' ');
    person["given_names_original"] = words.front();
    person["surname_original"] = words.back();
  }
  auto const& place = place_of(sources, who.citizen.place);
  if (who.seed % 11 != 0) person["pob"] = place.name;
  if (who.seed % 5 != 0 && !who.citizen.father.empty()) person["father_name"] = who.citizen.father;
  if (!who.citizen.mother.empty()) person["mother_name"] = who.citizen.mother;
  bool const child = is_child(who, one.begins_on);
  person["civil_status"] = child ? "single" : one.has_family ? "married" : who.seed % 3 == 0 ? "married" : "single";
  if (who.registered && who.seed % 7 != 0) {
    person["last_address_requested"] =
        json::object{{"level1", place.department},
                     {"level2", place.name},
                     {"line", fmt::format("{} calle {}-{}", who.seed % 9 + 1, who.seed % 14 + 1, who.seed % 90 + 10)}};
  }
  if (!who.citizen.mother.empty() && who.seed % 2 == 0) {
    person["relatives"] = json::array{json::object{{"relation", "mother"}, {"name", who.citizen.mother}, {"place", place.name}}};
  }
  if (who.seed % 4 == 0 && who.registered) {
    person["schools_workplaces"] =
        json::array{json::object{{"kind", "school"}, {"name", "Escuela de " + place.name}, {"place", place.name}}};
  }
  content["A_person"] = std::move(person);
}

void add_family(json::object& content, DemoCase const& one, registry::Sources const& sources) {
  registry::Dice dice(one.applicant.seed + 17);
  auto const first_surname = split(one.applicant.surnames, ' ').front();
  auto const& spouse_names = one.applicant.citizen.sex == "F" ? sources.male : sources.female;
  auto const spouse_surname = sources.surname.draw(dice);
  auto const nationality = one.third_country ? "RUR" : "UTO";
  json::array children;
  for (int child = 0, count = dice.between(1, 3); child < count; ++child) {
    bool const girl = dice.chance(50);
    auto const born = one.begins_on.plus_months(-12 * dice.between(2, 15)).plus_days(-dice.between(0, 300));
    children.push_back(json::object{{"surname", first_surname + " " + spouse_surname},
                                    {"given_names", (girl ? sources.female : sources.male).draw(dice)},
                                    {"dob", born.text()}, {"sex", girl ? "F" : "M"}, {"nationality", nationality}});
  }
  content["B_family"] = json::object{
      {"spouse", json::object{{"surname", spouse_surname}, {"given_names", spouse_names.draw(dice)},
                              {"sex", one.applicant.citizen.sex == "F" ? "M" : "F"}, {"nationality", nationality}}},
      {"children", std::move(children)}};
}

json::object document_of(DemoPaper const& paper, std::string const& file) {
  json::object document{{"type", paper.kind}};
  if (!paper.number.empty()) document["number"] = paper.number;
  if (!paper.has_file) return document;
  document["issued_on"] = paper.issued_on.text();
  if (paper.kind != "birth_certificate") document["expires_on"] = paper.expires_on.text();
  document["form"] = paper.kind == "birth_certificate" ? "authenticated_copy" : "copy";
  if (!file.empty()) document["file"] = file;
  return document;
}

}  // namespace

bool is_in_transit(DemoCase const& one) { return one.third_country && one.agreement == "uto-xar-protocol-2022"; }

json::object demo_content(DemoCase const& one, registry::Sources const& sources, std::vector<std::string> const& files) {
  json::object content;
  add_person(content, one, sources);
  if (!files.empty()) content["A_person"].get_object()["photo"] = files.front();
  if (one.has_family) add_family(content, one, sources);
  json::array documents;
  for (std::size_t at = 0; at < one.papers.size(); ++at) {
    documents.push_back(document_of(one.papers[at], at + 1 < files.size() ? files[at + 1] : std::string()));
  }
  content["D_evidence"] = json::object{{"nationality_evidence", std::move(documents)}};
  if (is_in_transit(one)) {
    content["header"] = json::object{{"procedure_flags", json::array{"transit"}}};
    content["transit"] = json::object{{"transit_request", json::object{{"transport", "air"},
                                                                       {"destination", "RUR"},
                                                                       {"entry_point", "Puerto Alba"},
                                                                       {"escorted", one.applicant.seed % 2 == 0},
                                                                       {"declaration", true}}}};
  } else if (one.third_country) {
    content["E_tcn"] = json::object{
        {"tcn_basis", "unlawful_entry"},
        {"tcn_evidence", json::array{json::object{{"type", "entry_stamp"}, {"number", "Puerto Alba"}, {"form", "copy"}}}}};
  }
  auto const decided = one.begins_on.plus_days(-static_cast<int>(one.applicant.seed % 40) - 12);
  content["internal"] = json::object{
      {"return_decision_ref",
       json::object{{"number", fmt::format("RD-{}/{}", one.applicant.seed % 90'000 + 10'000, decided.year())},
                    {"decided_on", decided.text()},
                    {"notified_on", decided.plus_days(2).text()},
                    {"is_final", true},
                    {"suspensive_effect", false}}},
      {"asylum_status_check", json::object{{"result", "ok"}, {"checked_at", one.begins_on.plus_days(-1).text() + "T15:00:00Z"}}}};
  return content;
}

DemoCase invent_case(DemoApplicant applicant, registry::Sources const&, Date begins_on, registry::Dice& dice) {
  DemoCase one;
  one.begins_on = begins_on;
  if (!applicant.registered && dice.chance(25)) name_in_cyrillic(applicant, dice);
  one.applicant = std::move(applicant);
  auto const& who = one.applicant;
  bool const child = is_child(who, begins_on);
  one.agreement = dice.chance(65) ? "uto-xar-2019" : "uto-xar-protocol-2022";
  one.third_country = !who.registered && one.agreement == "uto-xar-2019" && dice.chance(50);
  one.has_family = !child && dice.chance(12);
  bool const alone = !who.registered && !child && !one.has_family;
  if (alone && one.agreement == "uto-xar-protocol-2022" && who.seed % 3 == 0) one.third_country = true;
  one.language = "es";
  if (!who.original_name.empty()) {
    auto const first = static_cast<unsigned char>(who.original_name.front());
    one.language = first >= 0xe0 ? "bn" : first >= 0xd8 ? "ar" : "ru";
  } else if (dice.chance(12)) {
    one.language = dice.chance(50) ? "quc" : "mam";
  }
  auto const kind_at = dice.below(100);
  if (!who.registered && kind_at < 45) {
    DemoPaper statement;
    statement.kind = "statement_person";
    statement.has_file = false;
    one.papers.push_back(std::move(statement));
  } else if (child || who.citizen.document.empty() || kind_at < 22) {
    one.papers.push_back(paper_of("birth_certificate", who, begins_on, dice));
  } else {
    one.papers.push_back(paper_of(kind_at < 42 ? "passport" : "identity_card", who, begins_on, dice));
  }
  one.later_paper =
      paper_of(one.papers.front().kind == "birth_certificate" ? "identity_card" : "birth_certificate", who, begins_on, dice);
  return one;
}

DemoPictures::DemoPictures(std::vector<DemoCase> const& cases, int threads)
    : cases_(cases), drawn_(cases.size()), is_drawn_(cases.size()) {
  for (int number = 0; number < threads; ++number) threads_.emplace_back([this] { draw_until_done(); });
}

DemoPictures::~DemoPictures() {
  {
    std::lock_guard const lock(mutex_);
    stop_ = true;
  }
  for (auto& thread : threads_) thread.join();
}

DemoPictures::Drawn DemoPictures::draw_all_of(DemoCase const& one) {
  Drawn drawn;
  drawn.photo = draw_portrait(one.applicant.look(one.begins_on));
  for (auto const& paper : one.papers) drawn.papers.push_back(draw(one, paper));
  drawn.later_paper = draw(one, one.later_paper);
  return drawn;
}

void DemoPictures::draw_until_done() {
  while (true) {
    std::size_t at = 0;
    {
      std::lock_guard const lock(mutex_);
      if (stop_ || next_ == cases_.size()) return;
      at = next_++;
    }
    auto drawn = draw_all_of(cases_[at]);
    std::lock_guard const lock(mutex_);
    drawn_[at] = std::move(drawn);
    is_drawn_[at] = true;
    ready_.notify_all();
  }
}

DemoPictures::Drawn const& DemoPictures::of(std::size_t index) {
  if (threads_.empty() && !is_drawn_[index]) {
    drawn_[index] = draw_all_of(cases_[index]);
    is_drawn_[index] = true;
  }
  std::unique_lock lock(mutex_);
  ready_.wait(lock, [&] { return is_drawn_[index]; });
  return drawn_[index];
}

void DemoPictures::forget_papers(std::size_t index) {
  drawn_[index].photo = {};
  drawn_[index].papers = {};
}

}  // namespace rcms::app
