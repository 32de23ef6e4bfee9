// Merkle tree over the entries of one seal.
#pragma once

#include <vector>

#include "foundation/base/hash.hpp"

namespace rcms::ledger {

/// Hash of a leaf: the global number of an entry and its hash.
Bytes leaf_hash(std::int64_t number, Bytes const& entry_hash);

/// Root of the tree over leaf hashes, with distinct prefixes for leaves and nodes.
/// Source: RFC 6962 section 2.1.
Bytes merkle_root(std::vector<Bytes> leaves);

}  // namespace rcms::ledger
