// Export and verification: whatever is changed in the file is found, and an erasure is not a change.

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "foundation/base/text.hpp"
#include "foundation/ledger/export.hpp"
#include "foundation/ledger/export_lines.hpp"
#include "foundation/ledger/running_digest.hpp"
#include "foundation/ledger/sealer.hpp"
#include "support/database_for_tests.hpp"
#include "support/ledger_for_tests.hpp"

namespace rcms::ledger {
namespace {

using tests::Migrations;

/// Four chains of two parties in three seals.
void fill(db::Database& database) {
  SetClock const clock(tests::noon);
  Sealer sealer(database, tests::node_key(), clock);
  for (int i = 0; i < 24; ++i) {
    char const* const subjects[] = {"case:a", "case:b", "application:a", "user:ana"};
    tests::write_entry(database, subjects[i % (i < 12 ? 2 : 4)], i);
    if (i % 8 == 7) sealer.seal_once();
  }
}

std::string exported(db::Database& database, ExportScope const& scope = {}) {
  std::ostringstream out;
  export_jsonl(database, tests::node_key(), out, scope);
  return out.str();
}

VerifyReport verified(std::string const& text, VerifyOptions const& options = {}) {
  std::istringstream in(text);
  return verify_export(in, options);
}

bool has_defect(VerifyReport const& report, std::string_view what) {
  return std::any_of(report.defects.begin(), report.defects.end(), [&](Defect const& defect) { return defect.what == what; });
}

std::vector<std::string> lines_of(std::string const& text) {
  auto lines = split(text, '\n');
  lines.pop_back();
  return lines;
}

std::string text_of(std::vector<std::string> const& lines) { return join(lines, "\n") + "\n"; }

/// What a forger without the key of the node can do: counts and digest are put right, the signature is not.
std::string with_new_end(std::vector<std::string> lines) {
  lines.pop_back();
  EndLine end;
  RunningDigest digest;
  for (auto const& line : lines) {
    digest.add(line + "\n");
    auto const parsed = parse_line(line);
    if (parsed && std::holds_alternative<EntryLine>(*parsed)) ++end.entries;
    if (parsed && std::holds_alternative<SealLine>(*parsed)) ++end.seals;
  }
  end.digest = digest.digest();
  end.signer = tests::node_key().public_key();
  end.signature = tests::node_key().sign(end.digest);  // even signed: the seals must tell
  lines.push_back(render_line(end));
  return text_of(lines);
}

TEST_CASE("an exported ledger verifies from the file alone") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        tests::TemporaryFolder const folder;
        auto const file = folder.path() / "ledger.jsonl";
        std::ofstream(file) << exported(database);
        auto const report = verify_export(file);
        for (auto const& defect : report.defects) MESSAGE(defect.line << " " << defect.what << " " << defect.detail);
        CHECK(report.is_valid());
        CHECK(report.scope == "all");
        CHECK(report.entries == 24);
        CHECK(report.chains == 4);
        CHECK(report.seals == 3);
        CHECK(report.erased == 0);
        CHECK(report.signers == std::set<std::string>{to_hex(tests::node_key().public_key())});
      },
      Migrations::all);
}

TEST_CASE("an empty ledger is exported and verifies") {
  tests::for_each_engine([](db::Database& database) { CHECK(verified(exported(database)).is_valid()); }, Migrations::all);
}

TEST_CASE("an export of one subject holds nothing of the others and verifies") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        auto const text = exported(database, {.party = {}, .subject = "application:a"});
        CHECK(text.find("case:a") == std::string::npos);
        CHECK(text.find("user:ana") == std::string::npos);
        auto const report = verified(text);
        for (auto const& defect : report.defects) MESSAGE(defect.line << " " << defect.what << " " << defect.detail);
        CHECK(report.is_valid());
        CHECK(report.entries == 3);
        CHECK(report.seals == 3);
        CHECK(verified(exported(database, {.party = PartyId{"nobody"}, .subject = {}})).entries == 0);
        CHECK(verified(exported(database, {.party = PartyId{"party of tests"}, .subject = {}})).entries == 24);
      },
      Migrations::all);
}

TEST_CASE("erased content is gone from the export and every chain and seal stays valid") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        CHECK(exported(database).find("Perla") != std::string::npos);
        for (auto const* subject : {"case:a", "case:b", "application:a", "user:ana"}) {
          CHECK(database.write(erase_contents(subject)).outcome == db::Outcome::written);
        }
        auto const text = exported(database);
        CHECK(text.find("Perla") == std::string::npos);
        auto const report = verified(text);
        CHECK(report.is_valid());
        CHECK(report.erased == 24);
        tests::write_entry(database, "case:a", 99);
        SetClock const clock(tests::noon);
        CHECK(Sealer(database, tests::node_key(), clock).seal_once() == 1);
        CHECK(verified(exported(database)).is_valid());
        CHECK(verified(exported(database)).erased == 24);
      },
      Migrations::all);
}

