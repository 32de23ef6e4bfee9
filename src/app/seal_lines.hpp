// `rcms etd verify --json`: one case of the policy for emergency travel documents a line, in the form of
// `etd_validation_policy` of tests/golden/seal/vds_vectors.json.
#pragma once

#include <map>
#include <string>

#include <boost/json/object.hpp>

#include "foundation/base/hash.hpp"

namespace rcms::app {

/// DER by name, for lines that name their certificates instead of holding them.
using NamedDer = std::map<std::string, Bytes, std::less<>>;

/// Certificates and revocation lists of a file {"certificates":[{"id","der_base64"}…],"crl":[…]}. Throws CommandRefused.
NamedDer read_named_der(std::string const& file);

/// {"seal_hex","signer_certificate","trust_anchor","crl","validation_time","printed_mrz"} → "status" (VALID, INVALID),
/// "sub_indication" (or null), "trust_level", "conclusion", "own_check" (DOCUMENT_EXPIRED, … or null), "kind", "detail", "steps".
/// A certificate is DER in base64 or hexadecimal, PEM, {"der_base64"}, a name of `known` or of "certificates" in the line, or a
/// list of these; null and "(none)" are none; what is no certificate counts as none. "printed_mrz" is a text or a list of lines;
/// null when it could not be read. "seal_hex" null is a barcode that could not be read; instead of it "barcode" holds the text
/// of a datastructure (RDB1…) or of JSON. "profile": "etd", or "any" for visas and others. Optional: "revoked_documents",
/// "used_documents". Throws LineRefused.
boost::json::object judge_seal_line(boost::json::object const& question, NamedDer const& known);

}  // namespace rcms::app
