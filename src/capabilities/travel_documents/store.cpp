#include "capabilities/travel_documents/store.hpp"

#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "capabilities/travel_documents/rules.hpp"
#include "foundation/base/text.hpp"
#include "foundation/db/optional_value.hpp"
#include "foundation/search/search_words.hpp"

namespace rcms::travel_documents {

namespace json = boost::json;

namespace {

using db::text_or_null;

constexpr std::string_view search_kind = "document";

db::Sql const insert_range_row{
    "travel_documents.insert_range",
    "INSERT INTO blank_ranges (id, party, organisation, series, first_number, last_number, digits, received_at, received_by, box)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};

// The digits of a sheet with the zeros in front, in words that both engines know.
db::Sql const insert_sheets{
    "travel_documents.insert_sheets",
    "INSERT INTO blanks (party, number, range_id, organisation, state, reason, changed_at, changed_by, box)"
    " WITH RECURSIVE sheets (one) AS"
    " (SELECT first_number FROM blank_ranges WHERE id = $1"
    "  UNION ALL SELECT one + 1 FROM sheets WHERE one < CAST($2 AS bigint))"
    " SELECT r.party, r.series || substr('000000000', 1, CAST(r.digits - length(CAST(s.one AS text)) AS integer)) || CAST(s.one "
    "AS text),"
    " r.id, r.organisation, 'in_stock', '', r.received_at, r.received_by, r.box FROM sheets s, blank_ranges r WHERE r.id = $1"};

db::Sql const select_ranges{
    "travel_documents.ranges",
    "SELECT id, organisation, series, first_number, last_number, digits, received_at, box FROM blank_ranges WHERE party = $1"
    " ORDER BY series, first_number, id"};

db::Sql const count_states{
    "travel_documents.count_blanks",
    "SELECT b.range_id, b.state, count(*) FROM blank_ranges r JOIN blanks b ON b.range_id = r.id WHERE r.party = $1"
    " GROUP BY b.range_id, b.state"};

db::Sql const select_blank{"travel_documents.blank",
                           "SELECT number, organisation, state, box, assigned_to, destruction FROM blanks WHERE party = $1 AND "
                           "number = $2"};

db::Sql const select_next_blank{
    "travel_documents.next_blank",
    "SELECT number, organisation, state, box, assigned_to, destruction FROM blanks WHERE party = $1 AND "
    "organisation = $2 AND state "
    "= 'in_stock' ORDER BY number LIMIT 1"};

db::Sql const select_next_blank_of_series{
    "travel_documents.next_blank_of_series",
    "SELECT b.number, b.organisation, b.state, b.box, b.assigned_to, b.destruction FROM blanks b JOIN blank_ranges r ON r.id = "
    "b.range_id"
    " WHERE b.party = $1 AND b.organisation = $2 AND b.state = 'in_stock' AND r.series = $3 ORDER BY b.number LIMIT 1"};

db::Sql const move_blank_row{"travel_documents.move_blank",
                             "UPDATE blanks SET state = $4, reason = $5, changed_by = $6, changed_at = $7 WHERE party = $1 AND "
                             "number = $2 AND state = $3"};

constexpr std::string_view columns =
    "party, number, case_id, reference, organisation, surname, given_names, name_original, birth, sex, nationality, first_line,"
    " second_line, latin_options, seal, issued_on, expires_on, state, issued_by, issued_at, voided_by, voided_at, void_reason, "
    "pdf,"
    " holder, not_the_holder_of, revision, handed_over_at, used_at, returned_at, replaces, layout, face_box";

db::Sql const insert_row{
    "travel_documents.insert",
    "INSERT INTO travel_documents (party, number, case_id, reference, organisation, surname, given_names, name_original, birth,"
    " sex, nationality, first_line, second_line, latin_options, seal, issued_on, expires_on, state, issued_by, issued_at, pdf,"
    " holder, not_the_holder_of, revision, replaces, layout, face_box) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
    " $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)"};

db::Sql const save_life_row{
    "travel_documents.save_life",
    "UPDATE travel_documents SET state = $4, voided_by = $5, voided_at = $6, void_reason = $7, holder = $8, handed_over_at = $9,"
    " used_at = $10, returned_at = $11, revision = $12 WHERE party = $1 AND number = $2 AND revision = $3"};

std::string const select_one_text = fmt::format("SELECT {} FROM travel_documents WHERE party = $1 AND number = $2", columns);
std::string const select_held_text = fmt::format("SELECT {} FROM travel_documents WHERE party = $1 AND holder = $2", columns);
std::string const select_case_text =
    fmt::format("SELECT {} FROM travel_documents WHERE party = $1 AND case_id = $2 ORDER BY issued_at, number", columns);
db::Sql const select_one{"travel_documents.one", select_one_text};
db::Sql const select_held{"travel_documents.held", select_held_text};
db::Sql const select_of_case{"travel_documents.of_case", select_case_text};

db::Sql const free_holder_row{
    "travel_documents.free_holder",
    "UPDATE travel_documents SET holder = NULL WHERE party = $1 AND holder = $2 AND expires_on < $3"};

db::Sql const select_revoked{"travel_documents.revoked",
                             "SELECT party, number, state, used_at FROM travel_documents WHERE state IN ('used', 'returned', "
                             "'void', 'lost') AND expires_on >= $1"
                             " ORDER BY party, number"};

std::optional<Blank> blank_of(std::optional<db::Row> const& row) {
  if (!row) return std::nullopt;
  return Blank{row->text(0),
               OrganisationId{row->text(1)},
               find_blank_state(row->text(2)).value_or(BlankState::void_),
               row->text(3),
               CaseId{row->find_text(4).value_or("")},
               row->find_text(5).value_or("")};
}

TravelDocument document_of(db::Row const& row) {
  TravelDocument document;
  document.party = PartyId{row.text(0)};
  document.number = row.text(1);
  document.case_id = CaseId{row.text(2)};
  document.reference = row.text(3);
  document.organisation = OrganisationId{row.text(4)};
  document.surname = row.text(5);
  document.given_names = row.text(6);
  document.name_original = row.text(7);
  document.birth = row.text(8);
  document.sex = row.text(9);
  document.nationality = row.text(10);
  document.first_line = row.text(11);
  document.second_line = row.text(12);
  document.latin_options = latin_options_of(row.text(13));
  document.seal = row.bytes(14);
  document.issued_on = Date::parse(row.text(15)).value();
  document.expires_on = Date::parse(row.text(16)).value();
  document.state = row.text(17);
  document.issued_by = UserId{row.text(18)};
  document.issued_at = Instant{row.integer(19)};
  document.voided_by = UserId{row.find_text(20).value_or("")};
  if (auto const at = row.find_integer(21)) document.voided_at = Instant{*at};
  document.void_reason = row.find_text(22).value_or("");
  document.pdf = FileId{row.text(23)};
  document.holder = row.find_text(24).value_or("");
  document.not_the_holder_of = row.find_text(25).value_or("");
  document.revision = row.integer(26);
  auto const instant_at = [&](std::size_t column) -> std::optional<Instant> {
    auto const ms = row.find_integer(column);
    return ms ? std::optional(Instant{*ms}) : std::nullopt;
  };
  document.handed_over_at = instant_at(27);
  document.used_at = instant_at(28);
  document.returned_at = instant_at(29);
  document.replaces = row.find_text(30).value_or("");
  document.layout = row.text(31);
  document.face = face_box_of(row.text(32));
  return document;
}

std::vector<TravelDocument> documents_of(db::Rows const& rows) {
  std::vector<TravelDocument> documents;
  for (auto const& row : rows) documents.push_back(document_of(row));
  return documents;
}

std::optional<TravelDocument> first_of(db::Rows const& rows) {
  if (rows.empty()) return std::nullopt;
  return document_of(rows.front());
}


std::vector<std::string> words_of_document(TravelDocument const& document) {
  std::vector<std::string> words;
  for (auto const& text : {document.surname, document.given_names, document.name_original, document.reference, document.number}) {
    for (auto& word : split(search_form(text), ' ')) {
      if (!word.empty()) words.push_back(cut(word, 60));
    }
  }
  std::string whole;
  for (auto& part : split(search_form(document.reference), ' ')) whole += part;
  if (!whole.empty()) words.push_back(whole);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

struct Cursor {
  std::int64_t issued_at = 0;
  std::string number;
};

std::string make_cursor(TravelDocument const& document) {
  return to_base64url(as_bytes(json::serialize(json::array{document.issued_at.ms, document.number})));
}

std::optional<Cursor> read_cursor(std::string const& text) {
  auto const bytes = from_base64url(text);
  if (!bytes) return std::nullopt;
  boost::system::error_code error;
  auto const value = json::parse(as_text(*bytes), error);
  if (error || !value.is_array() || value.get_array().size() != 2) return std::nullopt;
  auto const& parts = value.get_array();
  if (!parts[0].is_int64() || !parts[1].is_string()) return std::nullopt;
  return Cursor{parts[0].get_int64(), std::string(parts[1].get_string())};
}

/// Builds the text of a list from fixed parts; values are always parameters.
class ListQuery {
 public:
  explicit ListQuery(PartyId const& party) { where_ = "party = " + parameter(party.value); }

  void only(DocumentFilter const& filter, Date today) {
    if (filter.state.empty()) return;
    if (filter.state == "expired") {
      where_ += " AND state IN ('issued', 'handed_over') AND expires_on < " + parameter(today.text());
      return;
    }
    where_ += " AND state = " + parameter(filter.state);
    if (filter.state == "issued" || filter.state == "handed_over") where_ += " AND expires_on >= " + parameter(today.text());
  }
  void one_of(std::vector<std::string> const& numbers) {
    std::string list;
    for (auto const& number : numbers) list += (list.empty() ? "" : ", ") + parameter(number);
    where_ += fmt::format(" AND number IN ({})", list);
  }
  void after(Cursor const& cursor) {
    where_ += fmt::format(" AND (issued_at, number) < ({}, {})", parameter(cursor.issued_at), parameter(cursor.number));
  }
  std::string text(int limit) const {
    return fmt::format("SELECT {} FROM travel_documents WHERE {} ORDER BY issued_at DESC, number DESC LIMIT {}", columns, where_,
                       limit);
  }
  db::Values const& values() const { return values_; }

 private:
  std::string parameter(db::Value value) {
    values_.push_back(std::move(value));
    return fmt::format("${}", values_.size());
  }
  std::string where_;
  db::Values values_;
};

}  // namespace

void insert_range(db::Command& command, PartyId const& party, BlankRange const& range, UserId const& by) {
  command.add_expecting(insert_range_row, {range.id, party.value, range.organisation.value, range.series, range.first, range.last,
                                           std::int64_t{range.digits}, range.received_at.ms, by.value, range.box});
  command.add_expecting(insert_sheets, {range.id, range.last}, static_cast<int>(range.received()));
}

std::vector<StockLine> list_stock(db::Database& database, PartyId const& party) {
  std::vector<StockLine> lines;
  std::map<std::string, std::size_t> places;
  for (auto const& row : database.read(select_ranges, {party.value})) {
    places[row.text(0)] = lines.size();
    StockLine line;
    line.range = {row.text(0),
                  OrganisationId{row.text(1)},
                  row.text(2),
                  row.integer(3),
                  row.integer(4),
                  static_cast<int>(row.integer(5)),
                  Instant{row.integer(6)},
                  row.text(7)};
    lines.push_back(std::move(line));
  }
  for (auto const& row : database.read(count_states, {party.value})) {
    auto const place = places.find(row.text(0));
    if (place == places.end()) continue;  // received between the two reads
    auto& line = lines[place->second];
    switch (find_blank_state(row.text(1)).value_or(BlankState::void_)) {
      case BlankState::in_stock: line.in_stock = row.integer(2); break;
      case BlankState::assigned: line.assigned = row.integer(2); break;
      case BlankState::issued: line.issued = row.integer(2); break;
      case BlankState::spoilt: line.spoilt = row.integer(2); break;
      case BlankState::void_: line.voided = row.integer(2); break;
      case BlankState::lost: line.lost = row.integer(2); break;
      case BlankState::returned: line.returned = row.integer(2); break;
    }
  }
  return lines;
}

std::optional<Blank> find_blank(db::Database& database, PartyId const& party, std::string const& number) {
  return blank_of(database.find(select_blank, {party.value, number}));
}

std::optional<Blank> find_next_blank(db::Database& database, PartyId const& party, OrganisationId const& organisation,
                                     std::string const& series) {
  if (series.empty()) return blank_of(database.find(select_next_blank, {party.value, organisation.value}));
  return blank_of(database.find(select_next_blank_of_series, {party.value, organisation.value, series}));
}

void move_blank(db::Command& command, PartyId const& party, std::string const& number, BlankState from, BlankState to,
                std::string const& reason, UserId const& by, Instant at) {
  if (!may_become(from, to))
    throw std::logic_error(fmt::format("a blank that is {} never becomes {}", name_of(from), name_of(to)));
  command.add_expecting(move_blank_row,
                        {party.value, number, std::string(name_of(from)), std::string(name_of(to)), reason, by.value, at.ms});
  add_number_event(command, party, number, {std::string(name_of(to)), at, by, {}, reason});
}

void insert_document(db::Command& command, TravelDocument const& document) {
  command.add_expecting(insert_row, {document.party.value,
                                     document.number,
                                     document.case_id.value,
                                     document.reference,
                                     document.organisation.value,
                                     document.surname,
                                     document.given_names,
                                     document.name_original,
                                     document.birth,
                                     document.sex,
                                     document.nationality,
                                     document.first_line,
                                     document.second_line,
                                     text_of(document.latin_options),
                                     document.seal,
                                     document.issued_on.text(),
                                     document.expires_on.text(),
                                     document.state,
                                     document.issued_by.value,
                                     document.issued_at.ms,
                                     document.pdf.value,
                                     text_or_null(document.holder),
                                     text_or_null(document.not_the_holder_of),
                                     document.revision,
                                     text_or_null(document.replaces),
                                     document.layout,
                                     text_of(document.face)});
  search::add_words(command, document.party, search_kind, document.number, words_of_document(document));
}

void save_life(db::Command& command, TravelDocument const& before, TravelDocument const& after) {
  auto const ms = [](std::optional<Instant> const& at) { return at ? db::Value(at->ms) : db::Value(); };
  command.add_expecting(save_life_row,
                        {after.party.value, after.number, before.revision, after.state, text_or_null(after.voided_by.value),
                         ms(after.voided_at), text_or_null(after.void_reason), text_or_null(after.holder),
                         ms(after.handed_over_at), ms(after.used_at), ms(after.returned_at), after.revision});
}

std::optional<TravelDocument> find_document(db::Database& database, PartyId const& party, std::string const& number) {
  return first_of(database.read(select_one, {party.value, number}));
}

std::optional<TravelDocument> find_held(db::Database& database, PartyId const& party, std::string const& holder) {
  return first_of(database.read(select_held, {party.value, holder}));
}

void free_holder(db::Command& command, PartyId const& party, std::string const& holder, Date today) {
  command.add(free_holder_row, {party.value, holder, today.text()});
}

std::vector<TravelDocument> list_documents_of_case(db::Database& database, PartyId const& party, CaseId const& id) {
  return documents_of(database.read(select_of_case, {party.value, id.value}));
}

Result<DocumentPageOfList> list_documents(db::Database& database, PartyId const& party, DocumentFilter const& filter, Date today,
                                          std::string const& cursor, int limit) {
  ListQuery query(party);
  query.only(filter, today);
  if (!filter.words.empty()) {
    std::vector<std::string> numbers;
    for (auto const& found : search::find_by_words(database, party, search_kind, filter.words, 200))
      numbers.push_back(found.subject);
    if (numbers.empty()) return DocumentPageOfList{};
    query.one_of(numbers);
  }
  if (!cursor.empty()) {
    auto const place = read_cursor(cursor);
    if (!place) return refuse(Why::field_invalid, "cursor", "use the value of `next` of the page before");
    query.after(*place);
  }
  limit = std::clamp(limit, 1, 100);
  DocumentPageOfList page;
  page.rows = documents_of(database.read_text(query.text(limit + 1), query.values()));
  if (static_cast<int>(page.rows.size()) > limit) {
    page.rows.pop_back();
    page.next = make_cursor(page.rows.back());
  }
  return page;
}

std::vector<RevokedDocument> list_revoked(db::Database& database, std::map<std::string, std::string> const& states, Date today) {
  std::vector<RevokedDocument> revoked;
  for (auto const& row : database.read(select_revoked, {today.text()})) {
    auto const state = states.find(row.text(0));
    bool const is_used = ends_as_used(row.text(2), row.find_integer(3).has_value());
    if (state != states.end()) revoked.push_back({state->second, row.text(1), is_used});
  }
  return revoked;
}

}  // namespace rcms::travel_documents
