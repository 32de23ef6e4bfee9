// Who gets a travel document, for how long, and what stands in it. Pure: stock, register, photograph and keys are the caller's.
#pragma once

#include <optional>
#include <string>

#include "capabilities/case_files/case_file.hpp"
#include "capabilities/travel_documents/document.hpp"
#include "engines/mrz/transliteration.hpp"
#include "foundation/access/viewer.hpp"
#include "foundation/base/result.hpp"
#include "norms/agreements/agreement.hpp"

namespace rcms::travel_documents {

/// The last day of a document issued `today`. `rule` is td_validity of the agreement, or null.
/// With a rule the document lasts as long as the rule says, or as the officer says when that is less; without one the officer
/// must say it. Refuses: field_missing (neither), field_invalid (less than a day), limit_reached (more than the rule, or than
/// a year, which is how long signer certificates outlive their key).
/// Source: the article of the rule; Doc 9303-8 section 6.3.1 for the year.
Result<Date> decide_expiry(agreements::Agreement const* agreement, agreements::Rule const* rule, std::optional<int> valid_days,
                           Date today);

/// What the form says of the person, checked for printing.
struct Holder {
  std::string surname;
  std::string given_names;
  std::string name_original;
  std::string original_language;  ///< may be empty
  PartialDate birth;
  std::string place_of_birth;
  std::string sex;          ///< M, F, X
  std::string nationality;  ///< of the issuing State, or XXX where it was only presumed
};

/// Refuses: field_missing (surname, birth), field_invalid (a name that is not in Latin letters; a birth that is no date or lies
/// after `today`; the nationality of another State).
/// Source: Doc 9303-3 sections 3.4 and 7 (XXX: unspecified); a nationality that was only deemed by silence is not certified.
Result<Holder> read_holder(case_files::CaseFile const& application, std::string_view issuing_state, Date today);

/// Under which the register knows a person: name in search form and birth. Two people may share it.
std::string holder_key(Holder const& holder);

struct Zone {
  std::string first_line;
  std::string second_line;
};
/// Refuses: field_invalid (a letter without a table), field_too_long, as engines/mrz.
/// Source: Doc 9303-6 section 4.2, 9303-8 (document code PU).
Result<Zone> make_zone(Holder const& holder, std::string_view issuing_state, std::string_view number, Date expires_on,
                       mrz::Transliteration const& tables, mrz::LatinOptions const& options);

/// Nobody holds two valid ones. `held` is a valid document of a person of the same name and birth, if there is one.
/// Refuses: already_exists.
/// Source: Doc 9303-8; the register names the other document, so that the officer can look.
Result<void> check_no_second(std::optional<TravelDocument> const& held, IssueInput const& input);

/// The document after it was made void. Refuses, in this order: not_permitted, stale_revision, wrong_step (over already),
/// reason_missing.
/// Source: Doc 9303-13 Appendix D leaves revocation to the issuer; reason kept in the register.
Result<TravelDocument> decide_void(TravelDocument const& before, access::Viewer const& viewer, std::string_view reason,
                                   std::optional<std::int64_t> if_match, Instant now);

/// As the register keeps them: "AE AA N OE UE".
std::string text_of(mrz::LatinOptions const& options);
mrz::LatinOptions latin_options_of(std::string_view text);

}  // namespace rcms::travel_documents
