// The judgement on a seal: the steps of the standard in their order, then our own questions; the answer for a border officer.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engines/mrz/reading.hpp"
#include "engines/seal/opened.hpp"

namespace rcms::seal {

enum class Status { valid, invalid };

/// Source: Doc 9303-13 Appendix D, Doc 9303-8 Appendix A; the last three are ours.
enum class SubIndication {
  none,
  unknown_feature,
  read_error,
  wrong_format,
  unknown_certificate,
  untrusted_certificate,
  invalid_document_type,
  expired_certificate,
  revoked_certificate,
  invalid_signature,
  invalid_seal_mrz,
  invalid_printed_mrz,
  seal_document_mismatch,
  document_revoked,
  document_expired,
  document_used,
};
/// As the norm writes it: "WRONG_FORMAT"; "" for none.
std::string_view name_of(SubIndication indication);

enum class TrustLevel { trustable, medium_fraud_potential, high_fraud_potential };
std::string_view name_of(TrustLevel level);

/// What to do at the counter. `accept` is given only when the printed zone was compared and the trust list is fresh.
enum class Conclusion {
  accept,
  compare_by_eye,  ///< the seal is valid; the printed zone was not read
  refer,           ///< valid as far as known, but the trust list is stale, the clock wrong, or the document run out or used
  reject,
};
std::string_view name_of(Conclusion conclusion);

enum class Step { format, certificate, signature, trust, sealed_check_digits, printed_check_digits, comparison, own_register };
std::string_view name_of(Step step);
enum class Outcome { passed, failed, not_done };
std::string_view name_of(Outcome outcome);

struct StepOutcome {
  Step step;
  Outcome outcome = Outcome::not_done;
};

/// How old what is known of a State is.
struct TrustAge {
  Date issued_on;
  Date next_update;
};

/// What a verifier trusts: read once, then shared by threads.
struct TrustStore {
  std::vector<Certificate> authorities;
  std::vector<Certificate> signers;
  std::vector<RevocationList> revocation_lists;
  /// Issuing State as in the zone ("UTO") → country of its certificates ("UT"). A seal of a State listed here is good only
  /// from signers of that country, so that one State cannot seal documents of another.
  std::map<std::string, std::string, std::less<>> countries;
  /// Document numbers, alone or after their State and a space: "UTO E1234567" revokes the document of that State only.
  std::set<std::string, std::less<>> revoked_documents;
  std::set<std::string, std::less<>> used_documents;  ///< single-journey documents that have been used, written alike
  Date issued_on;
  Date next_update;
  /// Issuing State as in the zone → its own age, where it differs: an old list of one State does not lower another's verdict.
  std::map<std::string, TrustAge, std::less<>> ages;

  /// Of this State, or of the whole list.
  TrustAge age_of(std::string_view state) const;

  /// Checks once which authority issued which signer; later judgements then do not verify certificates again. Call it after
  /// the last change of authorities and signers, and not at all when they change often.
  void remember_issuers();
  /// Signer → its issuers, both by place; empty until remembered.
  std::vector<std::vector<std::size_t>> issuers;

  bool is_issued_by(std::size_t signer, std::size_t authority) const;
};

struct Question {
  Bytes seal;  ///< the content of the barcode, of any kind that `accept` allows
  /// The zone as read from the paper: empty when it could not be read.
  std::string printed_mrz;
  Date today;
  Accept accept = Accept::travel_documents;
};

struct Verdict {
  Status status = Status::invalid;
  SubIndication indication = SubIndication::wrong_format;
  TrustLevel level = TrustLevel::high_fraud_potential;
  Conclusion conclusion = Conclusion::reject;
  std::vector<StepOutcome> steps;  ///< all eight, in order
  std::optional<Opened> opened;         ///< empty when the barcode could not even be opened
  std::optional<mrz::Reading> sealed;   ///< the zone inside the seal, when its kind has one
  std::optional<mrz::Reading> printed;  ///< the zone on the paper, when one was given
  std::string detail;                   ///< one English sentence on what failed; may be empty
  int trust_age_days = 0;
  bool is_trust_stale = false;  ///< the next update is past
  /// Today lies before the day on which the trust list, or the seal itself, was made: the clock is wrong.
  bool is_clock_doubtful = false;
};

/// A verdict for what could not even be read from the picture.
Verdict read_error();

/// Judges a seal of an emergency travel document. Never throws for bad input.
/// DEVIATION: the standard gives VALID for expired documents and knows no register; our own step comes last and changes
/// `conclusion`, and `status` only for revoked documents.
/// Source: Doc 9303-13 Appendix D, Doc 9303-8 Appendix A.
Verdict judge(Question const& question, TrustStore const& trust);

}  // namespace rcms::seal
