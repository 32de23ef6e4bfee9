#include "foundation/ledger/entry.hpp"

#include "foundation/ledger/effect.hpp"
#include "foundation/ledger/hash_input.hpp"

namespace rcms::ledger {

namespace {

constexpr db::Sql select_head{"ledger_select_head",
                              "SELECT position, hash FROM ledger_entries WHERE subject = $1 ORDER BY position DESC LIMIT 1"};
// OPTIMIZATION: the place in the chain is also its lock, so that an entry is one row. Who finds it taken waits for whoever is
// taking it, and is superseded.
constexpr db::Sql insert_entry{
    "ledger_insert_entry",
    "INSERT INTO ledger_entries (subject, position, party, actor, action, source, revision, at, commitment, previous, hash, key, "
    "content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (subject, position) DO NOTHING"};
constexpr db::Sql erase_content{"ledger_erase_contents",
                                "UPDATE ledger_entries SET key = NULL, content = NULL WHERE subject = $1 AND key IS NOT NULL"};
constexpr db::Sql select_content{"ledger_select_content",
                                 "SELECT content FROM ledger_entries WHERE subject = $1 AND position = $2"};
constexpr db::Sql select_entries{
    "ledger_select_entries",
    "SELECT position, party, actor, action, source, revision, at, commitment, previous, hash, content "
    "FROM ledger_entries WHERE subject = $1 ORDER BY position"};

}  // namespace

Bytes commitment_of(Content const& content) { return hmac_sha256(content.key, content.text); }

Bytes hash_of(Record const& record) {
  return HashInput("rcms ledger entry 1")
      .text(record.subject)
      .number(record.position)
      .text(record.party)
      .text(record.actor)
      .text(record.action)
      .text(record.source)
      .number(record.revision)
      .number(record.at.ms)
      .bytes(record.commitment)
      .bytes(record.previous)
      .digest();
}

ChainHead load_head(db::Database& database, std::string const& subject) {
  ChainHead head{subject};
  if (auto const row = database.find(select_head, {subject})) {
    head.length = row->integer(0);
    head.hash = row->bytes(1);
  }
  return head;
}

void append(db::Command& command, ChainHead& head, Entry const& entry) {
  Content const content{random_bytes(32), entry.content};
  Record record{.subject = entry.subject,
                .position = head.length + 1,
                .party = entry.party.value,
                .actor = entry.actor,
                .action = entry.action,
                .source = entry.source,
                .revision = entry.revision,
                .at = entry.at,
                .commitment = commitment_of(content),
                .previous = head.hash};
  record.hash = hash_of(record);

  command.add_expecting(insert_entry, {record.subject, record.position, record.party, record.actor, record.action,
                                       record.source, record.revision, record.at.ms, record.commitment, record.previous,
                                       record.hash, content.key, content.text});
  head.length = record.position;
  head.hash = record.hash;
}

db::Command erase_contents(std::string const& subject) {
  db::Command command;
  command.add(erase_content, {subject});
  return command;
}

std::optional<std::string> find_content(db::Database& database, std::string const& subject, std::int64_t position) {
  auto const row = database.find(select_content, {subject, position});
  return row ? row->find_text(0) : std::nullopt;
}

std::vector<Told> list_entries(db::Database& database, std::string const& subject) {
  std::vector<Told> entries;
  for (auto const& row : database.read(select_entries, {subject})) {
    entries.push_back({Record{.subject = subject,
                              .position = row.integer(0),
                              .party = row.text(1),
                              .actor = row.text(2),
                              .action = row.text(3),
                              .source = row.text(4),
                              .revision = row.integer(5),
                              .at = Instant{row.integer(6)},
                              .commitment = row.bytes(7),
                              .previous = row.bytes(8),
                              .hash = row.bytes(9)},
                       row.find_text(10)});
  }
  return entries;
}

std::string subject_of_first_entry(db::Command const& command) {
  for (auto const& statement : command.statements()) {
    if (statement.sql == &insert_entry) return std::get<std::string>(statement.values.front());
  }
  return {};
}

}  // namespace rcms::ledger
