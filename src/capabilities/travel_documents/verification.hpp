// The check of a presented document: from a file or typed lines to a verdict in words. Pure: what is trusted and what day it is
// are given, so the public page, the command line and an offline verifier give the same answer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engines/seal/verdict.hpp"
#include "foundation/base/hash.hpp"

namespace rcms::travel_documents {

/// The answer in one word, as the public page shows it.
///   genuine         the seal holds, the printed zone was read and is the sealed one, the document is valid
///   compare_by_eye  the seal holds; the printed zone was not read and has to be compared by eye
///   expired, revoked, used   genuine but
///   refer           genuine as far as known, but the trust list is old
///   other           a genuine seal, but of another document: a visa, a residence paper, a certificate of health
///   unproven        typed lines only: they are well formed and prove nothing
///   not_genuine     something failed
///   unreadable      no barcode was found
enum class VerdictWord { genuine, compare_by_eye, expired, revoked, used, refer, other, unproven, not_genuine, unreadable };
std::string_view name_of(VerdictWord word);

struct VerifyStep {
  std::string step;  ///< as seal::name_of, or "barcode", "expiry", "format_other" (a seal of another document)
  seal::Outcome outcome = seal::Outcome::not_done;
};

struct VerifyAnswer {
  VerdictWord word = VerdictWord::unreadable;
  std::vector<VerifyStep> steps;
  std::optional<mrz::Document> fields;  ///< of the seal; of the typed lines when there is none
  bool fields_are_sealed = false;       ///< the fields are proven by a valid signature
  std::string indication;               ///< of the norm: "INVALID_SIGNATURE"
  std::string level;                    ///< of the norm: "trustable"
  std::string detail;                   ///< one English sentence for logs; may be empty
  int trust_age_days = 0;
  bool is_trust_stale = false;
  bool is_clock_doubtful = false;  ///< today lies before the trust list or the seal was made
  std::optional<Refused> unread;  ///< why no barcode was read
};

constexpr std::size_t presented_at_most = 8'000'000;  ///< bytes

/// The content of a barcode that was presented as such, as a hand scanner types it or as bytes: a seal (also in hexadecimal), a
/// datastructure (RDB1…) or JSON. Empty when it is none of these.
std::optional<Bytes> find_barcode_content(std::string_view presented);

/// Judges a PDF, PNG or JPEG (first page). Of several seals the worst counts; codes that are no seals do not. The printed zone is
/// read from the picture, else from the text layer of a PDF; `typed` are lines that the verifier read from the paper, or empty.
/// Never throws for bad input.
VerifyAnswer verify_file(std::span<std::uint8_t const> file, std::string_view typed, seal::TrustStore const& trust, Date today);
/// Typed lines without a barcode: check digits and the day only.
VerifyAnswer verify_lines(std::string_view typed, seal::TrustStore const& trust, Date today);
/// What `rcms etd verify FILE` calls: a file, the content of a barcode, or the text of the lines.
VerifyAnswer verify_presented(std::span<std::uint8_t const> content, seal::TrustStore const& trust, Date today);

/// State and number that the presented thing claims, for asking the register before the judgement; empty when unreadable.
struct Claim {
  std::string state;
  std::string number;
};
/// A file is read only once: the barcodes in it (or why there are none) and its printed zone.
struct ReadFile {
  std::vector<Bytes> barcodes;
  std::optional<Refused> unread;  ///< when there is no barcode
  std::string printed_mrz;
};
ReadFile read_presented(std::span<std::uint8_t const> file);
std::optional<Claim> claim_of(ReadFile const& file);
std::optional<Claim> claim_of(std::string_view typed);
VerifyAnswer verify_read(ReadFile const& file, std::string_view typed, seal::TrustStore const& trust, Date today);

/// Lines as people type them: without spaces, in upper case. At most 4,096 bytes are looked at.
std::string tidy_lines(std::string_view typed);
/// Two lines of 36 characters of a machine readable zone that stand somewhere in a text; empty when there are none.
std::string find_zone(std::string_view text);

}  // namespace rcms::travel_documents
