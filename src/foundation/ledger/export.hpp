// The ledger as a file that anybody can verify without this program's database, and the verification.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "foundation/base/ids.hpp"
#include "foundation/db/database.hpp"
#include "foundation/ledger/node_key.hpp"

namespace rcms::ledger {

/// What is exported; everything when both are empty. Of entries outside only number and hash are given, and only where
/// they share a seal with one inside: enough to verify the seals.
struct ExportScope {
  std::optional<PartyId> party;  ///< chains of the subjects of one State
  std::string subject;           ///< one chain
};

/// Writes all sealed entries as lines of JSON; returns how many entries of the scope it wrote.
/// Throws std::runtime_error when `out` fails, db::Fault when the database does.
std::int64_t export_jsonl(db::Database& database, NodeKey const& key, std::ostream& out, ExportScope const& scope = {});

/// A defect of an exported ledger.
struct Defect {
  std::int64_t line = 0;  ///< 1 for the first
  std::string what;       ///< `line_malformed`, `hash_wrong`, `chain_broken`, … see verify.cpp
  std::string detail;     ///< an English sentence
};

struct VerifyReport {
  std::string scope;
  std::int64_t entries = 0;
  std::int64_t others = 0;  ///< entries of which only the hash is in the file
  std::int64_t erased = 0;  ///< entries without their content
  std::int64_t chains = 0;
  std::int64_t seals = 0;
  std::set<std::string> signers;  ///< public keys, hexadecimal: to be compared with what the node published
  std::vector<Defect> defects;    ///< the first hundred
  std::int64_t defect_count = 0;

  bool is_valid() const { return defect_count == 0; }
};

struct VerifyOptions {
  std::string signer;  ///< when given, the only public key (hexadecimal) that may have signed
};

/// Needs nothing but the file. Throws std::runtime_error when it cannot be read.
VerifyReport verify_export(std::filesystem::path const& file, VerifyOptions const& options = {});
VerifyReport verify_export(std::istream& in, VerifyOptions const& options = {});

}  // namespace rcms::ledger
