#include "foundation/ledger/export.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>

#include "foundation/ledger/export_lines.hpp"
#include "foundation/ledger/running_digest.hpp"

namespace rcms::ledger {

namespace {

constexpr db::Sql select_seals_between{
    "ledger_select_seals_between",
    "SELECT seal, first, last, root, previous, at, signer, hash, signature FROM seals WHERE seal > $1 AND seal <= $2 "
    "ORDER BY seal"};
constexpr db::Sql select_entries_between{
    "ledger_select_entries_between",
    "SELECT o.number, e.subject, e.position, e.party, e.actor, e.action, e.source, e.revision, e.at, e.commitment, e.previous, "
    "e.hash, e.key, e.content, h.party FROM ledger_order o "
    "JOIN ledger_entries e ON e.subject = o.subject AND e.position = o.position "
    "JOIN ledger_entries h ON h.subject = o.subject AND h.position = 1 "
    "WHERE o.number >= $1 AND o.number <= $2 ORDER BY o.number"};

constexpr std::int64_t seals_at_once = 500;

EntryLine entry_line(db::Row const& row) {
  EntryLine line{.number = row.integer(0),
                 .record = Record{.subject = row.text(1),
                                  .position = row.integer(2),
                                  .party = row.text(3),
                                  .actor = row.text(4),
                                  .action = row.text(5),
                                  .source = row.text(6),
                                  .revision = row.integer(7),
                                  .at = Instant{row.integer(8)},
                                  .commitment = row.bytes(9),
                                  .previous = row.bytes(10),
                                  .hash = row.bytes(11)},
                 .content = {}};
  if (!row.is_null(12)) line.content = Content{row.bytes(12), row.text(13)};
  return line;
}

Seal seal_of(db::Row const& row) {
  return Seal{.seal = row.integer(0),
              .first = row.integer(1),
              .last = row.integer(2),
              .root = row.bytes(3),
              .previous = row.bytes(4),
              .at = Instant{row.integer(5)},
              .signer = row.bytes(6),
              .hash = row.bytes(7),
              .signature = row.bytes(8)};
}

std::string scope_name(ExportScope const& scope) {
  if (!scope.subject.empty()) return scope.subject;
  return scope.party ? "party:" + scope.party->value : "all";
}

/// Writes lines and keeps the digest of what it wrote.
class LineWriter {
 public:
  explicit LineWriter(std::ostream& out) : out_(out) {}
  void write(Line const& line) {
    auto const text = render_line(line) + "\n";
    digest_.add(text);
    out_ << text;
    if (!out_) throw std::runtime_error("the export of the ledger could not be written");
  }
  Bytes digest() const { return digest_.digest(); }

 private:
  std::ostream& out_;
  RunningDigest digest_;
};

/// The entries of one seal, then the seal; returns how many entries are in the scope.
std::int64_t write_seal(db::Database& database, Seal const& seal, ExportScope const& scope, LineWriter& writer) {
  std::vector<Line> lines;
  std::int64_t inside = 0;
  for (auto const& row : database.read(select_entries_between, {seal.first, seal.last})) {
    bool const is_inside = (scope.subject.empty() || row.text(1) == scope.subject) &&
                           (!scope.party || row.text(14) == scope.party->value);
    inside += is_inside ? 1 : 0;
    if (is_inside) {
      lines.emplace_back(entry_line(row));
    } else {
      lines.emplace_back(OtherLine{row.integer(0), row.bytes(11)});
    }
  }
  if (inside == 0) lines.clear();
  for (auto const& line : lines) writer.write(line);
  writer.write(SealLine{seal, inside != 0});
  return inside;
}

}  // namespace

std::int64_t export_jsonl(db::Database& database, NodeKey const& key, std::ostream& out, ExportScope const& scope) {
  auto const last = load_last_seal(database).seal;
  LineWriter writer(out);
  writer.write(HeaderLine{scope_name(scope)});
  EndLine end;
  while (end.seals < last) {
    for (auto const& row : database.read(select_seals_between, {end.seals, std::min(last, end.seals + seals_at_once)})) {
      end.entries += write_seal(database, seal_of(row), scope, writer);
      end.seals = row.integer(0);
    }
  }
  end.digest = writer.digest();
  end.signer = key.public_key();
  end.signature = key.sign(end.digest);
  writer.write(end);
  return end.entries;
}

}  // namespace rcms::ledger
