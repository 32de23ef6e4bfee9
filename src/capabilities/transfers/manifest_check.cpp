#include "capabilities/transfers/manifest_check.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <boost/describe/enum_to_string.hpp>

#include "foundation/base/text.hpp"
#include "foundation/sheets/sheet.hpp"

namespace rcms::transfers {

namespace {

void find(ListCheck& check, ListFinding finding) {
  if (check.findings.size() < findings_limit) {
    check.findings.push_back(std::move(finding));
  } else {
    ++check.more;
  }
}

/// The columns of a file: whose copy it is, in which language, and where each column stands.
struct Heading {
  ManifestCopy const* copy = nullptr;
  std::string language;
  std::map<std::string, std::size_t> places;
};

/// The copy and language that share the most titles with the file.
Heading read_heading(std::vector<std::string> const& titles, std::vector<ManifestCopy> const& copies, Labels const& labels) {
  Heading best;
  std::pair<std::size_t, std::size_t> best_score{0, 0};  // titles in common, then as few others as possible
  for (auto const& copy : copies) {
    for (auto const& language : labels.languages()) {
      Heading one{&copy, language, {}};
      for (auto const& column : copy.columns) {
        auto const at = std::find(titles.begin(), titles.end(), tidy_text(title_of(column, labels, language)));
        if (at != titles.end()) one.places[column] = static_cast<std::size_t>(at - titles.begin());
      }
      std::pair const score{one.places.size(), 1'000 - copy.columns.size()};
      if (one.places.empty() || score <= best_score) continue;
      best_score = score;
      best = std::move(one);
    }
  }
  return best;
}

void check_heading(ListCheck& check, std::uint64_t line, Heading const& heading, std::vector<std::string> const& titles,
                   Labels const& labels) {
  std::set<std::size_t> known;
  for (std::size_t i = 0; i < heading.copy->columns.size(); ++i) {
    auto const& column = heading.copy->columns[i];
    auto const title = title_of(column, labels, heading.language);
    auto const place = heading.places.find(column);
    if (place == heading.places.end()) {
      find(check, {line, title, ListProblem::column_missing, {}, {}, i < titles.size() ? titles[i] : ""});
      continue;
    }
    known.insert(place->second);
    if (place->second != i)
      find(check, {line, title, ListProblem::column_moved, {}, std::to_string(i + 1), std::to_string(place->second + 1)});
  }
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (!known.contains(i) && !titles[i].empty()) find(check, {line, titles[i], ListProblem::column_unknown, {}, {}, {}});
  }
}

std::string person_words(ListedTraveller const& person) {
  return person.given_names.empty() ? person.surname : person.surname + ", " + person.given_names;
}

/// Holds the rows of one table against the list.
class TableCheck {
 public:
  TableCheck(Manifest const& manifest, std::vector<ManifestCopy> const& copies, Labels const& labels)
      : manifest_(manifest), copies_(copies), labels_(labels) {}

  ListCheck run(std::string_view content) {
    auto const table = sheets::read_table(content);
    check_.format = std::string(sheets::name_of(table.report.format));
    for (auto const& defect : table.report.defects) note(defect);
    if (table.report.stopped) note(*table.report.stopped);
    if (table.rows.empty()) {
      if (check_.findings.empty()) find(check_, {0, {}, ListProblem::not_read, {}, {}, say(sheets::Problem::empty_file)});
      return std::move(check_);
    }
    if (!take_heading(table.rows.front())) return std::move(check_);
    for (std::size_t i = 1; i < table.rows.size(); ++i) take_row(table.rows[i]);
    for (auto const& person : manifest_.persons) {
      if (!seen_.contains(person.number)) find(check_, {0, {}, ListProblem::missing, person_words(person), {}, {}});
    }
    return std::move(check_);
  }

 private:
  std::string say(sheets::Problem problem) const { return "sheets." + std::string(sheets::name_of(problem)); }
  void note(sheets::Defect const& defect) {
    find(check_, {defect.line, {}, ListProblem::not_read, {}, {}, say(defect.problem), defect.detail});
  }

  bool take_heading(sheets::Row const& row) {
    std::vector<std::string> titles;
    for (auto const& cell : row.cells) titles.push_back(tidy_text(cell.text));
    heading_ = read_heading(titles, copies_, labels_);
    if (heading_.copy == nullptr) {
      find(check_, {row.line, titles.empty() ? "" : titles.front(), ListProblem::column_unknown, {}, {}, {}});
      return false;
    }
    check_.copy = heading_.copy->code;
    check_heading(check_, row.line, heading_, titles, labels_);
    key_ = heading_.places.contains("reference") ? "reference" : "document_number";
    return heading_.places.contains(key_);
  }

  static std::string text_at_place(sheets::Row const& row, std::size_t place) {
    return place < row.cells.size() ? tidy_text(row.cells[place].text) : std::string();
  }

