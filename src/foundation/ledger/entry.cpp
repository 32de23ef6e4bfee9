#include "foundation/ledger/entry.hpp"

#include "foundation/ledger/effect.hpp"
#include "foundation/ledger/hash_input.hpp"

namespace rcms::ledger {

namespace {

constexpr db::Sql select_head{"ledger_select_head", "SELECT length, head FROM chains WHERE subject = $1"};
constexpr db::Sql insert_chain{"ledger_insert_chain",
                               "INSERT INTO chains (subject, party, length, head) VALUES ($1, $2, 1, $3) "
                               "ON CONFLICT (subject) DO NOTHING"};
constexpr db::Sql update_chain{"ledger_update_chain",
                               "UPDATE chains SET length = length + 1, head = $1 WHERE subject = $2 AND length = $3"};
constexpr db::Sql insert_entry{
    "ledger_insert_entry",
    "INSERT INTO ledger_entries (subject, position, party, actor, action, source, revision, at, commitment, previous, hash) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"};
constexpr db::Sql insert_content{"ledger_insert_content",
                                 "INSERT INTO ledger_contents (subject, position, key, content) VALUES ($1, $2, $3, $4)"};
constexpr db::Sql delete_contents{"ledger_delete_contents", "DELETE FROM ledger_contents WHERE subject = $1"};
constexpr db::Sql select_content{"ledger_select_content",
                                 "SELECT content FROM ledger_contents WHERE subject = $1 AND position = $2"};
constexpr db::Sql select_entries{
    "ledger_select_entries",
    "SELECT e.position, e.party, e.actor, e.action, e.source, e.revision, e.at, e.commitment, e.previous, e.hash, c.content "
    "FROM ledger_entries e LEFT JOIN ledger_contents c ON c.subject = e.subject AND c.position = e.position "
    "WHERE e.subject = $1 ORDER BY e.position"};

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

  if (head.length == 0) {
    command.add_expecting(insert_chain, {record.subject, record.party, record.hash});
  } else {
    command.add_expecting(update_chain, {record.hash, record.subject, head.length});
  }
  command.add(insert_entry, {record.subject, record.position, record.party, record.actor, record.action, record.source,
                             record.revision, record.at.ms, record.commitment, record.previous, record.hash});
  command.add(insert_content, {record.subject, record.position, content.key, content.text});
  head.length = record.position;
  head.hash = record.hash;
}

db::Command erase_contents(std::string const& subject) {
  db::Command command;
  command.add(delete_contents, {subject});
  return command;
}

std::optional<std::string> find_content(db::Database& database, std::string const& subject, std::int64_t position) {
  auto const row = database.find(select_content, {subject, position});
  if (!row) return std::nullopt;
  return row->text(0);
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
