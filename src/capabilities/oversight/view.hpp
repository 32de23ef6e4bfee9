// What those who watch over the authorities see of the ledger: acts, never the contents of files.
#pragma once

#include <optional>
#include <string>

#include "foundation/http/describe.hpp"

namespace rcms::oversight {

struct LedgerLineView {
  std::optional<std::int64_t> number;  ///< among the sealed entries; none before the next seal
  Instant at;
  std::string about;                     ///< case, application, user, organisation, document, …
  std::optional<std::string> reference;  ///< of the file
  std::optional<std::string> case_id;    ///< only for those who may open the file
  std::string action;
  std::string text;  ///< the action in words
  std::string by;    ///< person, clock, exchange, installation
  std::optional<std::string> who;
  std::optional<std::string> role;
  std::optional<std::string> office;
  std::optional<std::string> source;  ///< the norm on which it rests
  std::string hash;                   ///< SHA-256 of the entry, hexadecimal
};
RCMS_VIEW(LedgerLineView, number, at, about, reference, case_id, action, text, by, who, role, office, source, hash)

struct LedgerSealView {
  std::int64_t entries = 0;  ///< how many are sealed
  std::int64_t seal = 0;     ///< number of the newest seal; 0: none yet
  std::optional<Instant> at;
  std::optional<std::string> root;    ///< of the Merkle tree, hexadecimal
  std::optional<std::string> hash;    ///< of the seal, hexadecimal
  std::optional<std::string> signer;  ///< public key of the node, hexadecimal
};
RCMS_VIEW(LedgerSealView, entries, seal, at, root, hash, signer)

}  // namespace rcms::oversight
