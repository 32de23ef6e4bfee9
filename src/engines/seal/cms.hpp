// A detached signature as PDF carries it: CMS with a certificate reference, over a digest. Written by hand, because the key may
// be in a token.
#pragma once

#include "engines/seal/crypto.hpp"

namespace rcms::seal {

/// DER of a SignedData without content over `content`, with the certificates of signer and authority; without signing time,
/// which PDF has in its dictionary. Refuses: unsupported_type (a curve other than P-256); as SigningKey::sign.
/// Source: RFC 5652 section 5; RFC 5035 section 3 (signing certificate); ETSI EN 319 142-1 section 6.3, level B-B.
Result<Bytes> make_detached_signature(ByteSpan content, Certificate const& signer, Certificate const& authority,
                                      SigningKey const& key);

}  // namespace rcms::seal