TEST_CASE("any change of the file is found") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        auto const whole = exported(database);
        auto const lines = lines_of(whole);
        auto const line_index = [&] { return rc::gen::inRange<std::size_t>(0, lines.size()); };

        CHECK(rc::check("a changed byte", [&] {
          auto changed = whole;
          auto const place = *rc::gen::inRange<std::size_t>(0, whole.size());
          changed[place] = static_cast<char>(changed[place] ^ *rc::gen::inRange(1, 256));
          RC_ASSERT_FALSE(verified(changed).is_valid());
        }));
        CHECK(rc::check("a cut tail", [&] {
          RC_ASSERT_FALSE(verified(whole.substr(0, *rc::gen::inRange<std::size_t>(0, whole.size()))).is_valid());
        }));
        CHECK(rc::check("a removed line", [&] {
          auto changed = lines;
          changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(*line_index()));
          RC_ASSERT_FALSE(verified(text_of(changed)).is_valid());
        }));
        CHECK(rc::check("two lines that changed places", [&] {
          auto changed = lines;
          auto const one = *line_index();
          auto const other = *rc::gen::suchThat(line_index(), [&](std::size_t index) { return index != one; });
          std::swap(changed[one], changed[other]);
          RC_ASSERT_FALSE(verified(text_of(changed)).is_valid());
        }));
        CHECK(rc::check("a repeated line", [&] {
          auto changed = lines;
          auto const index = static_cast<std::ptrdiff_t>(*line_index());
          changed.insert(changed.begin() + index, changed[static_cast<std::size_t>(index)]);
          RC_ASSERT_FALSE(verified(text_of(changed)).is_valid());
        }));
      },
      Migrations::all);
}

TEST_CASE("what is changed before the end line is found without the end line") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        auto const lines = lines_of(exported(database));
        CHECK(verified(with_new_end(lines)).is_valid());
        // Neither header, end, nor the last seal with its entries: whoever signs the end can leave out the newest.
        auto const inner = [&] { return rc::gen::inRange<std::size_t>(1, lines.size() - 10); };

        CHECK(rc::check("a changed byte", [&] {
          auto changed = lines;
          auto& line = changed[*inner()];
          auto const place = *rc::gen::inRange<std::size_t>(0, line.size());
          line[place] = static_cast<char>(line[place] ^ *rc::gen::inRange(1, 256));
          RC_ASSERT_FALSE(verified(with_new_end(changed)).is_valid());
        }));
        CHECK(rc::check("a removed line", [&] {
          auto changed = lines;
          changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(*inner()));
          RC_ASSERT_FALSE(verified(with_new_end(changed)).is_valid());
        }));
        CHECK(rc::check("two lines that changed places", [&] {
          auto changed = lines;
          auto const one = *inner();
          auto const other = *rc::gen::suchThat(inner(), [&](std::size_t index) { return index != one; });
          std::swap(changed[one], changed[other]);
          RC_ASSERT_FALSE(verified(with_new_end(changed)).is_valid());
        }));
      },
      Migrations::all);
}

TEST_CASE("a forged entry is found at each of its defences") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        auto const lines = lines_of(exported(database));
        auto const forged = [&](auto change) {
          auto entry = std::get<EntryLine>(*parse_line(lines[3]));
          change(entry);
          auto changed = lines;
          changed[3] = render_line(entry);
          return verified(with_new_end(changed));
        };
        CHECK(has_defect(forged([](EntryLine& entry) { entry.content->text = "{}"; }), "content_wrong"));
        CHECK(has_defect(forged([](EntryLine& entry) { entry.record.action = "case.release"; }), "hash_wrong"));
        auto const whole_entry = [](EntryLine& entry) {
          entry.content->text = "{}";
          entry.record.commitment = commitment_of(*entry.content);
          entry.record.hash = hash_of(entry.record);
        };
        CHECK(has_defect(forged(whole_entry), "root_wrong"));
        CHECK(has_defect(forged(whole_entry), "chain_broken"));
      },
      Migrations::all);
}

TEST_CASE("a ledger sealed by another key is told") {
  tests::for_each_engine(
      [](db::Database& database) {
        fill(database);
        auto const text = exported(database);
        CHECK(verified(text, {.signer = to_hex(tests::node_key().public_key())}).is_valid());
        CHECK(has_defect(verified(text, {.signer = to_hex(NodeKey::from_seed(Bytes(32, 8)).public_key())}), "signer_unknown"));
      },
      Migrations::all);
}

TEST_CASE("lines are read only in the form in which they are written") {
  auto const line = render_line(OtherLine{7, sha256("x")});
  struct Row {
    char const* name;
    std::string text;
    bool read;
  };
  for (auto const& row : {
           Row{"as written", line, true},
           Row{"a space", line.substr(0, 1) + " " + line.substr(1), false},
           Row{"a further field", line.substr(0, line.size() - 1) + ",\"more\":1}", false},
           Row{"another kind", R"({"kind":"something"})", false},
           Row{"a missing field", R"({"kind":"other","number":7})", false},
           Row{"no object", "[1]", false},
           Row{"nothing", "", false},
       }) {
    CAPTURE(row.name);
    CHECK(parse_line(row.text).has_value() == row.read);
  }
}

TEST_CASE("a file that cannot be read is said") { CHECK_THROWS_AS(verify_export("/nowhere/ledger.jsonl"), std::runtime_error); }

}  // namespace
}  // namespace rcms::ledger
