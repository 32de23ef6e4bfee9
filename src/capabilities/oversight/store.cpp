#include "capabilities/oversight/store.hpp"

#include <limits>

#include "foundation/ledger/subject.hpp"

namespace rcms::oversight {

namespace {

#define RCMS_LEDGER_COLUMNS                                                                                                 \
  "SELECT e.commit_order, e.subject, e.position, o.number, e.actor, e.action, e.source, e.at, e.hash FROM ledger_entries e" \
  " LEFT JOIN ledger_order o ON o.subject = e.subject AND o.position = e.position"

db::Sql const select_page{"oversight.ledger",
                          RCMS_LEDGER_COLUMNS
                          " WHERE e.party = $1 AND e.commit_order <= $2"
                          " AND (e.commit_order < $2 OR (e.subject, e.position) < ($3, $4))"
                          " ORDER BY e.commit_order DESC, e.subject DESC, e.position DESC LIMIT $5"};
db::Sql const select_chain{"oversight.chain",
                           RCMS_LEDGER_COLUMNS
                           " WHERE e.subject = $1 AND e.party = $2 AND e.position < $3 ORDER BY e.position DESC LIMIT $4"};
db::Sql const select_file{"oversight.file", "SELECT case_id, reference, side FROM case_files WHERE party = $1 AND case_id = $2"};
db::Sql const select_reference{"oversight.reference",
                               "SELECT case_id, reference, side FROM case_files WHERE party = $1 AND reference = $2"};

#undef RCMS_LEDGER_COLUMNS

constexpr auto newest = std::numeric_limits<std::int64_t>::max();

std::vector<LedgerLine> lines_of(db::Rows const& rows) {
  std::vector<LedgerLine> lines;
  for (auto const& row : rows) {
    lines.push_back({{row.integer(0), row.text(1), row.integer(2)},
                     row.is_null(3) ? std::nullopt : std::optional(row.integer(3)),
                     row.text(4),
                     row.text(5),
                     row.text(6),
                     Instant{row.integer(7)},
                     row.bytes(8)});
  }
  return lines;
}

std::vector<LedgerLine> list_chain(db::Database& database, LedgerQuestion const& question, std::string const& subject) {
  auto const before = question.before && question.before->subject == subject ? question.before->position : newest;
  return lines_of(database.read(select_chain, {subject, question.party.value, before, std::int64_t{question.limit} + 1}));
}

std::optional<NamedFile> file_of(std::optional<db::Row> const& row) {
  if (!row) return std::nullopt;
  CaseId const id{row->text(0)};
  return NamedFile{id, row->text(1), row->text(2) == "requesting" ? ledger::case_subject(id) : ledger::application_subject(id)};
}

}  // namespace

std::vector<LedgerLine> list_ledger(db::Database& database, LedgerQuestion const& question) {
  if (question.subject) return list_chain(database, question, *question.subject);
  auto const before = question.before.value_or(LedgerPlace{newest, {}, 0});
  return lines_of(database.read(select_page, {question.party.value, before.commit_order, before.subject, before.position,
                                              std::int64_t{question.limit} + 1}));
}

std::optional<NamedFile> find_file(db::Database& database, PartyId const& party, CaseId const& id) {
  return file_of(database.find(select_file, {party.value, id.value}));
}

std::optional<NamedFile> find_file_by_reference(db::Database& database, PartyId const& party, std::string const& reference) {
  return file_of(database.find(select_reference, {party.value, reference}));
}

}  // namespace rcms::oversight
