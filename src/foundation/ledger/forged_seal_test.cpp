// A seal that was forged by somebody who can sign: each defence of a seal is the only one that finds its own forgery.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "foundation/base/text.hpp"
#include "foundation/ledger/export.hpp"
#include "foundation/ledger/export_lines.hpp"
#include "foundation/ledger/running_digest.hpp"
#include "foundation/ledger/sealer.hpp"
#include "support/database_for_tests.hpp"
#include "support/ledger_for_tests.hpp"

using namespace rcms;
using namespace rcms::ledger;

namespace {

/// Two seals of four entries each.
std::vector<std::string> exported_lines(db::Database& database) {
  SetClock const clock(tests::noon);
  Sealer sealer(database, tests::node_key(), clock);
  for (int i = 0; i < 8; ++i) {
    tests::write_entry(database, i % 2 == 0 ? "case:a" : "case:b", i);
    if (i % 4 == 3) sealer.seal_once();
  }
  std::ostringstream out;
  export_jsonl(database, tests::node_key(), out, {});
  auto lines = split(out.str(), '\n');
  lines.pop_back();
  return lines;
}

/// The defects of the lines, with an end that fits them and is signed by the node.
std::vector<std::string> defects_of(std::vector<std::string> lines) {
  lines.pop_back();
  EndLine end;
  RunningDigest digest;
  for (auto const& line : lines) {
    digest.add(line + "\n");
    auto const parsed = parse_line(line);
    if (std::holds_alternative<EntryLine>(*parsed)) ++end.entries;
    if (std::holds_alternative<SealLine>(*parsed)) ++end.seals;
  }
  end.digest = digest.digest();
  end.signer = tests::node_key().public_key();
  end.signature = tests::node_key().sign(end.digest);
  lines.push_back(render_line(end));
  std::istringstream in(join(lines, "\n") + "\n");
  std::vector<std::string> found;
  for (auto const& defect : verify_export(in, {}).defects) found.push_back(defect.what);
  return found;
}

void sign_again(Seal& seal) {
  seal.hash = hash_of(seal);
  seal.signature = tests::node_key().sign(seal.hash);
}

}  // namespace

TEST_CASE("a forged seal is found, whichever of its defences is left to find it") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto const lines = exported_lines(database);
        CHECK(defects_of(lines).empty());
        auto const last_seal = lines.size() - 2;
        auto const forged = [&](auto change) {
          auto changed = lines;
          auto line = std::get<SealLine>(*parse_line(lines[last_seal]));
          change(line);
          changed[last_seal] = render_line(line);
          return defects_of(changed);
        };
        using Found = std::vector<std::string>;
        CHECK(forged([](SealLine& line) { line.seal.at = line.seal.at.plus_ms(-86'400'000); }) == Found{"seal_hash_wrong"});
        CHECK(forged([](SealLine& line) {
                line.seal.previous = sha256("another ledger");
                sign_again(line.seal);
              }) == Found{"seal_chain_broken"});
        CHECK(forged([](SealLine& line) {
                line.seal.root = sha256("other entries");
                sign_again(line.seal);
              }) == Found{"root_wrong"});
        CHECK(forged([](SealLine& line) { line.seal.signature.front() ^= 1; }) == Found{"signature_wrong"});
      },
      tests::Migrations::all);
}

TEST_CASE("the entries of a seal are not left out of a whole export") {
  tests::for_each_engine(
      [](db::Database& database) {
        auto changed = exported_lines(database);
        auto const seal_at = changed.size() - 2;
        auto line = std::get<SealLine>(*parse_line(changed[seal_at]));
        line.has_leaves = false;
        changed[seal_at] = render_line(line);
        auto const first = changed.begin() + static_cast<std::ptrdiff_t>(seal_at) - 4;
        changed.erase(first, first + 4);
        CHECK(defects_of(changed) == std::vector<std::string>{"entry_missing"});
      },
      tests::Migrations::all);
}
