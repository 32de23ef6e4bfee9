#include "capabilities/case_files/parts.hpp"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

namespace rcms::case_files {

namespace json = boost::json;

namespace {

/// Which list a row belongs to; the first column of the statement.
enum Part : std::int64_t { attachment, request, deadline, envelope, note, gate, task };

// OPTIMIZATION: nine lists in one statement. Each on its own costs a round trip, a snapshot and a portal on PostgreSQL, and the
// locks of a read transaction on SQLite; together they cost little more than their index descents (docs/decisions/0009).
// Columns: part, time, eight texts, two numbers; what a part does not have is null. `direction IN` lets the index of envelopes
// be used, which begins with party and direction.
#define PARTS_OF_BOTH                                                                                                       \
  "SELECT 0, added_at, id, name, kind, type, sha256, storage, added_by, cast(NULL AS text), size, cast(NULL AS bigint)"     \
  " FROM files WHERE subject = $3 AND removed_at IS NULL"                                                                   \
  " UNION ALL SELECT 1, asked_at, id, state, due_on, items, NULL, NULL, NULL, NULL, answered_at, NULL"                      \
  " FROM document_requests WHERE party = $1 AND case_id = $2"                                                               \
  " UNION ALL SELECT 2, computed_at, id, kind, due_on, state, computation, NULL, NULL, NULL, NULL, NULL"                    \
  " FROM deadlines WHERE party = $1 AND case_id = $2"                                                                       \
  " UNION ALL SELECT 3, created_at, id, direction, kind, partner, hash, state, problem, NULL, number, ended_at"             \
  " FROM envelopes WHERE party = $1 AND direction IN ('out', 'in') AND case_id = $2"                                        \
  " UNION ALL SELECT 4, written_at, id, author, body, NULL, NULL, NULL, NULL, NULL, NULL, NULL"                             \
  " FROM case_notes WHERE party = $1 AND case_id = $2"

db::Sql const parts_of_requesting{
    "case_files.parts_of_requesting",
    PARTS_OF_BOTH " UNION ALL SELECT 5, decided_at, id, gate, status, evidence, reason, decided_by, NULL, NULL, NULL, NULL"
                  " FROM gate_decisions WHERE party = $1 AND case_id = $2"};
db::Sql const parts_of_requested{
    "case_files.parts_of_requested",
    PARTS_OF_BOTH " UNION ALL SELECT 6, created_at, id, kind, state, organisation, assignee, due_on, outcome, result, done_at,"
                  " NULL FROM verification_tasks WHERE party = $1 AND case_id = $2"};

#undef PARTS_OF_BOTH

constexpr std::size_t time_column = 1;
constexpr std::size_t first_text = 2;
constexpr std::size_t first_number = 10;

/// The columns of one row by their place within the part.
class PartRow {
 public:
  explicit PartRow(db::Row const& row) : row_(row) {}
  std::int64_t part() const { return row_.integer(0); }
  Instant time() const { return Instant{row_.integer(time_column)}; }
  std::string const& text(std::size_t n) const { return row_.text(first_text + n); }
  std::string text_or_empty(std::size_t n) const { return row_.find_text(first_text + n).value_or(""); }
  std::int64_t number(std::size_t n) const { return row_.integer(first_number + n); }
  std::optional<Instant> instant(std::size_t n) const {
    auto const at = row_.find_integer(first_number + n);
    return at ? std::optional(Instant{*at}) : std::nullopt;
  }

