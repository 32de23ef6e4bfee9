#include "foundation/ledger/merkle.hpp"

namespace rcms::ledger {

Bytes leaf_hash(std::int64_t number, Bytes const& entry_hash) {
  Bytes input{0x00};
  for (int shift = 56; shift >= 0; shift -= 8) input.push_back(static_cast<std::uint8_t>(number >> shift & 0xff));
  input.insert(input.end(), entry_hash.begin(), entry_hash.end());
  return sha256(input);
}

Bytes merkle_root(std::vector<Bytes> leaves) {
  if (leaves.empty()) return sha256(std::string_view());
  // Joining neighbours level by level, an odd last one moving up, gives the tree of the RFC, whose left part is the
  // largest power of two below the number of leaves.
  while (leaves.size() > 1) {
    std::size_t parents = 0;
    for (std::size_t i = 0; i + 1 < leaves.size(); i += 2) {
      Bytes input{0x01};
      input.insert(input.end(), leaves[i].begin(), leaves[i].end());
      input.insert(input.end(), leaves[i + 1].begin(), leaves[i + 1].end());
      leaves[parents++] = sha256(input);
    }
    if (leaves.size() % 2 == 1) leaves[parents++] = std::move(leaves.back());
    leaves.resize(parents);
  }
  return std::move(leaves.front());
}

}  // namespace rcms::ledger
