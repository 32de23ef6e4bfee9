// Reads a trust bundle. Shared with the verifier of the browser: no files, no keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/seal/verdict.hpp"

namespace rcms::travel_documents {

/// The country of certificates (two letters) for the code of a State (three): ISO 3166-1, and the first two letters for codes
/// that ISO does not know ("UTO": "UT").
std::string certificate_country(std::string_view state);

/// A bundle from a file. Its authorities are believed as they stand there when `pinned` is empty (the first import, by hand);
/// afterwards give the authorities of the store before: a part whose authority is not among them is refused.
/// Refuses: malformed, does_not_verify (a signature that is not the authority's; a strange authority).
Result<seal::TrustStore> read_trust_bundle(std::string_view text, std::vector<seal::Certificate> const& pinned = {});

}  // namespace rcms::travel_documents