 private:
  db::Row const& row_;
};

files::FileRecord read_attachment(PartRow const& row, std::string const& subject) {
  files::FileRecord record;
  record.id = FileId{row.text(0)};
  record.subject = subject;
  record.name = row.text(1);
  record.kind = row.text(2);
  auto const type = files::find_type(row.text(3));
  if (!type) throw db::Fault("files.type holds an unknown word: " + row.text(3));
  record.type = *type;
  record.size = row.number(0);
  record.sha256 = row.text(4);
  record.storage = row.text(5);
  record.added_at = row.time();
  record.added_by = row.text(6);
  return record;
}

DocumentRequest read_request(PartRow const& row) {
  return {row.text(0), row.text(1), row.time(), row.text_or_empty(2), row.instant(0), read_items(json::parse(row.text(3)))};
}

exchange::Transmission read_transmission(PartRow const& row) {
  exchange::Transmission sent;
  sent.id = EnvelopeId{row.text(0)};
  sent.direction = row.text(1);
  sent.kind = row.text(2);
  sent.partner = row.text(3);
  sent.number = row.number(0);
  sent.hash = row.text(4);
  sent.state = row.text(5);
  sent.created_at = row.time();
  sent.ended_at = row.instant(1);
  sent.problem = row.text_or_empty(6);
  return sent;
}

GateDecision read_gate(PartRow const& row) {
  return {row.text(1), row.text(2), json::value_to<std::map<std::string, std::string>>(json::parse(row.text(3))),
          row.text(4), UserId{row.text(5)}, row.time()};
}

TaskSummary read_task(PartRow const& row) {
  TaskSummary task{row.text(0), row.text(1), row.text(2), row.text(3), row.text_or_empty(4), row.text(5), row.text_or_empty(6),
                   {}, row.instant(0)};
  auto const result = row.text_or_empty(7);
  if (result.empty()) return task;
  auto const parsed = json::parse(result);
  if (auto const* said = parsed.as_object().if_contains("note"); said != nullptr && said->is_string())
    task.note = std::string(said->get_string());
  return task;
}

/// Oldest first, as the lists are shown; decisions about gates by gate and newest first, so that the first of a gate is in force.
bool comes_before(db::Row const& a, db::Row const& b) {
  PartRow const left(a);
  PartRow const right(b);
  if (left.part() != right.part()) return left.part() < right.part();
  if (left.part() == attachment) {  // those of one moment by name: their identifiers tell no order
    return std::tuple(left.time().ms, left.text(1), left.text(0)) < std::tuple(right.time().ms, right.text(1), right.text(0));
  }
  if (left.part() != gate) return std::tuple(left.time().ms, left.text(0)) < std::tuple(right.time().ms, right.text(0));
  if (left.text(1) != right.text(1)) return left.text(1) < right.text(1);
  return std::tuple(left.time().ms, left.text(0)) > std::tuple(right.time().ms, right.text(0));
}

void take(CaseParts& parts, PartRow const& row, std::string const& subject) {
  switch (row.part()) {
    case attachment: parts.attachments.push_back(read_attachment(row, subject)); break;
    case request: parts.requests.push_back(read_request(row)); break;
    case deadline:
      parts.deadlines.push_back({row.text(0), row.text(1), Date::parse(row.text_or_empty(2)), row.text(3), row.text(4)});
      break;
    case envelope: parts.transmissions.push_back(read_transmission(row)); break;
    case note: parts.notes.push_back({row.text(0), UserId{row.text(1)}, row.time(), row.text(2)}); break;
    case gate:
      if (parts.gates.empty() || parts.gates.back().gate != row.text(1)) parts.gates.push_back(read_gate(row));
      break;
    case task: parts.tasks.push_back(read_task(row)); break;
    default: throw db::Fault("a file has no such part");
  }
}

}  // namespace

CaseParts read_parts(db::Database& database, CaseFile const& file) {
  auto const subject = subject_of(file);
  auto const& sql = file.side == Side::requesting ? parts_of_requesting : parts_of_requested;
  auto rows = database.read(sql, {file.party.value, file.id.value, subject});
  std::sort(rows.begin(), rows.end(), comes_before);
  CaseParts parts;
  for (auto const& row : rows) take(parts, PartRow(row), subject);
  return parts;
}

std::string fingerprint_of(exchange::Exchange const& exchange, CaseFile const& file,
                           std::vector<exchange::Transmission> const& transmissions) {
  if (transmissions.empty()) return {};
  exchange::Transmission const* out = nullptr;
  exchange::Transmission const* in = nullptr;
  for (auto const& sent : transmissions) {
    auto& last = sent.direction == "out" ? out : in;
    if (last == nullptr || sent.number > last->number) last = &sent;
  }
  return exchange::case_fingerprint(exchange.get_correspondent(file.party).code, out == nullptr ? "" : out->hash,
                                    exchange.get_correspondent(PartyId{transmissions.back().partner}).code,
                                    in == nullptr ? "" : in->hash);
}

}  // namespace rcms::case_files
