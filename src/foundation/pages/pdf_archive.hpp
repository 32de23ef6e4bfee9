// A PDF for keeping and for sending to another authority: PDF/A-2b metadata with the colours of the screen as output intent, and
// a signature over all of it.
#pragma once

#include <functional>
#include <string>

#include "foundation/base/date.hpp"
#include "foundation/base/hash.hpp"
#include "foundation/base/result.hpp"

namespace rcms {

struct SignatureWords {
  std::string signer;    ///< who signs, as viewers show it
  std::string reason;
  std::string location;
  Instant at;
};
/// Gives the CMS (DER) over the bytes that it is called with.
using DetachedSigner = std::function<Result<Bytes>(std::span<std::uint8_t const>)>;

/// The bytes that a signature has room for.
constexpr std::size_t pdf_signature_bytes_at_most = 8192;

/// A copy of a PDF that this program drew, as PDF/A-2b says and signed as a whole: one revision, one signature, no changes
/// allowed after it. What a validator would say beyond `check_archive` was not checked: there is none among our packages.
/// Refuses: malformed; too_large (a signature without room); as `sign`.
/// Source: ISO 19005-2 sections 6.2.2, 6.2.3, 6.6.4; ISO 32000-1 section 12.8; ETSI EN 319 142-1, level B-B.
Result<Bytes> sign_archive_copy(Bytes const& pdf, SignatureWords const& words, DetachedSigner const& sign);

/// What is against PDF/A-2b of the things that we can look at: identification, output intent, fonts that are not embedded,
/// pictures that are smoothed, scripts, encryption, attachments, annotations without appearance. Empty when nothing.
std::vector<std::string> check_archive(std::span<std::uint8_t const> pdf);

/// sRGB as a matrix profile of version 2, the same bytes each time.
/// Source: IEC 61966-2-1 (primaries adapted to D50, curve); ICC.1:2001-04 sections 6.1, 6.3 and 6.5.
Bytes srgb_profile();

}  // namespace rcms