  void take_row(sheets::Row const& row) {
    ++check_.rows;
    auto const key = text_at_place(row, heading_.places.at(key_));
    auto const found = std::find_if(manifest_.persons.begin(), manifest_.persons.end(), [&](auto const& one) {
      return !key.empty() && cell_of(one, key_, labels_, heading_.language) == key;
    });
    if (found == manifest_.persons.end()) {
      auto const name = heading_.places.find("surname");
      auto const person = name == heading_.places.end() ? std::string() : text_at_place(row, name->second);
      find(check_, {row.line, title_of(key_, labels_, heading_.language), ListProblem::not_on_list, person, {}, key});
      return;
    }
    if (!seen_.insert(found->number).second) {
      find(check_, {row.line, {}, ListProblem::twice, person_words(*found), {}, {}});
      return;
    }
    for (auto const& [column, place] : heading_.places) {
      auto const ours = tidy_text(cell_of(*found, column, labels_, heading_.language));
      auto const theirs = text_at_place(row, place);
      if (ours != theirs)
        find(check_, {row.line, title_of(column, labels_, heading_.language), ListProblem::differs, person_words(*found), ours,
                      theirs});
    }
  }

  Manifest const& manifest_;
  std::vector<ManifestCopy> const& copies_;
  Labels const& labels_;
  ListCheck check_;
  Heading heading_;
  std::string key_;
  std::set<int> seen_;
};

std::string day_words(std::optional<Date> const& day) { return day ? day->text() : std::string(); }

void compare_person(ListCheck& check, std::uint64_t line, paxlst::ListedPerson const& ours, paxlst::ListedPerson const& theirs) {
  auto const name = ours.surname + ", " + ours.given_names;
  auto const compare = [&](char const* column, std::string const& one, std::string const& other) {
    if (one != other) find(check, {line, column, ListProblem::differs, name, one, other});
  };
  compare("surname", ours.surname, theirs.surname);
  compare("given_names", ours.given_names, theirs.given_names);
  compare("sex", ours.sex, theirs.sex);
  compare("birth_date", day_words(ours.birth), day_words(theirs.birth));
  compare("nationality", ours.nationality, theirs.nationality);
  compare("document_issuer", ours.document_issuer, theirs.document_issuer);
  compare("document_until", day_words(ours.document_until), day_words(theirs.document_until));
}

}  // namespace

std::string name_of(ListProblem problem) { return boost::describe::enum_to_string(problem, "?"); }

bool is_message(std::string_view content) {
  auto const at = content.find_first_not_of(" \r\n\t");
  if (at == std::string_view::npos) return false;
  auto const tag = content.substr(at, 4);
  return tag.starts_with("UNA") || tag.starts_with("UNB+");
}

ListCheck check_table(std::string_view content, Manifest const& manifest, std::vector<ManifestCopy> const& copies,
                      Labels const& labels) {
  return TableCheck(manifest, copies, labels).run(content);
}

ListCheck check_message(std::string_view content, paxlst::PassengerList const& ours) {
  ListCheck check;
  check.format = "paxlst";
  auto const theirs = paxlst::parse_paxlst(content);
  if (!theirs) {
    find(check, {0, theirs.error().field, ListProblem::not_read, {}, {}, "refused." + std::string(name_of(theirs.error().why))});
    return check;
  }
  check.copy = "carrier";
  check.rows = theirs->persons.size();
  auto const journey = [&](char const* column, std::string const& one, std::string const& other) {
    if (one != other) find(check, {0, column, ListProblem::journey_differs, {}, one, other});
  };
  journey("number", ours.number, theirs->number);
  journey("from", ours.from, theirs->from);
  journey("to", ours.to, theirs->to);
  journey("departs", ours.departs_at.text(), theirs->departs_at.text());
  journey("arrives", ours.arrives_at.text(), theirs->arrives_at.text());
  std::vector<bool> seen(ours.persons.size(), false);
  std::uint64_t line = 0;
  for (auto const& one : theirs->persons) {
    ++line;
    auto const name = one.surname + ", " + one.given_names;
    auto const found = std::find_if(ours.persons.begin(), ours.persons.end(), [&](auto const& known) {
      return !one.document_number.empty() && known.document_number == one.document_number;
    });
    if (found == ours.persons.end()) {
      find(check, {line, "document_number", ListProblem::not_on_list, name, {}, one.document_number});
      continue;
    }
    auto const index = static_cast<std::size_t>(found - ours.persons.begin());
    if (seen[index]) {
      find(check, {line, {}, ListProblem::twice, name, {}, {}});
      continue;
    }
    seen[index] = true;
    compare_person(check, line, *found, one);
  }
  for (std::size_t i = 0; i < ours.persons.size(); ++i) {
    if (!seen[i])
      find(check, {0, {}, ListProblem::missing, ours.persons[i].surname + ", " + ours.persons[i].given_names, {}, {}});
  }
  return check;
}

}  // namespace rcms::transfers
