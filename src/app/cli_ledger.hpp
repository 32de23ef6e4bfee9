// `rcms ledger`: the audit ledger as a file, and its verification.
#pragma once

#include <string>

#include "app/cli_parts.hpp"

namespace rcms::app {

struct LedgerOptions {
  Place place;
  std::string file;    ///< to verify, or to write; empty or "-": standard output
  std::string state;   ///< export only what belongs to this State
  std::string subject; ///< export one chain: "case:<id>"
  std::string signer;  ///< verify: the only public key that may have signed
  bool from_database = false;
};

/// 0: everything holds; 1: something does not, told line by line.
int verify_ledger(LedgerOptions const& options);
int export_ledger(LedgerOptions const& options);

}  // namespace rcms::app
