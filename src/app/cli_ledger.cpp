#include "app/cli_ledger.hpp"

#include <fstream>
#include <iostream>

#include <unistd.h>

#include <fmt/format.h>

#include "foundation/access/store.hpp"
#include "foundation/ledger/export.hpp"
#include "foundation/ledger/node_key.hpp"

namespace rcms::app {

namespace {

ledger::NodeKey key_of(Settings const& settings) {
  auto const file = settings.folder / "keys" / "ledger.key";
  if (!std::filesystem::exists(file))
    throw CommandRefused("There is no key of a node at " + file.string() + ": name its folder with --folder");
  return ledger::NodeKey::load_or_make(file);
}

ledger::ExportScope scope_of(db::Database& database, LedgerOptions const& options) {
  ledger::ExportScope scope;
  scope.subject = options.subject;
  if (options.state.empty()) return scope;
  auto const party = access::find_party_by_code(database, options.state);
  if (!party) throw CommandRefused("--state: " + options.state + " is not known on this node");
  scope.party = party->id;
  return scope;
}

/// Works beside a running server: it only reads.
std::int64_t write_export(LedgerOptions const& options, std::ostream& out) {
  auto const database = open_to_read(options.place);
  return ledger::export_jsonl(*database, key_of(settings_of(options.place)), out, scope_of(*database, options));
}

class TemporaryFile {
 public:
  TemporaryFile() : path_(std::filesystem::temp_directory_path() / fmt::format("rcms-ledger-{}.jsonl", getpid())) {}
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(TemporaryFile const&) = delete;
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

int tell(ledger::VerifyReport const& report) {
  for (auto const& defect : report.defects) fmt::print(stderr, "line {}: {}: {}\n", defect.line, defect.what, defect.detail);
  for (auto const& signer : report.signers) fmt::print("signed by {}\n", signer);
  fmt::print("{}: {} entries in {} chains, {} seals, {} erased, {} defects\n",
             report.is_valid() ? "the ledger verifies" : "THE LEDGER DOES NOT VERIFY", report.entries, report.chains,
             report.seals, report.erased, report.defect_count);
  return report.is_valid() ? 0 : 1;
}

}  // namespace

int verify_ledger(LedgerOptions const& options) {
  ledger::VerifyOptions how;
  how.signer = options.signer;
  if (options.file.empty()) {
    TemporaryFile const temporary;
    {
      std::ofstream out(temporary.path(), std::ios::binary);
      write_export(options, out);
    }
    return tell(ledger::verify_export(temporary.path(), how));
  }
  return tell(ledger::verify_export(std::filesystem::path(options.file), how));
}

int export_ledger(LedgerOptions const& options) {
  if (options.file.empty() || options.file == "-") {
    write_export(options, std::cout);
    std::cout.flush();
    return 0;
  }
  if (std::filesystem::exists(options.file)) throw CommandRefused(options.file + " exists already: name a new file");
  // Complete or absent: what was begun carries another name.
  auto const begun = options.file + ".part";
  std::int64_t entries = 0;
  try {
    std::ofstream out(begun, std::ios::binary);
    if (!out) throw CommandRefused(options.file + " cannot be written: look at its folder, permissions and free space");
    entries = write_export(options, out);
    out.close();
    if (!out) throw CommandRefused(options.file + " cannot be written: look at permissions and free space");
    if (entries == 0 && !options.subject.empty())
      throw CommandRefused("--subject: there is no chain " + options.subject + "; one is named case:ID or application:ID");
    std::filesystem::rename(begun, options.file);
  } catch (std::exception const&) {
    std::error_code ignored;
    std::filesystem::remove(begun, ignored);
    throw;
  }
  fmt::print(stderr, "{} entries in {}\n", entries, options.file);
  if (entries == 0) fmt::print(stderr, "Entries are sealed while the node runs: start it, and export again.\n");
  return 0;
}

}  // namespace rcms::app
